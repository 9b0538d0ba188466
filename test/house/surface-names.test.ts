import { compiledAssembly } from './assembly';
import { behaviour, classOf, method, plantedApi, property, struct } from './planted-api';
import { surfaceNames } from './rules/surface-names';

describe('surface names', () => {
  test('of this repository mean the same in every language', () => {
    expect(surfaceNames(compiledAssembly())).toEqual([]);
  });

  test('may begin with I where a word does', () => {
    const props = struct('IdleStopOptions', property('idleStop'), property('INSTANCE'));

    expect(surfaceNames(plantedApi(props, behaviour('IMlNetwork'), classOf('InternetAccess')))).toEqual([]);
  });

  test('of a struct and of a class must not begin like an interface', () => {
    expect(surfaceNames(plantedApi(struct('IMlData'), classOf('IMlValue')))).toEqual([
      'IMlData must not begin with I and a capital, which is for interfaces of behaviour',
      'IMlValue must not begin with I and a capital, which is for interfaces of behaviour',
    ]);
  });

  test.each(['IAMOptions', 'IPProps', 'IMlNetworkAttributes'])('must not let jsii take %s for behaviour', (name) => {
    expect(surfaceNames(plantedApi(behaviour(name)))).toEqual([
      `${name} must not begin with I and a capital: jsii takes it for behaviour`,
    ]);
  });

  test('of an interface of behaviour must begin with I', () => {
    expect(surfaceNames(plantedApi(behaviour('MlNetworkLike')))).toEqual([
      'MlNetworkLike must begin with I, being an interface of behaviour',
    ]);
  });

  test('of a prop must not begin like an interface', () => {
    expect(surfaceNames(plantedApi(struct('MlProps', property('IVpc'))))).toEqual([
      'MlProps.IVpc must not be named like an interface',
    ]);
  });

  test.each([
    classOf('Code', { properties: [property('code')] }),
    classOf('Code', { methods: [method('code')] }),
    struct('Code', property('code')),
    classOf('Code', { properties: [property('Code')] }),
  ])('of a member must not repeat that of its type', (type) => {
    expect(surfaceNames(plantedApi(type))).toHaveLength(1);
  });

  test('of a member may contain that of its type', () => {
    const code = classOf('Code', { properties: [property('codeName')], methods: [method('fromCode')] });

    expect(surfaceNames(plantedApi(code))).toEqual([]);
  });
});
