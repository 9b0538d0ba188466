import { type ApiType, compiledAssembly, type TypeReference } from './assembly';
import { classOf, construct, method, plantedApi, property, STRING, struct } from './planted-api';
import { arnInputs } from './rules/arn-inputs';

describe('ARN inputs', () => {
  test('are not asked for by this repository', () => {
    expect(arnInputs(compiledAssembly())).toEqual([]);
  });

  test.each<[string, TypeReference]>([
    ['keyArn', STRING],
    ['roleArns', { collection: { kind: 'array', elementtype: STRING } }],
    ['namedArns', { collection: { kind: 'map', elementtype: STRING } }],
  ])('must not be %s', (name, type) => {
    expect(arnInputs(plantedApi(taking('MlProps'), struct('MlProps', property(name, { type }))))).toEqual([
      `MlProps.${name} must be an interface such as kms.IKey, not the string of an ARN`,
    ]);
  });

  test.each([
    ['key', 'aws-cdk-lib.aws_kms.IKey'],
    ['resourceArn', 'cdk-ml-infra.MlArn'],
  ])('may be %s of type %s', (name, fqn) => {
    expect(arnInputs(plantedApi(taking('MlProps'), struct('MlProps', property(name, { type: { fqn } }))))).toEqual([]);
  });

  test('may be a string whose name only ends like one', () => {
    expect(arnInputs(plantedApi(taking('MlProps'), struct('MlProps', property('yarn'), property('warnings'))))).toEqual(
      [],
    );
  });

  test('are found in a struct that an input extends or holds', () => {
    const rules = property('rules', {
      type: { collection: { kind: 'array', elementtype: { fqn: 'cdk-ml-infra.MlRule' } } },
    });
    const props = { ...struct('MlProps', rules), interfaces: ['cdk-ml-infra.MlOptions'] };
    const planted = plantedApi(
      taking('MlProps'),
      props,
      struct('MlOptions', property('keyArn')),
      struct('MlRule', property('topicArn')),
    );

    expect(arnInputs(planted).sort()).toEqual([
      'MlOptions.keyArn must be an interface such as kms.IKey, not the string of an ARN',
      'MlRule.topicArn must be an interface such as kms.IKey, not the string of an ARN',
    ]);
  });

  test('are found in the parameter of a method', () => {
    const options = property('options', { type: { fqn: 'cdk-ml-infra.MlOptions' } });
    const adding = classOf('MlThing', { methods: [method('add', { parameters: [options] })] });

    expect(arnInputs(plantedApi(adding, struct('MlOptions', property('keyArn'))))).toHaveLength(1);
  });

  test('are not what a class or a struct gives out', () => {
    const giving = classOf('MlThing', {
      properties: [property('thingArn')],
      methods: [method('describe', { returns: { type: { fqn: 'cdk-ml-infra.MlFacts' } } })],
    });

    expect(arnInputs(plantedApi(giving, struct('MlFacts', property('thingArn'))))).toEqual([]);
  });

  function taking(props: string): ApiType {
    return construct('MlThing', {
      initializer: { parameters: [property('props', { type: { fqn: `cdk-ml-infra.${props}` } })] },
    });
  }
});
