import type { Unpriced } from '../../../src/cost/pricing';
import { andMissing, gravestFirst, missingIn, named, subjectOf, sumOf } from '../../src/cost/missing';

const COST: Unpriced = { constructPath: 'Lab/A', resourceType: 'AWS::Odd::One', reason: 'nobody knows' };
const USE = { ...COST, reason: 'by use: messages', byUse: true as const };
const MACHINE = {
  ...COST,
  reason: 'no price of ml.p6 for SageMaker in x is known to this version',
  machine: true as const,
};

test('what only use costs is not missing', () => {
  expect(missingIn({ unpriced: [USE, COST, MACHINE] })).toEqual([COST, MACHINE]);
});

test('machines come first and use last, and others stay in order', () => {
  const other = { ...COST, constructPath: 'Lab/B' };

  expect(gravestFirst([USE, other, COST, MACHINE])).toEqual([MACHINE, other, COST, USE]);
});

test('a sum is the least that it can be where something is missing', () => {
  expect([sumOf(1058.33, 0), sumOf(1058.33, 7)]).toEqual(['1,058.33', 'at least 1,058.33']);
  expect([0, 1, 7].map(andMissing)).toEqual(['', ', 1 cost without a price', ', 7 costs without a price']);
});

test('costs are named with their reasons, and of many the first', () => {
  expect(named([COST])).toBe('Lab/A (nobody knows)');
  expect(named([...Array(6).fill(COST), MACHINE])).toMatch(/^Lab\/A \(no price of ml\.p6 .*, and 2 more$/);
});

test('a reason names what has no price', () => {
  expect(
    [MACHINE, { ...COST, reason: 'no price of c9.large of EC2 in eu-x-1 is known to this version' }, COST].map(
      subjectOf,
    ),
  ).toEqual(['ml.p6', 'c9.large', 'nobody knows']);
});
