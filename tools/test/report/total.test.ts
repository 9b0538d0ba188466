import { ageOf, totalOf } from '../../src/report/total';
import { estimateWith, itemOf } from './apps';

const missing = { ...itemOf(), reason: 'no price' };
const used = { ...itemOf(), measure: 's3StorageGb' };

test.each([
  ['nothing is missing', {}, '$36.50', []],
  ['use is open', { byUse: [used] }, '$36.50', ['plus use']],
  ['use has no price', { unpriced: [{ ...missing, byUse: true as const }] }, '$36.50', ['plus use']],
  ['a price is missing', { unpriced: [missing] }, 'at least $36.50', ['1 cost without a price']],
  [
    'prices are missing, and use is open',
    { unpriced: [missing, missing], byUse: [used] },
    'at least $36.50',
    ['2 costs without a price', 'plus use'],
  ],
])('where %s, the total says so', (_, options, amount, said) => {
  expect(totalOf(estimateWith({ items: [itemOf()], ...options }))).toMatchObject({ amount, missing: said });
});

test('machines are counted among what has no price', () => {
  const unpriced = [missing, { ...missing, machine: true as const }];

  expect(totalOf(estimateWith({ unpriced }))).toMatchObject({ unpriced: 2, machines: 1 });
});

test('prices are old after a year', () => {
  const age = (day: string) => ageOf(estimateWith({ pricesOf: '2025-08-08' }), new Date(day));

  expect([age('2026-08-07'), age('2026-08-09')]).toEqual([undefined, 'older than 12 months']);
});
