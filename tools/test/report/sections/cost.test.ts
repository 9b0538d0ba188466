import { cost } from '../../../src/report/sections/cost';
import { assemblyOf, contentsWith, estimateWith, itemOf, stackOf, textOf } from '../apps';

const ITEMS = [
  itemOf({ owner: 'alice', monthlyUsd: 10 }),
  itemOf({ owner: 'bob', constructPath: 'Team/bob', monthlyUsd: 30, stated: true }),
  itemOf({
    resourceType: 'AWS::KMS::Key',
    constructPath: 'Team/Key',
    unit: 'key-month',
    quantity: 1,
    unitUsd: 1,
    monthlyUsd: 1,
  }),
];

test('lists each cost, the largest first, with quantity, price and total', () => {
  const text = textOf(pageOf());

  expect(text).toContain('Team/bob $30.00 Notebook ml.t3.medium, always on stated bob 730 hours at $0.05');
  expect(text).toContain('Total $41.00');
  expect(text.indexOf('Team/bob')).toBeLessThan(text.indexOf('Team/alice'));
});

test('shows bars by type and by what tags tell apart, and no view that would be empty', () => {
  const page = pageOf();

  expect([...page.matchAll(/id="by-(\w+)"/g)].map(([, view]) => view)).toEqual(['type', 'owner']);
  expect(page.match(/id="by-\w+" checked/g)).toEqual(['id="by-owner" checked']);
  expect(textOf(page)).toContain('By owner Cost per month by owner');
  expect(textOf(page)).toContain('shared, without this tag $1.00 2.4 %');
});

test('compares shared with separate where that saves something', () => {
  const sharing = {
    workloads: 2,
    sharedUsd: 60,
    separateUsd: 100,
    savedUsd: 40,
    savedPercent: 40,
    assumptions: ['Same use.'],
  };
  const text = textOf(pageOf({ sharing }));

  expect(text).toContain('Sharing saves $40.00 per month , 40 % of what 2 workloads would cost');
  expect(text).toContain('Same use.');
  expect(textOf(pageOf())).not.toContain('Sharing saves');
});

test('says so where nothing costs anything', () => {
  expect(textOf(cost(contentsWith(assemblyOf([]))))).toContain(
    'Nothing of this app costs anything without being used.',
  );
});

test('starts by type where one owner pays for all', () => {
  expect(pageOf({ estimate: estimateWith({ items: [ITEMS[0], ITEMS[2]] }) })).toContain('id="by-type" checked');
});

test('says who the owner team is, where it is one', () => {
  const said = '<code>team</code> stands for notebooks without an owner';
  const items = [...ITEMS, itemOf({ owner: 'team' })];

  expect(pageOf({ estimate: estimateWith({ items }) })).toContain(said);
  expect(pageOf()).not.toContain(said);
});

test('says what the total is without, and names the machines', () => {
  const missing = { ...itemOf(), reason: 'no price' };
  const unpriced = [missing, { ...missing, machine: true as const, constructPath: 'Team/Gpu' }];
  const text = textOf(pageOf({ estimate: estimateWith({ items: ITEMS, unpriced }) }));

  expect(text).toContain('At least $41.00 per month , 2 costs without a price , in USD');
  expect(text).toContain('Not in it, for want of a price: 1 machine (Team/Gpu).');
  expect(textOf(pageOf())).not.toContain('for want of a price');
});

test('says that prices are old, and what the figures rest on as it is told', () => {
  const estimate = estimateWith({ items: ITEMS, assumptions: ['An idle stop is not counted.'] });

  expect(textOf(pageOf({ estimate, age: 'older than 12 months' }))).toContain(
    'Prices of 2025-08-08 (older than 12 months)',
  );
  expect(textOf(pageOf({ estimate, age: undefined }))).toContain('Prices of 2025-08-08.');
  expect(textOf(pageOf({ estimate }))).toContain('An idle stop is not counted.');
});

function pageOf(options = {}): string {
  const estimate = estimateWith({ items: ITEMS });
  return String(cost(contentsWith(assemblyOf([stackOf('Team')]), { estimate, ...options })));
}
