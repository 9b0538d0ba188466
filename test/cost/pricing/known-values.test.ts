import {
  knownList,
  knownQuantity,
  knownSwitch,
  knownText,
  propertiesIn,
  quantityOr,
  tagsOf,
} from '../../../src/cost/pricing/known-values';

const ONLY_AT_DEPLOYMENT = [{ Ref: 'It' }, { 'Fn::If': ['A', 1, 2] }];

describe('a value of a template', () => {
  test.each([
    [5, 5],
    [0, 0],
    ['10', 10],
    [' 1.5 ', 1.5],
  ])('is a quantity: %j', (value, quantity) => {
    expect(knownQuantity(value)).toBe(quantity);
  });

  test.each([
    [-1],
    [-1.8881545897087503e289], // how the CDK writes a number that only the deployment knows
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [1e300],
    [''],
    ['1e3'],
    ['many'],
    [true],
    [null],
    [undefined],
    [[5]],
    [{ Ref: 'It' }],
    [{ 'Fn::If': ['A', 1, 2] }],
  ])('is no quantity: %j', (value: unknown) => {
    expect(knownQuantity(value)).toBeUndefined();
  });

  test('may be left out for what CloudFormation takes then, but not be known only at deployment', () => {
    expect([quantityOr(undefined, 5), quantityOr(null, 5), quantityOr(6, 5)]).toEqual([5, 5, 6]);
    expect(quantityOr({ Ref: 'It' }, 5)).toBeUndefined();
  });

  test('is a text unless only the deployment knows it', () => {
    expect(knownText('ml.t3.medium')).toBe('ml.t3.medium');
    expect(['', 'ml.${Type}', 5, undefined, ...ONLY_AT_DEPLOYMENT].map(knownText)).toEqual(Array(6).fill(undefined));
  });

  test('is a switch that is on, off, or known only at deployment', () => {
    expect([true, 'true', 'True'].map(knownSwitch)).toEqual([true, true, true]);
    expect([false, 'false', undefined, null].map(knownSwitch)).toEqual([false, false, false, false]);
    expect(['yes', 1, ...ONLY_AT_DEPLOYMENT].map(knownSwitch)).toEqual(Array(4).fill(undefined));
  });

  test('is a list, or known only at deployment', () => {
    expect([['a'], undefined, null].map(knownList)).toEqual([['a'], [], []]);
    expect(['a', ...ONLY_AT_DEPLOYMENT].map(knownList)).toEqual([undefined, undefined, undefined]);
  });

  test('holds properties, or none', () => {
    expect(propertiesIn({ Size: 1, Type: 'a' })).toEqual({ Size: 1, Type: 'a' });
    expect([['a'], 'a', null, undefined, ...ONLY_AT_DEPLOYMENT].map(propertiesIn)).toEqual(Array(6).fill({}));
  });
});

describe('tags', () => {
  test.each([
    [{ Tags: [{ Key: 'ml-owner', Value: 'alice' }] }, 'alice'],
    [{ Tags: { 'ml-owner': 'alice' } }, 'alice'],
    [{ FileSystemTags: [{ Key: 'ml-owner', Value: 'alice' }] }, 'alice'],
    [{ Tags: [{ Key: 'ml-owner', Value: { Ref: 'AWS::StackName' } }] }, '${AWS::StackName}'],
    [{ Tags: { 'ml-owner': { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] } } }, 'a-${B}'],
    [{ Tags: [{ Key: 'ml-owner', Value: '' }] }, undefined],
    [{ Tags: [{ Key: { Ref: 'Key' }, Value: 'alice' }, 'odd', null] }, undefined],
    [{ Tags: { Ref: 'Tags' } }, undefined],
    [{}, undefined],
  ])('are read from %j', (properties, owner) => {
    expect(tagsOf(properties).get('ml-owner')).toBe(owner);
  });

  test('whose functions are malformed have a value that is not told', () => {
    const Value = { 'Fn::Join': [{ toString: 1, valueOf: 1 }, ['a', 'b']] };

    expect(tagsOf({ Tags: [{ Key: 'ml-owner', Value }] }).get('ml-owner')).toBe('${...}');
  });
});
