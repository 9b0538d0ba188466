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
  sharing: { workloads: 3, separateMonthlyUsd: 200.4, savedMonthlyUsd: 58.06, savedPercent: 28.97 },
};

describe('costTable', () => {
  test('shows amounts from the largest on, then what is not counted, then assumptions', () => {
    expect(costTable('the app', COST)).toBe(
      [
        'the app costs at least 142.34 USD a month',
        '  100.00  (app)     Data, 10000 as stated',
        '   42.34  Team/bob  ml.t3.medium',
        '',
        'Sharing saves 58.06 (29 %) of the 200.40 that 3 workloads cost with a base each.',
        '',
        'By use, not counted until MlUsage states how much',
        '  0.00000043  USD per request  s3GetRequests   Team/a and 1 more',
        '   0.0000004  USD per request  s3GetRequests   Team/c',
        '          10  USD per GB       logIngestionGb  Team/c',
        '',
        'Without a known price',
        '  Team/bob  no price of ML storage',
        '',
        'Assumed',
        '  A month has 730 hours.',
      ].join('\n'),
    );
  });

  test('leaves out what there is nothing of', () => {
    const nothing = { monthlyTotal: 0, items: [], byUse: [], unpriced: [], assumptions: [] };

    expect(costTable('Team', nothing)).toBe('Team costs 0.00 USD a month');
  });
});

test.each([
  [[true, true], 'costs 142.34 USD'],
  [[true, undefined], 'costs at least 142.34 USD'],
])('costs without a price, by use or not: %j, make that the app %s', (byUse, expected) => {
  const unpriced = byUse.map((each) => ({ constructPath: 'Team/a', reason: 'none', byUse: each }));

  expect(costTable('the app', { ...COST, unpriced })).toContain(expected);
});

test('sharing that saves nothing is not told', () => {
  const sharing = { workloads: 1, separateMonthlyUsd: 142.34, savedMonthlyUsd: 0, savedPercent: 0 };

  expect(costTable('the app', { ...COST, sharing })).not.toContain('Sharing');
});

test('what would steer a terminal is shown instead', () => {
  const items = [{ constructPath: 'Team/\u001b[2J', description: 'ml\n.t3', monthlyUsd: 1 }];

  expect(costTable('Team', { ...COST, items })).toContain('  1.00  Team/\\u001b[2J  ml\\u000a.t3\n');
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
