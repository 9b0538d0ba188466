import { choicesOf, entriesOf, onlyWhen } from '../../src/report/choices';

const NONE = { Ref: 'AWS::NoValue' };

test('a value is what it is, and both sides of a condition', () => {
  expect(choicesOf('a')).toEqual([{ value: 'a', when: [] }]);
  expect(choicesOf({ 'Fn::If': ['C', 'a', NONE] })).toEqual([
    { value: 'a', when: ['if C'] },
    { value: undefined, when: ['unless C'] },
  ]);
});

test('conditions within conditions hold together, and none is said twice or against itself', () => {
  const inner = { 'Fn::If': ['D', 'a', 'b'] };
  const same = { 'Fn::If': ['C', 'c', 'd'] };

  expect(choicesOf({ 'Fn::If': ['C', inner, same] })).toEqual([
    { value: 'a', when: ['if C', 'if D'] },
    { value: 'b', when: ['if C', 'unless D'] },
    { value: 'd', when: ['unless C'] },
  ]);
});

test.each([
  ['two parts', { 'Fn::If': ['C', 'a'] }],
  ['no list', { 'Fn::If': 'C' }],
  ['a key more', { 'Fn::If': ['C', 'a', 'b'], Other: 1 }],
  ['another function', { Ref: 'Parameter' }],
])('a condition with %s stays as it is', (_, value) => {
  expect(choicesOf(value)).toEqual([{ value, when: [] }]);
});

test('entries are those of the list, of its conditions, and of lists that conditions choose', () => {
  expect(entriesOf(['a', { 'Fn::If': ['C', ['b', 'c'], NONE] }, NONE, undefined])).toEqual([
    { value: 'a', when: [] },
    { value: 'b', when: ['if C'] },
    { value: 'c', when: ['if C'] },
  ]);
  expect(entriesOf({ 'Fn::If': ['C', ['a'], 'b'] })).toEqual([
    { value: 'a', when: ['if C'] },
    { value: 'b', when: ['unless C'] },
  ]);
});

test('conditions are said behind what depends on them', () => {
  expect([onlyWhen('a', []), onlyWhen('a', ['if C', 'unless D'])]).toEqual(['a', 'a (if C and unless D)']);
});
