import type { Estimate, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { linesOf, reasonsOf, sumsBy, usesOf } from './breakdown';
import { changesTable } from './changes-table';
import { Comparison } from './comparison';
import { andMissing, missingIn, sumOf } from './missing';
import { money, unitMoney } from './money';
import { CostResult, differenceLine, Extent, pricesLine, sharingLine, totalLine } from './result';
import { described, Look, MOST, moreLine } from './table-lines';
import { amountWidth, barOf, beside, GAP, largestOf, wrapped } from './text-layout';

const MOST_REASONS = 8;
const BAR = 10;

/** A terminal narrower than this has no bars. */
const LEAST_FOR_BARS = 40;

/** Stands for an amount that nobody knows. */
const UNKNOWN = '?';

/** A line of the list of costs. */
interface Row {
  readonly amount: string;
  readonly usd?: number;
  readonly text: string;
  readonly path: string;
}

/** The result for people at a terminal. */
export function asTable(result: CostResult, extent: Extent, look: Look): string {
  const { estimate, comparison } = result;
  const sections = [
    title(result, look),
    ...(comparison ? [changesTable(result, comparison, extent, look)] : [costs(result, extent, look)]),
    ...(result.sharing && !comparison ? [wrapped(sharingLine(result.sharing, money), look.width)] : []),
    uses(estimate, extent, look),
    reasons(estimate, extent, look),
    heading(
      'Assumed',
      estimate.assumptions.flatMap((each) => wrapped(each, look.width, GAP)),
      look,
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function title(result: CostResult, { colors, width }: Look): string[] {
  const { comparison, stale } = result;
  return [
    ...wrapped(`Monthly cost: ${comparison ? beforeAndAfter(comparison) : totalLine(result)}`, width).map((line) =>
      colors.bold(line),
    ),
    ...wrapped(pricesLine(result), width).map((line) => (stale ? colors.yellow(line) : colors.dim(line))),
  ];
}

function beforeAndAfter(comparison: Comparison): string {
  const { before, after, unpricedBefore, unpricedAfter } = comparison;
  const [was, is] = [sumOf(before, unpricedBefore), sumOf(after, unpricedAfter)];
  return `${was} before, ${is} after: ${differenceLine(comparison)} USD${andMissing(unpricedAfter)}`;
}

function costs(result: CostResult, { by, all }: Extent, look: Look): string[] {
  const { estimate } = result;
  const unknown = by ? [] : unknownRows(estimate.unpriced, all);
  const known = by ? sumRows(result, by) : costRows(estimate, all);
  const shown = all ? known : known.slice(0, MOST);
  const total = money(estimate.monthlyTotal);
  const width = amountWidth([...known.map(({ amount }) => amount), total]);
  const most = largestOf(known.map(({ usd = 0 }) => usd));
  const rest = known.slice(shown.length).map(({ usd = 0 }) => usd);
  const lacks = missingIn(estimate).length > 0 ? ' of what has a price' : '';
  return [
    ...[...unknown, ...shown].flatMap((row) => costLine(row, width, most, look)),
    ...moreLine(rest, width, look),
    ...beside({ text: look.colors.bold(total.padStart(width)), columns: width }, look.width, (room) =>
      wrapped(`total${lacks}${by ? ` by ${by}` : ''}`, room).map((line) => look.colors.bold(line)),
    ),
  ];
}

function costRows({ items }: Estimate, all: boolean): Row[] {
  return linesOf(items, { each: all }).map(({ text, count, usd, path }) => ({
    amount: money(usd),
    usd,
    text: `${count > 1 ? `${count} × ` : ''}${text}`,
    path,
  }));
}

function sumRows(result: CostResult, by: NonNullable<Extent['by']>): Row[] {
  return sumsBy(by, result).map(({ text, usd, missing }) => ({
    amount: money(usd),
    usd,
    text: `${text}${andMissing(missing)}`,
    path: '',
  }));
}

/** Machines are what costs most: those without a price come before all that has one. */
function unknownRows(unpriced: readonly Unpriced[], all: boolean): Row[] {
  const machines = unpriced.filter(({ machine }) => machine);
  const groups = all ? machines.map((each) => [each]) : [machines];
  return groups.flatMap(reasonsOf).map(({ reason, count, path }) => ({
    amount: UNKNOWN,
    text: `${count > 1 ? `${count} × ` : ''}${reason}`,
    path,
  }));
}

function costLine({ amount, usd = 0, text, path }: Row, width: number, most: number, look: Look): string[] {
  const { cyan, yellow, dim } = look.colors;
  const bars = look.width < LEAST_FOR_BARS ? 0 : BAR;
  const bar = bars > 0 ? `${GAP}${cyan(barOf(usd, most, bars))}` : '';
  const begin = amount.padStart(width);
  const lead = {
    text: `${amount === UNKNOWN ? yellow(begin) : begin}${bar}`,
    columns: width + (bars > 0 ? GAP.length + bars : 0),
  };
  return beside(lead, look.width, (room) => described(text, path, room, dim));
}

function uses({ byUse }: Estimate, { all }: Extent, look: Look): string[] {
  const lines = usesOf(byUse);
  const width = amountWidth(lines.map(({ use }) => unitMoney(use.unitUsd)));
  const shown = all ? lines : lines.slice(0, MOST);
  const said = shown.flatMap(({ use, count }) => {
    const text = `per ${use.unit}: ${use.description} (${use.measure})${count > 1 ? `, at ${count} resources` : ''}`;
    const price = `${GAP}${unitMoney(use.unitUsd).padStart(width)}`;
    return beside({ text: price, columns: price.length }, look.width, (room) => wrapped(text, room));
  });
  const more = lines.length > shown.length ? [`${GAP}and ${lines.length - shown.length} more: --all`] : [];
  return heading('By use, not counted until MlUsage states how much', [...said, ...more], look);
}

function reasons({ unpriced }: Estimate, { all }: Extent, look: Look): string[] {
  const lines = reasonsOf(unpriced);
  const shown = all ? lines : lines.slice(0, MOST_REASONS);
  const said = shown.flatMap(({ reason, types, count, path }) => {
    const what = all ? types.join(', ') : `${types.slice(0, 2).join(', ')}${types.length > 2 ? ', ...' : ''}`;
    const where = path === '' ? '' : ` ${count === 1 ? 'at' : 'in'} ${path}`;
    return wrapped(`${count} × ${what}${where}: ${reason}`, look.width, GAP);
  });
  const more = lines.length > shown.length ? [`${GAP}for ${lines.length - shown.length} more reasons: --all`] : [];
  return heading('Without a known price', [...said, ...more], look, look.colors.yellow);
}

function heading(text: string, lines: string[], { colors, width }: Look, color = colors.bold): string[] {
  return lines.length === 0 ? [] : [...wrapped(text, width).map((line) => color(line)), ...lines];
}
