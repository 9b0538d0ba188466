import { html } from '../../src/report/html';
import { Column, MOST_ROWS, tableOf } from '../../src/report/table';
import { HOSTILE } from './apps';

interface Row {
  readonly name: string;
  readonly usd: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Kind', cell: () => 'a', groups: true },
  { title: 'Cost', cell: ({ usd }) => html`<b>${usd}</b>`, number: ({ usd }) => usd },
];

test('rows have headers, and columns buttons to sort by', () => {
  const page = pageOf([{ name: HOSTILE, usd: 2 }]);

  expect(page).toContain('<th scope="row">&lt;script&gt;');
  expect(page.match(/<th scope="col"[^>]*><button type="button">/g)).toHaveLength(3);
  expect(page).toContain('<td class="n" data-v="2"><b>2</b></td>');
});

test('the filter and the choice of groups have labels', () => {
  const page = pageOf([{ name: 'a', usd: 1 }]);

  expect(page).toContain('<label for="t-filter">Filter costs</label>');
  expect(page).toContain('<label for="t-groups">Group by</label>');
  expect(page).toMatch(/<option value="-1" selected>nothing<\/option>\s*<option value="1">Kind<\/option>/);
  expect(page).toContain('<caption id="t-caption">All costs</caption>');
});

test('the sum stands below its column', () => {
  const page = pageOf([
    { name: 'a', usd: 1 },
    { name: 'b', usd: 2 },
  ]);

  expect(page).toContain('<tfoot><tr><th scope="row" colspan="2">Total</th><td class="n">3 USD</td></tr></tfoot>');
});

test.each([
  [MOST_ROWS, '-1'],
  [MOST_ROWS + 1, '1'],
])('%i rows start grouped by %s', (count, grouped) => {
  const page = pageOf(Array.from({ length: count }, (_, index) => ({ name: `n${index}`, usd: 1 })));

  expect(page).toContain(`data-grouped="${grouped}"`);
  expect(page.match(/<th scope="row">n/g)).toHaveLength(count);
});

function pageOf(rows: readonly Row[]): string {
  const sum = { column: 2, write: (usd: number) => `${usd} USD` };
  return String(tableOf({ id: 't', caption: 'All costs', noun: 'cost', columns: COLUMNS, rows, groupedBy: 1, sum }));
}
