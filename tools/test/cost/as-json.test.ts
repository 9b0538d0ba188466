import { asJson } from '../../src/cost/as-json';
import { plantedNotebook } from '../assembly/planted';
import { HOSTILE, resultFor } from './results';

const SMALL = plantedNotebook('ml.t3.medium', 'ada');

test('has the keys that other programs read, also where they are empty', () => {
  const empty = JSON.parse(asJson(resultFor({})));

  expect(Object.keys(empty)).toEqual([
    'schema',
    'currency',
    'regions',
    'pricesOf',
    'stale',
    'monthlyTotal',
    'complete',
    'unpricedCount',
    'items',
    'byUse',
    'unpriced',
    'assumptions',
    'by',
    'sharing',
    'limit',
    'comparison',
  ]);
  expect(empty).toMatchObject({
    schema: 1,
    currency: 'USD',
    monthlyTotal: 0,
    sharing: null,
    limit: null,
    complete: true,
    unpricedCount: 0,
    stale: false,
  });
});

test('has each cost with what it is of', () => {
  const { items, by, limit } = JSON.parse(asJson(resultFor({ Ada: SMALL }, { limit: 10 })));

  expect(items[0]).toMatchObject({
    constructPath: 'Lab/Ada',
    resourceType: 'AWS::SageMaker::NotebookInstance',
    description: expect.stringContaining('ml.t3.medium'),
    monthlyUsd: expect.closeTo(36.5, 2),
    region: 'us-east-1',
  });
  expect(Object.keys(by)).toEqual(['construct', 'owner', 'environment', 'project', 'base', 'type']);
  expect(by.owner.ada).toBeCloseTo(by.construct['Lab/Ada'], 2);
  expect(limit).toEqual({ monthlyUsd: 10, exceeded: true });
});

test('has the difference from another app', () => {
  const { comparison } = JSON.parse(asJson(resultFor({ Ada: SMALL }, { before: {} })));

  expect(comparison).toMatchObject({ before: 0, changes: [{ kind: 'new', constructPath: 'Lab/Ada' }] });
});

test('has names as they are', () => {
  const { items } = JSON.parse(asJson(resultFor({ [HOSTILE]: SMALL })));

  expect(items[0].constructPath).toBe(`Lab/${HOSTILE}`);
});

test('what would steer a terminal is escaped, and means the same', () => {
  const name = 'a\u202eb\u009bc\u007f\u2066d';
  const json = asJson(resultFor({ [name]: SMALL }));

  expect(json).not.toMatch(/[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  expect(json).toContain('\\u202e');
  expect(JSON.parse(json).items[0].constructPath).toBe(`Lab/${name}`);
});

test('numbers have no digits that only binary fractions have, and unit prices keep theirs', () => {
  const { comparison, items, byUse } = JSON.parse(
    asJson(
      resultFor({ A: plantedNotebook('ml.m5.xlarge'), Bucket: { Type: 'AWS::S3::Bucket' } }, { before: { A: SMALL } }),
    ),
  );

  expect(comparison.difference).toBe(131.4);
  expect(byUse.map(({ unitUsd }: { unitUsd: number }) => unitUsd)).toContain(4e-7);
  expect(items.some((item: object) => 'usedBy' in item)).toBe(false);
});

test('says what is incomplete, and null for what nobody knows', () => {
  const unknown = plantedNotebook('ml.p6.48xlarge', 'eve');
  const { complete, unpricedCount, unpriced, comparison, by } = JSON.parse(
    asJson(
      resultFor(
        { Odd: { Type: 'AWS::Odd::One' }, Ada: unknown },
        { before: { Ada: plantedNotebook('ml.t3.medium', 'eve') } },
      ),
    ),
  );

  expect([complete, unpricedCount]).toEqual([false, 2]);
  expect(unpriced).toMatchObject([{ constructPath: 'Lab/Ada', machine: true }, { constructPath: 'Lab/Odd' }]);
  expect(comparison.changes).toMatchObject([{ kind: 'price unknown', after: null, difference: null }]);
  expect(comparison).toMatchObject({ differenceIs: 'at least', unpricedAfter: 2 });
  expect(comparison.by.owner.eve).toEqual({
    before: expect.any(Number),
    after: by.owner.eve,
    difference: -36.5,
    unpricedBefore: 0,
    unpricedAfter: 1,
  });
});
