import { AspectDifference, differencesBy, linesOf, reasonsOf, sumsBy, usesOf } from './breakdown';
import { alike, Comparison } from './comparison';
import { code, counted, cut, details, escaped, folded, MOST, table } from './markdown-text';
import { andMissing, missingIn, sumOf } from './missing';
import { money, signedMoney, unitMoney } from './money';
import { CostResult, differenceLine, Extent, exceeds, pricesLine, sharingLine, totalLine } from './result';

/** Stands for an amount that nobody knows. */
const UNKNOWN = '?';

/** The result for a comment on a pull request. */
export function asMarkdown(result: CostResult, extent: Extent): string {
  const { estimate, comparison } = result;
  const { all } = extent;
  const sections = [
    heading(result),
    ...(comparison ? compared(result, comparison, extent) : costs(result, extent)),
    ...(result.sharing ? [escaped(sharingLine(result.sharing, money))] : []),
    folded(
      'By use, not counted until MlUsage states how much',
      ['What', 'Measure', 'USD per unit'],
      usesOf(estimate.byUse).map(({ use, count }) => [
        escaped(`${use.description}${count > 1 ? `, at ${count} resources` : ''}`),
        code(use.measure),
        `${unitMoney(use.unitUsd)} per ${escaped(use.unit)}`,
      ]),
      all,
    ),
    folded(
      'Without a known price',
      ['Why', 'Types', 'Where', 'Resources'],
      reasonsOf(estimate.unpriced).map(({ reason, types, path, count }) => [
        escaped(reason),
        types.map(code).join(', '),
        code(path),
        `${count}`,
      ]),
      all,
    ),
    details('Assumed', estimate.assumptions.map((each) => `- ${escaped(each)}`).join('\n')),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(result: CostResult): string {
  const { comparison, limit } = result;
  const above = `**Above the limit of ${money(limit ?? 0)} USD.**`;
  return [
    `### Monthly cost: ${comparison ? beforeAndAfter(comparison) : totalLine(result)}`,
    escaped(pricesLine(result)),
    ...(exceeds(result) ? [above] : []),
  ].join('\n\n');
}

function beforeAndAfter(comparison: Comparison): string {
  const { before, after, unpricedBefore, unpricedAfter } = comparison;
  const [was, is] = [sumOf(before, unpricedBefore), sumOf(after, unpricedAfter)];
  return `${was} → ${is} USD (${differenceLine(comparison)})${andMissing(unpricedAfter)}`;
}

function costs(result: CostResult, { by, all }: Extent): string[] {
  const { head, rows, total } = costTable(result, { by, all });
  return [
    table(head, [...cut(rows, all ? rows.length : MOST, head.length), total]),
    ...(rows.length > MOST && !all ? [folded('All costs', head, rows, all)] : []),
  ];
}

function costTable(result: CostResult, { by, all }: Extent): { head: string[]; rows: string[][]; total: string[] } {
  const { estimate } = result;
  const sum = `**${sumOf(estimate.monthlyTotal, missingIn(estimate).length)}**`;
  if (by) {
    const rows = sumsBy(by, result).map(({ text, usd, missing }) => [
      escaped(`${text}${andMissing(missing)}`),
      sumOf(usd, missing),
    ]);
    return { head: [by, 'USD a month'], rows, total: ['**Total**', sum] };
  }
  const machines = estimate.unpriced.filter(({ machine }) => machine);
  const unknown = reasonsOf(machines).map(({ reason, count, path }) => [counted(count, reason), code(path), UNKNOWN]);
  const known = linesOf(estimate.items, { each: all }).map(({ text, count, path, usd }) => [
    counted(count, text),
    code(path),
    money(usd),
  ]);
  return { head: ['What', 'Where', 'USD a month'], rows: [...unknown, ...known], total: ['**Total**', '', sum] };
}

function compared(result: CostResult, comparison: Comparison, { by, all }: Extent): string[] {
  const { head, rows } = costTable(result, { by, all });
  return [
    ...(by && result.before
      ? differences(by, differencesBy(by, result.before, result), comparison, all)
      : changes(comparison, all)),
    ...unpriced('New without a price', comparison.unpriced.new, all),
    ...unpriced('Gone that had no price', comparison.unpriced.gone, all),
    folded('What it costs in all', head, rows, all),
  ];
}

function differences(by: string, lines: AspectDifference[], comparison: Comparison, all: boolean): string[] {
  const head = [by, 'Before', 'After', 'Difference'];
  const rows = lines.map(({ text, before, after, difference, unpricedBefore, unpricedAfter }) => [
    escaped(`${text}${andMissing(unpricedAfter)}`),
    sumOf(before, unpricedBefore),
    sumOf(after, unpricedAfter),
    `**${signedMoney(difference)}**`,
  ]);
  return changed(head, rows, ['**Total**', ...totals(comparison)], all);
}

function changes(comparison: Comparison, all: boolean): string[] {
  const { changes: each } = comparison;
  const head = ['Change', 'What', 'Where', 'Before', 'After', 'Difference'];
  const rows = (all ? each.map((change) => ({ change, count: 1 })) : alike(each)).map(({ change, count }) => [
    change.kind,
    counted(count, [change.descriptionBefore, change.descriptionAfter].filter(Boolean).join(' → ')),
    code(change.constructPath),
    known(change.before, money),
    known(change.after, money),
    `**${known(change.difference, signedMoney)}**`,
  ]);
  return changed(head, rows, ['**Total**', '', '', ...totals(comparison)], all);
}

function changed(head: string[], rows: string[][], total: string[], all: boolean): string[] {
  return [
    rows.length === 0
      ? 'Nothing that has a price changes.'
      : table(head, [...cut(rows, all ? rows.length : MOST, head.length), total]),
    ...(rows.length > MOST && !all ? [folded('All changes', head, rows, all)] : []),
  ];
}

function totals(comparison: Comparison): string[] {
  const { before, after, unpricedBefore, unpricedAfter } = comparison;
  return [sumOf(before, unpricedBefore), sumOf(after, unpricedAfter), `**${differenceLine(comparison)}**`];
}

function unpriced(title: string, costs: Comparison['unpriced']['new'], all: boolean): string[] {
  const rows = costs.map(({ constructPath, reason }) => [code(constructPath), escaped(reason)]);
  const shown = cut(rows, all ? rows.length : MOST, 2);
  return rows.length === 0 ? [] : [`${title}: ${rows.length}`, table(['Where', 'Why'], shown)];
}

function known(usd: number | undefined, write: (usd: number) => string): string {
  return usd === undefined ? UNKNOWN : write(usd);
}
