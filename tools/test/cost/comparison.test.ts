import { estimateOf } from '../../src/assembly/estimate-of';
import { readAssembly } from '../../src/assembly/read-assembly';
import { alike, compare } from '../../src/cost/comparison';
import { plantedAssembly, plantedNotebook } from '../assembly/planted';

const SMALL = plantedNotebook('ml.t3.medium');
const LARGE = plantedNotebook('ml.m5.xlarge');

function estimated(resources: Record<string, object>) {
  return estimateOf(readAssembly(plantedAssembly([{ name: 'Lab', resources }])));
}

function priceOf(resource: object): number {
  return estimated({ One: resource }).monthlyTotal;
}

function difference(before: Record<string, object>, after: Record<string, object>) {
  return compare(estimated(before), estimated(after));
}

test('says what is new, dearer, cheaper and gone, the largest difference first', () => {
  const { changes } = difference(
    { Grown: SMALL, Shrunk: LARGE, Gone: SMALL, Same: SMALL },
    { Grown: plantedNotebook('ml.r5.xlarge'), Shrunk: SMALL, New: SMALL, Same: SMALL },
  );

  expect(changes.map(({ kind, constructPath }) => [kind, constructPath])).toEqual([
    ['dearer', 'Lab/Grown'],
    ['cheaper', 'Lab/Shrunk'],
    ['gone', 'Lab/Gone'],
    ['new', 'Lab/New'],
  ]);
  expect(changes[0].descriptionBefore).toContain('ml.t3.medium');
  expect(changes[0].descriptionAfter).toContain('ml.r5.xlarge');
  expect(changes[3]).toMatchObject({ before: 0, after: priceOf(SMALL), descriptionBefore: '' });
});

test('the differences add up to that of the totals', () => {
  const { before, after, difference: total, changes } = difference({ A: SMALL, B: SMALL }, { A: LARGE, C: SMALL });

  expect(after - before).toBeCloseTo(total, 6);
  expect(changes.reduce((sum, change) => sum + change.difference, 0)).toBeCloseTo(total, 6);
});

test('the same on both sides is no change', () => {
  expect(difference({ A: SMALL }, { A: SMALL })).toMatchObject({ difference: 0, changes: [] });
});

test('what has no price is named, not counted', () => {
  const odd = { Type: 'AWS::Odd::One' };
  const { unpriced, changes } = difference({ Old: odd, Kept: odd }, { Kept: odd, New: odd });

  expect(changes).toEqual([]);
  expect(unpriced.new.map(({ constructPath }) => constructPath)).toEqual(['Lab/New']);
  expect(unpriced.gone.map(({ constructPath }) => constructPath)).toEqual(['Lab/Old']);
});

test('changes that read alike are one, with their number and their sum', () => {
  const { changes } = difference({ X: LARGE }, { X: LARGE, A: SMALL, B: SMALL, C: LARGE });

  expect(alike(changes)).toMatchObject([
    { count: 1, change: { constructPath: 'Lab/C' } },
    { count: 2, change: { constructPath: 'Lab', difference: 2 * priceOf(SMALL) } },
  ]);
});

test('another type at the same path is another resource', () => {
  const { changes } = difference({ A: SMALL }, { A: { Type: 'AWS::KMS::Key', Properties: {} } });

  expect(changes.map(({ kind }) => kind).sort()).toEqual(['gone', 'new']);
});
