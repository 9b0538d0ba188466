import { costTable, dollars, largestFirst, TabledCost } from '../../src/cost/cost-table';

const COST: TabledCost = {
  monthlyTotal: 142.34,
  items: [
    { constructPath: 'Team/bob', description: 'ml.t3.medium', monthlyUsd: 42.34 },
    { constructPath: '', description: 'Data, 10000 as stated', monthlyUsd: 100 },
  ],
  byUse: [
    { constructPath: 'Team/a', unit: 'request', unitUsd: 4.3e-7, measure: 's3GetRequests', region: 'eu-central-1' },
    { constructPath: 'Team/b', unit: 'request', unitUsd: 4.3e-7, measure: 's3GetRequests', region: 'eu-central-1' },
    { constructPath: 'Team/c', unit: 'request', unitUsd: 4e-7, measure: 's3GetRequests', region: 'us-east-1' },
    { constructPath: 'Team/c', unit: 'GB', unitUsd: 10, measure: 'logIngestionGb', region: 'us-east-1' },
  ],
  unpriced: [{ constructPath: 'Team/bob', reason: 'no price of ML storage' }],
  assumptions: ['A month has 730 hours.'],
};

describe('costTable', () => {
  test('shows amounts from the largest on, then what is not counted, then assumptions', () => {
    expect(costTable('the app', COST)).toBe(
      [
        'the app costs 142.34 USD a month',
        '  100.00  (app)     Data, 10000 as stated',
        '   42.34  Team/bob  ml.t3.medium',
        '',
        'By use, not counted until MlUsage states it',
        '  0.00000043  USD per request  s3GetRequests   Team/a and 1 more',
        '   0.0000004  USD per request  s3GetRequests   Team/c',
        '          10  USD per GB       logIngestionGb  Team/c',
        '',
        'Without a known price, not counted',
        '  Team/bob  no price of ML storage',
        '',
        'Assumptions',
        '  A month has 730 hours.',
      ].join('\n'),
    );
  });

  test('leaves out what there is nothing of', () => {
    const nothing = { monthlyTotal: 0, items: [], byUse: [], unpriced: [], assumptions: [] };

    expect(costTable('Team', nothing)).toBe('Team costs 0.00 USD a month');
  });
});

test('largestFirst orders equal amounts by path, and leaves the list as it is', () => {
  const items = ['b', 'a', 'c'].map((constructPath, index) => ({
    constructPath,
    description: '',
    monthlyUsd: index >> 1,
  }));

  expect(largestFirst(items).map(({ constructPath }) => constructPath)).toEqual(['c', 'a', 'b']);
  expect(items[0].constructPath).toBe('b');
});

test('dollars are written to the cent', () => {
  expect([dollars(0), dollars(42.345), dollars(1200)]).toEqual(['0.00', '42.34', '1200.00']);
});
