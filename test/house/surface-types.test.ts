import { type ApiType, compiledAssembly, type TypeReference } from './assembly';
import { behaviour, classOf, construct, method, plantedApi, property, STRING, struct } from './planted-api';
import { surfaceTypes } from './rules/surface-types';

const ANY: TypeReference = { primitive: 'any' };
const UNION: TypeReference = { union: { types: [STRING, { primitive: 'number' }] } };
const INTERSECTION: TypeReference = { intersection: { types: [{ fqn: 'a.IOne' }, { fqn: 'a.ITwo' }] } };
const TAKES_ANY = { parameters: [property('options', { type: ANY })] };
const GIVES_ANY = { returns: { type: ANY } };

describe('surface types', () => {
  test('of this repository can be spelled in every language', () => {
    expect(surfaceTypes(compiledAssembly())).toEqual([]);
  });

  test.each<[string, TypeReference]>([
    ['a string', STRING],
    ['an interface of AWS', { fqn: 'aws-cdk-lib.aws_ec2.IVpc' }],
    ['a list', list({ fqn: 'cdk-ml-infra.MlService' })],
    ['a map of strings', map(STRING)],
    ['a type with Cfn inside its name', { fqn: 'cdk-ml-infra.MlCfnReport' }],
  ])('may be %s', (_, type) => {
    expect(surfaceTypes(plantedApi(struct('MlProps', property('part', { type }))))).toEqual([]);
  });

  test.each([
    'aws-cdk-lib.CfnTag',
    'aws-cdk-lib.CfnResource',
    'aws-cdk-lib.aws_s3.CfnBucket',
    'aws-cdk-lib.aws_s3.CfnBucketProps',
    'aws-cdk-lib.aws_s3.CfnBucket.LifecycleConfigurationProperty',
  ])('must not be %s', (fqn) => {
    expect(surfaceTypes(plantedApi(struct('MlProps', property('part', { type: { fqn } }))))).toEqual([
      `MlProps.part must not show ${fqn}, a type of CloudFormation`,
    ]);
  });

  test.each<[string, TypeReference, string]>([
    ['any', ANY, 'be any; name what it may hold'],
    ['json', { primitive: 'json' }, 'be json; name what it may hold'],
    ['a union', UNION, 'be a union; use a class with a factory for each form'],
    ['an intersection', INTERSECTION, 'be an intersection; declare an interface that extends both'],
    ['a map of maps', map(map(STRING)), 'be a map of collections; declare a struct for its values'],
    ['a map of lists', map(list(STRING)), 'be a map of collections; declare a struct for its values'],
    ['a list of any', list(ANY), 'be any; name what it may hold'],
    ['a map of unions', map(UNION), 'be a union; use a class with a factory for each form'],
    ['a list of maps of any', list(map(ANY)), 'be any; name what it may hold'],
  ])('must not be %s', (_, type, rule) => {
    expect(surfaceTypes(plantedApi(struct('MlProps', property('part', { type }))))).toEqual([
      `MlProps.part must not ${rule}`,
    ]);
  });

  test.each<[string, ApiType, string]>([
    ['a constructor', construct('MlThing', { initializer: TAKES_ANY }), 'MlThing.constructor(options)'],
    ['a parameter', classOf('MlThing', { methods: [method('add', TAKES_ANY)] }), 'MlThing.add(options)'],
    ['a result', classOf('MlThing', { methods: [method('add', GIVES_ANY)] }), 'MlThing.add()'],
    ['an attribute', classOf('MlThing', { properties: [property('part', { type: ANY })] }), 'MlThing.part'],
    ['an interface', behaviour('IMlThing', { methods: [method('add', GIVES_ANY)] }), 'IMlThing.add()'],
  ])('are looked for in %s', (_, type, place) => {
    expect(surfaceTypes(plantedApi(type))).toEqual([`${place} must not be any; name what it may hold`]);
  });

  test('are looked for in what a class extends and a struct extends', () => {
    const child = classOf('MlBucket', { base: 'aws-cdk-lib.aws_s3.CfnBucket' });
    const props = { ...struct('MlProps'), interfaces: ['aws-cdk-lib.aws_s3.CfnBucketProps'] };

    expect(surfaceTypes(plantedApi(child, props))).toEqual([
      'MlBucket must not show aws-cdk-lib.aws_s3.CfnBucket, a type of CloudFormation',
      'MlProps must not show aws-cdk-lib.aws_s3.CfnBucketProps, a type of CloudFormation',
    ]);
  });

  test('may be any where an interface of another package dictates it, and not where our own does', () => {
    const dictated = classOf('MlValue', {
      methods: [method('resolve', { ...GIVES_ANY, overrides: 'aws-cdk-lib.IResolvable' })],
    });
    const ours = classOf('MlValue', {
      methods: [method('resolve', { ...GIVES_ANY, overrides: 'cdk-ml-infra.IMlValue' })],
    });

    expect(surfaceTypes(plantedApi(dictated))).toEqual([]);
    expect(surfaceTypes(plantedApi(ours))).toHaveLength(1);
  });

  function list(elementtype: TypeReference): TypeReference {
    return { collection: { kind: 'array', elementtype } };
  }

  function map(elementtype: TypeReference): TypeReference {
    return { collection: { kind: 'map', elementtype } };
  }
});
