import { usd } from '../diagram/plain-text';
import { percent } from './amounts';
import { breakable, Html, html } from './html';

/** An amount, and what it is of. */
export interface Bar {
  readonly name: string;
  readonly amount: number;
}

/** Sums up by name, the largest first, and what is beyond `most` as one. */
export function largest<Row>(rows: readonly Row[], bar: (row: Row) => Bar, most: number): Bar[] {
  const sums = new Map<string, number>();
  for (const { name, amount } of rows.map(bar)) {
    sums.set(name, (sums.get(name) ?? 0) + amount);
  }
  const bars = [...sums].map(([name, amount]) => ({ name, amount }));
  bars.sort((one, other) => other.amount - one.amount || (one.name < other.name ? -1 : 1));
  const rest = bars.slice(most);
  return rest.length < 2
    ? bars
    : [
        ...bars.slice(0, most),
        { name: `${rest.length} others`, amount: rest.reduce((sum, { amount }) => sum + amount, 0) },
      ];
}

/** Bars as a table, which reads without seeing them; `whole` is what they are shares of, if they are. */
export function barsOf(caption: string, of: string, bars: readonly Bar[], whole?: number): Html {
  const longest = bars.reduce((most, { amount }) => Math.max(most, amount), 0.01);
  return html`<table class="bars"><caption class="unseen">${caption}</caption>
<thead class="unseen"><tr><th scope="col">${of}</th><th scope="col">Bar</th><th scope="col">Per month</th>${
    whole !== undefined && html`<th scope="col">Share</th>`
  }</tr></thead>
<tbody>${bars.map(
    ({
      name,
      amount,
    }) => html`<tr><th scope="row">${breakable(name)}</th><td class="bar">${rectangle(amount / longest)}</td>
<td class="n">${usd(amount)}</td>${whole !== undefined && html`<td class="n soft">${share(amount, whole)}</td>`}</tr>
`,
  )}</tbody></table>
`;
}

function rectangle(part: number): Html {
  const width = Math.max(part * 100, 0.4).toFixed(2);
  return html`<svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none"><rect class="track" width="100" height="10"/><rect class="value" width="${width}" height="10"/></svg>`;
}

function share(amount: number, total: number): string {
  return total === 0 ? '' : percent((amount / total) * 100);
}
