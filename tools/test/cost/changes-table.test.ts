import { createColors } from 'picocolors';
import { changesTable } from '../../src/cost/changes-table';
import { plantedNotebook } from '../assembly/planted';
import { resultFor } from './results';

const PLAIN = { colors: createColors(false), width: 120 };
const SMALL = plantedNotebook('ml.t3.medium', 'ada');
const UNKNOWN = plantedNotebook('ml.p6.48xlarge', 'ada');

function linesOf(before: Record<string, object>, after: Record<string, object>, extent: object = {}) {
  const result = resultFor(after, { before });
  return changesTable(result, result.comparison!, { all: false, ...extent }, PLAIN);
}

test('a machine that loses its price is not gone', () => {
  const lines = linesOf({ Ada: SMALL }, { Ada: UNKNOWN });

  expect(lines[0]).toMatch(
    /^\? {2}price unknown {2}ml\.t3\.medium, 730 hours: always on → ml\.p6\.48xlarge {2}Lab\/Ada$/,
  );
  expect(lines.join('\n')).not.toContain('gone');
});

test('what has no price is listed by name, on either side', () => {
  const lines = linesOf({ Old: UNKNOWN }, { Eve: UNKNOWN, Odd: { Type: 'AWS::Odd::One' } });

  expect(lines.slice(lines.indexOf('New without a price: 2'))).toEqual([
    'New without a price: 2',
    expect.stringMatching(/^ {2}Lab\/Eve: no price of ml\.p6\.48xlarge /),
    expect.stringMatching(/^ {2}Lab\/Odd: /),
    'Gone that had no price: 1',
    expect.stringMatching(/^ {2}Lab\/Old: /),
  ]);
});

test('differences are summed up by an aspect', () => {
  const bob = plantedNotebook('ml.m5.xlarge', 'bob');
  const lines = linesOf({ Ada: SMALL }, { Ada: UNKNOWN, Bob: bob }, { by: 'owner' });

  expect(lines.slice(0, 3)).toEqual([
    expect.stringMatching(/^\+168\.\d\d {2}bob$/),
    ' -36.50  ada, 1 cost without a price',
    expect.stringMatching(/^\+13\d\.\d\d {2}difference by owner$/),
  ]);
});

test('says where nothing changes', () => {
  expect(linesOf({ Ada: SMALL }, { Ada: SMALL })).toEqual(['Nothing that has a price changes.']);
  expect(linesOf({ Ada: SMALL }, { Ada: SMALL }, { by: 'owner' })).toEqual(['Nothing that has a price changes.']);
});
