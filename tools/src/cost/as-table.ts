import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { columnsOf } from '../diagram/text-width';
import { Terminal } from '../terminal';
import { CostLine, linesOf, reasonsOf, sumsBy, usesOf } from './breakdown';
import { alike, Change, Comparison, KINDS } from './comparison';
import { money, signedMoney, unitMoney } from './money';
import { CostResult, Extent, pricesLine, sharingLine } from './result';
import { amountWidth, barOf, shortOf, wrapped } from './text-layout';

type Look = Pick<Terminal, 'colors' | 'width'>;

/** Lists longer than this are shortened. */
const MOST = 25;
const MOST_REASONS = 8;
const BAR = 10;
const GAP = '  ';

/** The result for people at a terminal. */
export function asTable(result: CostResult, extent: Extent, look: Look): string {
  const { estimate, comparison } = result;
  const sections = [
    title(result, look),
    ...(comparison ? [changes(comparison, extent, look)] : [costs(result, extent, look)]),
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
  const { before, after, difference } = result.comparison ?? { before: 0, after: 0, difference: 0 };
  const total = result.comparison
    ? `${money(before)} before, ${money(after)} after: ${signedMoney(difference)} USD`
    : `${money(result.estimate.monthlyTotal)} USD`;
  return [
    ...wrapped(`Monthly cost: ${total}`, width).map((line) => colors.bold(line)),
    ...wrapped(pricesLine(result), width).map((line) => (result.old ? colors.yellow(line) : colors.dim(line))),
  ];
}

function costs({ estimate, assembly }: CostResult, { by, all }: Extent, look: Look): string[] {
  const lines = by ? sumsBy(by, estimate, assembly) : linesOf(estimate.items, { each: all });
  const shown = all ? lines : lines.slice(0, MOST);
  const width = amountWidth([...lines.map(({ usd }) => money(usd)), money(estimate.monthlyTotal)]);
  const most = Math.max(0, ...lines.map(({ usd }) => usd));
  return [
    ...shown.flatMap((line) => costLine(line, width, most, look)),
    ...moreLine(
      lines.slice(shown.length).map(({ usd }) => usd),
      width,
      look,
    ),
    look.colors.bold(`${money(estimate.monthlyTotal).padStart(width)}${GAP}total${by ? ` by ${by}` : ''}`),
  ];
}

function costLine({ text, count, usd, path }: CostLine, width: number, most: number, { colors, width: columns }: Look) {
  const amount = money(usd).padStart(width);
  const room = columns - width - BAR - 2 * GAP.length;
  const said = `${count > 1 ? `${count} × ` : ''}${text}`;
  const bar = colors.cyan(barOf(usd, most, BAR));
  const [first, ...others] = described(said, path, room, colors.dim);
  const indent = ' '.repeat(columns - room);
  return [`${amount}${GAP}${bar}${GAP}${first}`, ...others.map((line) => `${indent}${line}`)];
}

/** The path beside the words where it fits, else below them. */
function described(text: string, path: string, room: number, dim: (text: string) => string): string[] {
  const [words, where] = [wrapped(text, room), shortOf(path, room)];
  if (where === '') {
    return words;
  }
  const beside = words.length === 1 && columnsOf(`${words[0]}${GAP}${where}`) <= room;
  return beside ? [`${words[0]}${GAP}${dim(where)}`] : [...words, dim(where)];
}

function moreLine(usd: readonly number[], width: number, { colors }: Look): string[] {
  const sum = usd.reduce((total, each) => total + each, 0);
  const said = `${GAP}${' '.repeat(BAR)}${GAP}in ${usd.length} more lines: --all`;
  return usd.length === 0 ? [] : [`${money(sum).padStart(width)}${colors.dim(said)}`];
}

function changes({ changes: all, unpriced }: Comparison, extent: Extent, look: Look): string[] {
  const lines = extent.all ? all.map((change) => ({ change, count: 1 })) : alike(all);
  const shown = extent.all ? lines : lines.slice(0, MOST);
  const width = amountWidth(lines.map(({ change }) => signedMoney(change.difference)));
  return [
    ...(lines.length === 0 ? ['Nothing that has a price changes.'] : []),
    ...shown.flatMap(({ change, count }) => changeLine(change, count, width, look)),
    ...moreLine(
      lines.slice(shown.length).map(({ change }) => change.difference),
      width,
      look,
    ),
    ...(unpriced.new.length > 0 ? [look.colors.yellow(`New without a price: ${unpriced.new.length}`)] : []),
    ...(unpriced.gone.length > 0 ? [`Gone that had no price: ${unpriced.gone.length}`] : []),
  ];
}

function changeLine(change: Change, count: number, width: number, { colors, width: columns }: Look): string[] {
  const { kind, descriptionBefore, descriptionAfter, difference, constructPath } = change;
  const kinds = Math.max(...KINDS.map(({ length }) => length));
  const room = columns - width - kinds - 2 * GAP.length;
  const said = [descriptionBefore, descriptionAfter].filter(Boolean).join(' → ');
  const color = difference > 0 ? colors.red : colors.green;
  const [first, ...others] = described(`${count > 1 ? `${count} × ` : ''}${said}`, constructPath, room, colors.dim);
  const amount = color(signedMoney(difference).padStart(width));
  const indent = ' '.repeat(columns - room);
  return [`${amount}${GAP}${kind.padEnd(kinds)}${GAP}${first}`, ...others.map((line) => `${indent}${line}`)];
}

function uses({ byUse }: Estimate, { all }: Extent, look: Look): string[] {
  const lines = usesOf(byUse);
  const width = amountWidth(lines.map(({ use }) => unitMoney(use.unitUsd)));
  const shown = all ? lines : lines.slice(0, MOST);
  const said = shown.flatMap(({ use, count }) => {
    const text = `per ${use.unit}: ${use.description} (${use.measure})${count > 1 ? `, at ${count} resources` : ''}`;
    const price = unitMoney(use.unitUsd).padStart(width);
    return wrapped(text, look.width - width - 2 * GAP.length).map((line, index) =>
      index === 0 ? `${GAP}${price}${GAP}${line}` : `${' '.repeat(width + 2 * GAP.length)}${line}`,
    );
  });
  const more = lines.length > shown.length ? [`${GAP}and ${lines.length - shown.length} more: --all`] : [];
  return heading('By use, not in the total until MlUsage states how much', [...said, ...more], look);
}

function reasons({ unpriced }: Estimate, { all }: Extent, look: Look): string[] {
  const lines = reasonsOf(unpriced);
  const shown = all ? lines : lines.slice(0, MOST_REASONS);
  const said = shown.flatMap(({ reason, types, count, path }) => {
    const what = all ? types.join(', ') : `${types.slice(0, 2).join(', ')}${types.length > 2 ? ', ...' : ''}`;
    return wrapped(`${count} × ${what}${count === 1 && path !== '' ? ` at ${path}` : ''}: ${reason}`, look.width, GAP);
  });
  const more = lines.length > shown.length ? [`${GAP}for ${lines.length - shown.length} more reasons: --all`] : [];
  return heading(`Without a price, not in the total: ${unpriced.length}`, [...said, ...more], look, look.colors.yellow);
}

function heading(text: string, lines: string[], { colors, width }: Look, color = colors.bold): string[] {
  return lines.length === 0 ? [] : [...wrapped(text, width).map((line) => color(line)), ...lines];
}
