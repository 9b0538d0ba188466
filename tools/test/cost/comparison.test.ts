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
  const [old, now] = [before, after].map((resources) => readAssembly(plantedAssembly([{ name: 'Lab', resources }])));
  return compare(estimateOf(old), estimateOf(now), { before: old, after: now });
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
  expect(changes.reduce((sum, change) => sum + change.difference!, 0)).toBeCloseTo(total, 6);
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

describe('what loses its price', () => {
  const UNKNOWN = plantedNotebook('ml.p6.48xlarge');

  test('still stands, and nobody knows what it costs', () => {
    const { changes, unpriced, ...totals } = difference({ A: SMALL }, { A: UNKNOWN });

    expect(changes).toEqual([
      {
        kind: 'price unknown',
        constructPath: 'Lab/A',
        resourceType: 'AWS::SageMaker::NotebookInstance',
        before: priceOf(SMALL),
        after: undefined,
        difference: undefined,
        descriptionBefore: expect.stringMatching(/^ml\.t3\.medium, /),
        descriptionAfter: 'ml.p6.48xlarge',
      },
    ]);
    expect(unpriced.new.map(({ constructPath }) => constructPath)).toEqual(['Lab/A']);
    expect(totals).toMatchObject({ differenceIs: 'at least', unpricedBefore: 0, unpricedAfter: 1 });
  });

  test('is told also where another part of it had no price before', () => {
    const bigger = { Type: 'AWS::SageMaker::NotebookInstance', Properties: { VolumeSizeInGB: { Ref: 'Size' } } };
    const of = (type: string) => ({ ...bigger, Properties: { ...bigger.Properties, InstanceType: type } });

    const { changes, unpriced } = difference({ A: of('ml.t3.medium') }, { A: of('ml.p6.48xlarge') });
    expect(changes.map(({ kind }) => kind)).toEqual(['price unknown']);
    expect(unpriced.new.map(({ reason }) => reason)).toEqual([expect.stringContaining('ml.p6.48xlarge')]);
    expect(unpriced.gone).toEqual([]);
  });

  test('gets one again', () => {
    const { changes, differenceIs } = difference({ A: UNKNOWN }, { A: SMALL });

    expect(changes).toMatchObject([
      { kind: 'price known', before: undefined, after: priceOf(SMALL), descriptionBefore: 'ml.p6.48xlarge' },
    ]);
    expect(differenceIs).toBe('at most');
  });

  test('comes before the largest difference', () => {
    const { changes } = difference({ A: SMALL, B: SMALL }, { A: plantedNotebook('ml.g4dn.xlarge'), B: UNKNOWN });

    expect(changes.map(({ kind }) => kind)).toEqual(['price unknown', 'dearer']);
    expect(alike(changes)[0].change.difference).toBeUndefined();
  });

  test('of what is missing on both sides, the difference is exact; where either side lacks another, it is neither', () => {
    expect(difference({ A: UNKNOWN, B: SMALL }, { A: UNKNOWN }).differenceIs).toBe('exact');
    expect(difference({ A: UNKNOWN }, { B: UNKNOWN }).differenceIs).toBe('of priced costs');
  });
});

test('a resource that stands and costs nothing any more is cheaper, not gone', () => {
  const endpoint = (type: string) => ({
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcEndpointType: type, SubnetIds: ['a'] },
  });

  const { changes } = difference({ A: endpoint('Interface') }, { A: endpoint('Gateway') });
  expect(changes.map(({ kind }) => kind)).toEqual(['cheaper']);
});
