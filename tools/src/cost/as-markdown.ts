import { linesOf, reasonsOf, sumsBy, usesOf } from './breakdown';
import { alike, Comparison } from './comparison';
import { money, signedMoney, unitMoney } from './money';
import { CostResult, Extent, exceeds, pricesLine, sharingLine } from './result';

const MOST = 10;
/** A comment on GitHub takes 65,536 characters. */
const MOST_FOLDED = 100;

/** The result for a comment on a pull request. */
export function asMarkdown(result: CostResult, { by, all }: Extent): string {
  const { estimate, assembly, comparison } = result;
  const lines = by ? sumsBy(by, estimate, assembly) : linesOf(estimate.items, { each: all });
  const rows = lines.map(({ text, count, path, usd }) => [counted(count, text), code(path), money(usd)]);
  const head = [by ?? 'What', 'Where', 'USD a month'];
  const sections = [
    heading(result),
    ...(comparison
      ? [...changes(comparison, all), folded('What it costs in all', head, rows, all)]
      : [
          table(head, [
            ...cut(rows, all ? rows.length : MOST, head.length),
            ['**Total**', '', `**${money(estimate.monthlyTotal)}**`],
          ]),
          ...(rows.length > MOST && !all ? [folded('All costs', head, rows, all)] : []),
        ]),
    ...(result.sharing ? [escaped(sharingLine(result.sharing, money))] : []),
    folded(
      'By use, not in the total',
      ['What', 'Measure', 'USD per unit'],
      usesOf(estimate.byUse).map(({ use, count }) => [
        escaped(`${use.description}${count > 1 ? `, at ${count} resources` : ''}`),
        code(use.measure),
        `${unitMoney(use.unitUsd)} per ${escaped(use.unit)}`,
      ]),
      all,
    ),
    folded(
      `Without a price, not in the total: ${estimate.unpriced.length}`,
      ['Why', 'Types', 'Resources'],
      reasonsOf(estimate.unpriced).map(({ reason, types, count }) => [
        escaped(reason),
        types.map(code).join(', '),
        `${count}`,
      ]),
      all,
    ),
    details('Assumed', estimate.assumptions.map((each) => `- ${escaped(each)}`).join('\n')),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(result: CostResult): string {
  const { comparison, estimate, limit } = result;
  const total = comparison
    ? `${money(comparison.before)} → ${money(comparison.after)} USD (${signedMoney(comparison.difference)})`
    : `${money(estimate.monthlyTotal)} USD`;
  const above = `**Above the limit of ${money(limit ?? 0)} USD.**`;
  return [`### Monthly cost: ${total}`, escaped(pricesLine(result)), ...(exceeds(result) ? [above] : [])].join('\n\n');
}

function changes({ before, after, difference, changes: each, unpriced }: Comparison, all: boolean): string[] {
  const head = ['Change', 'What', 'Where', 'Before', 'After', 'Difference'];
  const rows = (all ? each.map((change) => ({ change, count: 1 })) : alike(each)).map(({ change, count }) => [
    change.kind,
    counted(count, [change.descriptionBefore, change.descriptionAfter].filter(Boolean).join(' → ')),
    code(change.constructPath),
    money(change.before),
    money(change.after),
    `**${signedMoney(change.difference)}**`,
  ]);
  const total = ['**Total**', '', '', money(before), money(after), `**${signedMoney(difference)}**`];
  return [
    each.length === 0
      ? 'Nothing that has a price changes.'
      : table(head, [...cut(rows, all ? rows.length : MOST, head.length), total]),
    ...(rows.length > MOST && !all ? [folded('All changes', head, rows, all)] : []),
    unpriced.new.length > 0 ? `New without a price: ${unpriced.new.length}` : '',
  ];
}

function folded(summary: string, head: string[], rows: string[][], all: boolean): string {
  const shown = all ? rows : cut(rows, MOST_FOLDED, head.length);
  return rows.length === 0 ? '' : details(summary, table(head, shown));
}

function details(summary: string, content: string): string {
  return content === '' ? '' : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function cut(rows: string[][], most: number, columns: number): string[][] {
  const more = [`and ${rows.length - most} more`, ...Array(columns - 1).fill('')];
  return rows.length > most ? [...rows.slice(0, most), more] : rows;
}

/** A table whose columns of amounts, which are the last ones, are aligned to the right. */
function table(head: string[], rows: string[][]): string {
  const sides = head.map((name) => (/USD|Before|After|Difference|Resources/.test(name) ? '---:' : '---'));
  return [head, sides, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function counted(count: number, text: string): string {
  return `${count > 1 ? `${count} × ` : ''}${escaped(text)}`;
}

/** A text in which nothing is Markdown, HTML, a mention of somebody or a link. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#|~!$@]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;');
}

/** Code in which nothing ends it, nor the cell of a table. */
function code(text: string): string {
  return text === '' ? '' : `\`${oneLine(text).replace(/`/g, "'").replace(/\|/g, '\\|')}\``;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
