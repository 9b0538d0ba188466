import { type Assembly, compiledAssembly } from './assembly';
import { behaviour, classOf, construct, method, plantedApi, property, struct } from './planted-api';
import { docs } from './rules/docs';

describe('docs', () => {
  test('are whole in this repository', () => {
    expect(docs(compiledAssembly())).toEqual([]);
  });

  test.each([
    '2',
    'true',
    'MlInstanceType.T3_MEDIUM',
    'Duration.hours(1)',
    'new Widget()',
    "'10.0.0.0/16'",
    '[]',
    '- SageMaker encrypts with a key that it manages.',
    '- no idle stop',
    '- none of the users may open it',
  ])('may say @default %s', (text) => {
    expect(docs(optional(text))).toEqual([]);
  });

  test.each([
    '',
    '-',
    '- ',
    'none',
    'None',
    '- none',
    '- None.',
    'undefined',
    '- undefined',
    'null',
    'n/a',
    'the default key',
    '- the default VPC',
    '- The default',
  ])('must not say @default %j', (text) => {
    expect(docs(optional(text))).toEqual([
      `MlProps.size must have a @default that is a value or "- what happens", got: '${text}'`,
    ]);
  });

  test.each(['SageMaker encrypts it', 'one hour', 'true in PROD'])(
    'must not say @default %s without a dash',
    (text) => {
      expect(docs(optional(text))).toEqual([
        `MlProps.size must have a dash before the sentence of its @default, got: '${text}'`,
      ]);
    },
  );

  test('must say @default of an optional prop, and need not of a required one', () => {
    const props = struct('MlProps', property('size', { optional: true }), property('shared'));

    expect(docs(plantedApi(props))).toEqual([
      'MlProps.size must have a @default that is a value or "- what happens", got: \'\'',
    ]);
  });

  test.each([
    ['a class', classOf('MlThing', { docs: {} })],
    ['a struct', { ...struct('MlThing'), docs: undefined }],
    ['an interface', behaviour('MlThing', { docs: { summary: '' } })],
    ['an enum', { ...classOf('MlThing', { docs: {} }), kind: 'enum' as const }],
  ])('must summarize %s', (_, type) => {
    expect(docs(plantedApi(type))).toEqual(['MlThing must have a summary']);
  });

  test.each([
    ['a property', classOf('MlThing', { properties: [property('part', { docs: {} })] })],
    ['a method', classOf('MlThing', { methods: [method('part', { docs: {} })] })],
    ['a prop', struct('MlThing', property('part', { docs: undefined }))],
    ['a value of an enum', { ...classOf('MlThing', { members: [{ name: 'part' }] }), kind: 'enum' as const }],
  ])('must summarize %s', (_, type) => {
    expect(docs(plantedApi(type))).toEqual(['MlThing.part must have a summary']);
  });

  test('may leave a member to the type that declared it first, be it of another package', () => {
    const declaring = behaviour('IMlThing', { properties: [property('thingName')] });
    const inheriting = classOf('MlThing', {
      properties: [
        property('thingName', { docs: {}, overrides: 'cdk-ml-infra.IMlThing' }),
        property('grantPrincipal', { docs: {}, overrides: 'aws-cdk-lib.aws_iam.IGrantable' }),
      ],
    });

    expect(docs(plantedApi(declaring, inheriting))).toEqual([]);
  });

  test('must not leave a member to a type that is silent about it', () => {
    const declaring = behaviour('IMlThing', { properties: [property('thingName', { docs: {} })] });
    const inherited = property('thingName', { docs: {}, overrides: 'cdk-ml-infra.IMlThing' });

    expect(docs(plantedApi(declaring, classOf('MlThing', { properties: [inherited] })))).toEqual([
      'IMlThing.thingName must have a summary',
      'MlThing.thingName must have a summary',
    ]);
  });

  test.each([
    ['takes a scope', construct('MlThing', { base: undefined, docs: { summary: 'Stands.' } })],
    ['is a resource', classOf('MlThing', { base: 'aws-cdk-lib.Resource' })],
    ['is a stack', classOf('MlThing', { base: 'aws-cdk-lib.Stack' })],
  ])('must show an example of a class that %s', (_, type) => {
    expect(docs(plantedApi(type))).toEqual(['MlThing must have an @example']);
  });

  test('must show an example of a construct that extends another', () => {
    const child = classOf('MlChild', { base: 'cdk-ml-infra.MlThing' });

    expect(docs(plantedApi(construct('MlThing'), child))).toEqual(['MlChild must have an @example']);
  });

  test('need no example of a value', () => {
    expect(docs(plantedApi(classOf('MlInstanceType')))).toEqual([]);
  });

  test('need no example of what is built from a construct without being one', () => {
    const scope = property('scope', { type: { fqn: 'constructs.Construct' } });

    expect(docs(plantedApi(classOf('MlPolicyPack', { initializer: { parameters: [scope] } })))).toEqual([]);
  });

  function optional(text: string): Assembly {
    return plantedApi(
      struct('MlProps', property('size', { optional: true, docs: { summary: 'Size.', default: text } })),
    );
  }
});
