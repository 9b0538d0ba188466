import { shown } from '../private/checks';

/** What the lines of a table are made of. */
export interface TabledCost {
  readonly monthlyTotal: number;
  readonly items: readonly Amount[];
  readonly byUse: readonly Use[];
  readonly unpriced: readonly Missing[];
  readonly assumptions: readonly string[];
  readonly sharing?: Saving;
}

interface Missing {
  readonly constructPath: string;
  readonly reason: string;
  readonly byUse?: boolean;
}

interface Saving {
  readonly workloads: number;
  readonly separateMonthlyUsd: number;
  readonly savedMonthlyUsd: number;
  readonly savedPercent: number;
}

/** An amount and what it is for. */
export interface Amount {
  readonly constructPath: string;
  readonly description: string;
  readonly monthlyUsd: number;
}

interface Use {
  readonly constructPath: string;
  readonly unit: string;
  readonly unitUsd: number;
  readonly measure: string;
  readonly region: string;
}

/** An estimate as a text: costs from the largest on, what is not counted, and what was assumed. */
export function costTable(name: string, cost: TabledCost): string {
  const { monthlyTotal, items, byUse, unpriced, assumptions, sharing } = cost;
  const least = unpriced.every((each) => each.byUse) ? '' : 'at least ';
  return [
    `${name} costs ${least}${dollars(monthlyTotal)} USD a month`,
    ...aligned(largestFirst(items).map((item) => [dollars(item.monthlyUsd), placeOf(item), item.description])),
    ...(sharing && sharing.savedMonthlyUsd > 0 ? ['', saving(sharing)] : []),
    ...section('By use, not counted until MlUsage states how much', usedTogether(byUse)),
    ...section(
      'Without a known price',
      unpriced.map((each) => [placeOf(each), each.reason]),
    ),
    ...section(
      'Assumed',
      assumptions.map((sentence) => [sentence]),
    ),
  ].join('\n');
}

function saving({ workloads, separateMonthlyUsd, savedMonthlyUsd, savedPercent }: Saving): string {
  const rest = `of the ${dollars(separateMonthlyUsd)} that ${workloads} workloads cost with a base each`;
  return `Sharing saves ${dollars(savedMonthlyUsd)} (${Math.round(savedPercent)} %) ${rest}.`;
}

/** How a construct is called in texts: an app has no path. */
export function placeOf({ constructPath }: { readonly constructPath: string }): string {
  return constructPath === '' ? '(app)' : shown(constructPath);
}

/** One row for each price of each measure, however many constructs it is for. */
function usedTogether(byUse: readonly Use[]): string[][] {
  const groups = new Map<string, Use[]>();
  for (const use of byUse) {
    const key = `${use.measure} ${use.region} ${use.unitUsd}`;
    groups.set(key, [...(groups.get(key) ?? []), use]);
  }
  return [...groups.values()].map(([first, ...others]) => [
    exact(first.unitUsd),
    `USD per ${first.unit}`,
    first.measure,
    others.length === 0 ? placeOf(first) : `${placeOf(first)} and ${others.length} more`,
  ]);
}

/** A price with all its digits, also where JavaScript would write it with an exponent. */
function exact(price: number): string {
  return price.toFixed(12).replace(/\.?0+$/, '');
}

/** An amount in USD, to the cent. */
export function dollars(amount: number): string {
  return amount.toFixed(2);
}

/** Items from the largest amount on, and by path where amounts are the same. */
export function largestFirst<T extends Amount>(items: readonly T[]): T[] {
  const byPath = (a: T, b: T) => (a.constructPath < b.constructPath ? -1 : 1);
  return [...items].sort((a, b) => (a.monthlyUsd === b.monthlyUsd ? byPath(a, b) : b.monthlyUsd - a.monthlyUsd));
}

function section(title: string, rows: readonly string[][]): string[] {
  return rows.length === 0 ? [] : ['', title, ...aligned(rows)];
}

/** Rows in columns, of which those that begin with a figure are aligned to the right. */
function aligned(rows: readonly string[][]): string[] {
  const legible = rows.map((row) => row.map(shown));
  const widths = (legible[0] ?? []).map((_, column) => Math.max(...legible.map((row) => row[column].length)));
  return legible.map((row) => {
    const cells = row.map((cell, column) =>
      /^\d+(\.\d+)?$/.test(cell) ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    );
    return `  ${cells.join('  ')}`.trimEnd();
  });
}
