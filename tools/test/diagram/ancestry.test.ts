import { grouped, lastOf, nearest } from '../../src/diagram/ancestry';

test('finds itself, then what is above it, the nearest first', () => {
  const known = new Map([
    ['A', 1],
    ['A/B', 2],
  ]);

  expect(['A/B', 'A/B/C/D', 'A/Bees', 'X/A'].map((path) => nearest(path, (at) => known.get(at)))).toEqual([
    2,
    2,
    1,
    undefined,
  ]);
});

test('knows the last part of a path', () => {
  expect(['A/B', 'A'].map(lastOf)).toEqual(['B', 'A']);
});

test('groups in the order in which keys come first', () => {
  expect([...grouped(['b1', 'a1', 'b2'], ([first]) => first)]).toEqual([
    ['b', ['b1', 'b2']],
    ['a', ['a1']],
  ]);
});
