import { barsOf, largest } from '../../src/report/bars';
import { HOSTILE, textOf } from './apps';

const ROWS = [
  ['a', 1],
  ['b', 5],
  ['a', 2],
  ['c', 4],
  ['d', 1],
] as const;

test('amounts of one name are summed up, the largest first, the rest as one', () => {
  const bar = ([name, amount]: readonly [string, number]) => ({ name, amount });

  expect(largest(ROWS, bar, 2)).toEqual([
    { name: 'b', amount: 5 },
    { name: 'c', amount: 4 },
    { name: '2 others', amount: 4 },
  ]);
  expect(largest(ROWS, bar, 3).map(({ name }) => name)).toEqual(['b', 'c', 'a', 'd']);
});

test('bars are as long as their amounts, and read as a table', () => {
  const page = String(
    barsOf(
      'Cost by owner',
      'Owner',
      [
        { name: HOSTILE, amount: 30 },
        { name: 'b', amount: 10 },
      ],
      40,
    ),
  );

  expect(page).toContain('class="value" width="100.00"');
  expect(page).toContain('class="value" width="33.33"');
  expect(textOf(page)).toContain('$30.00 75 %');
  expect(textOf(page)).toContain('b $10.00 25 %');
  expect(page).not.toContain('<script>');
  expect(page.match(/aria-hidden="true"/g)).toHaveLength(2);
});

test('amounts that are no shares say none', () => {
  expect(textOf(barsOf('Two', 'How', [{ name: 'a', amount: 1 }]))).not.toContain('%');
  expect(textOf(barsOf('None', 'How', [{ name: 'a', amount: 0 }], 0))).toContain('$0.00');
  expect(textOf(barsOf('Little', 'How', [{ name: 'a', amount: 0.1 }], 1000))).toContain('&lt;0.1 %');
});

test('as many bars as an app may have resources have a longest', () => {
  const bars = Array.from({ length: 200_000 }, (_, index) => ({ name: 'a', amount: index }));

  expect(String(barsOf('Many', 'How', bars))).toContain('class="value" width="100.00"');
});
