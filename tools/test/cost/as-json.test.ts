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
    'monthlyTotal',
    'items',
    'byUse',
    'unpriced',
    'assumptions',
    'by',
    'sharing',
    'limit',
    'comparison',
  ]);
  expect(empty).toMatchObject({ schema: 1, currency: 'USD', monthlyTotal: 0, sharing: null, limit: null });
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
