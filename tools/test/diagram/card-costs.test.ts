import { costLine, costsBy, together } from '../../src/diagram/card-costs';
import { estimateWith } from './sample';

test('sums by what constructs are part of, and leaves out what is part of nothing', () => {
  const estimate = estimateWith({ 'a/1': 1, 'a/2': 2, 'x/1': 50 }, { byUse: ['b/1'], unpriced: ['a/3'] });
  const costs = costsBy(estimate, (path) => (path.startsWith('x') ? undefined : path[0]));

  expect(Object.fromEntries(costs)).toEqual({
    a: { monthlyUsd: 3, byUse: false, unpriced: true },
    b: { monthlyUsd: 0, byUse: true, unpriced: false },
  });
});

test.each([
  [{ monthlyUsd: 1350.5, byUse: true, unpriced: false }, '$1,350.50 / month'],
  [{ monthlyUsd: 1, byUse: false, unpriced: true }, 'from $1.00 / month'],
  [{ monthlyUsd: 0, byUse: true, unpriced: true }, 'price unknown'],
  [{ monthlyUsd: 0, byUse: true, unpriced: false }, 'by use'],
  [together([]), ''],
])('says %j as %j, and never a zero', (cost, line) => {
  expect(costLine(cost)).toBe(line);
});
