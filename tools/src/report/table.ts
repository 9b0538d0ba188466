import { counted } from '../diagram/plain-text';
import { Content, Html, html } from './html';

/** With more rows, a table starts as groups that can be opened. */
export const MOST_ROWS = 200;

/** A column, of which the first names its row. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Content;

  /** Makes the column one of numbers, by which it is sorted. */
  readonly number?: (row: Row) => number;

  /** Lets readers group rows by the text of the column. */
  readonly groups?: boolean;
}

/** A table that can be sorted, filtered and grouped where scripts run, and read where none do. */
export interface Table<Row> {
  readonly id: string;

  /** What it shows; what its filter is called after. */
  readonly caption: string;

  /** What a row is, such as `cost`. */
  readonly noun: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];

  /** Index of the column by which many rows are grouped. */
  readonly groupedBy: number;

  /** Index of the column that is summed up, and how a sum is written. */
  readonly sum?: { readonly column: number; readonly write: (sum: number) => string };
}

/** A table as HTML. */
export function tableOf<Row>(table: Table<Row>): Html {
  const { id, caption, columns, rows, sum } = table;
  const many = rows.length > MOST_ROWS;
  return html`<div class="data" data-noun="${table.noun}" data-grouped="${many ? table.groupedBy : -1}" data-sum="${sum?.column ?? -1}">
${controls(table, many)}
<div class="scroll" role="region" aria-labelledby="${id}-caption" tabindex="0">
<table id="${id}"><caption id="${id}-caption">${caption}</caption>
<thead><tr>${columns.map(heading)}</tr></thead>
<tbody>${rows.map((row) => line(columns, row))}</tbody>
${sum && total(table, sum)}</table></div></div>
`;
}

function controls<Row>({ id, noun, columns, rows }: Table<Row>, many: boolean): Html {
  const groups = columns.map(({ groups, title }, index) => groups && html`<option value="${index}">${title}</option>`);
  return html`<div class="controls"><label for="${id}-filter">Filter ${noun}s</label>
<input id="${id}-filter" type="search" autocomplete="off" spellcheck="false" placeholder="type to filter">
<label for="${id}-groups">Group by</label>
<select id="${id}-groups"><option value="-1"${many ? '' : html` selected`}>nothing</option>${groups}</select>
<span class="status" role="status">${counted(rows.length, noun)}</span></div>`;
}

function heading<Row>({ title, number }: Column<Row>): Html {
  return html`<th scope="col"${number && html` class="n"`}><button type="button">${title}</button></th>`;
}

function line<Row>(columns: readonly Column<Row>[], row: Row): Html {
  return html`<tr>${columns.map(({ cell, number }, index) =>
    index === 0
      ? html`<th scope="row">${cell(row)}</th>`
      : number
        ? html`<td class="n" data-v="${number(row)}">${cell(row)}</td>`
        : html`<td>${cell(row)}</td>`,
  )}</tr>
`;
}

function total<Row>({ columns, rows }: Table<Row>, { column, write }: NonNullable<Table<Row>['sum']>): Html {
  const { number = () => 0 } = columns[column];
  const sum = write(rows.reduce((all, row) => all + number(row), 0));
  const after = columns.length - column - 1;
  return html`<tfoot><tr><th scope="row"${column > 1 && html` colspan="${column}"`}>Total</th><td class="n">${sum}</td>${
    after > 0 && html`<td colspan="${after}"></td>`
  }</tr></tfoot>`;
}
