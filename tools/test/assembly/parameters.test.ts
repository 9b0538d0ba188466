import { parametersFor, withParameters } from '../../src/assembly/parameters';

test('a reference to a parameter is what was passed for it, wherever it stands', () => {
  const value = { 'Fn::Join': ['-', ['a', { Ref: 'Base' }, { Ref: 'Own' }]], Ref: 'Base' };

  expect(withParameters(value, { Base: { 'Fn::GetAtt': ['X', 'Arn'] } })).toEqual({
    'Fn::Join': ['-', ['a', { 'Fn::GetAtt': ['X', 'Arn'] }, { Ref: 'Own' }]],
    Ref: 'Base',
  });
  expect(withParameters({ Ref: 'constructor' }, {})).toEqual({ Ref: 'constructor' });
});

test('what is passed on is in the terms of the outermost stack', () => {
  expect(parametersFor({ Inner: { Ref: 'Outer' }, Plain: 7 }, { Outer: 'team' })).toEqual({ Inner: 'team', Plain: 7 });
});

test('values do not grow from stack to stack', () => {
  let own = parametersFor({ P: 'a value' }, {});
  for (let level = 0; level < 20; level++) {
    own = parametersFor({ P: Array(10).fill({ Ref: 'P' }) }, own);
  }

  expect(JSON.stringify(own).length).toBeLessThan(1100);
});
