import type { Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { AspectDifference, differencesBy } from './breakdown';
import { alike, Change, Comparison } from './comparison';
import { andMissing } from './missing';
import { signedMoney } from './money';
import type { CostResult, Extent } from './result';
import { described, Look, MOST, moreLine } from './table-lines';
import { amountWidth, beside, GAP, wrapped } from './text-layout';

/** Stands for a difference that nobody knows. */
const UNKNOWN = '?';

/** What a change of an app does to its cost, for people at a terminal. */
export function changesTable(result: CostResult, comparison: Comparison, extent: Extent, look: Look): string[] {
  const { by } = extent;
  const lines =
    by && result.before
      ? sumLines(differencesBy(by, result.before, result), extent, look)
      : changeLines(comparison.changes, extent, look);
  return [
    ...(lines.length === 0 ? wrapped('Nothing that has a price changes.', look.width) : []),
    ...lines,
    ...unpriced('New without a price', comparison.unpriced.new, extent, look),
    ...unpriced('Gone that had no price', comparison.unpriced.gone, extent, look),
  ];
}

function changeLines(all: readonly Change[], extent: Extent, look: Look): string[] {
  const lines = extent.all ? all.map((change) => ({ change, count: 1 })) : alike(all);
  const shown = extent.all ? lines : lines.slice(0, MOST);
  const width = amountWidth(lines.map(({ change }) => signed(change.difference)));
  const kinds = amountWidth(shown.map(({ change }) => change.kind));
  const rest = lines.slice(shown.length).map(({ change }) => change.difference ?? 0);
  return [
    ...shown.flatMap(({ change, count }) => {
      const { kind, descriptionBefore, descriptionAfter, difference, constructPath } = change;
      const said = [descriptionBefore, descriptionAfter].filter(Boolean).join(' → ');
      const text = `${colored(difference, width, look)}${GAP}${kind.padEnd(kinds)}`;
      return beside({ text, columns: width + GAP.length + kinds }, look.width, (room) =>
        described(`${count > 1 ? `${count} × ` : ''}${said}`, constructPath, room, look.colors.dim),
      );
    }),
    ...moreLine(rest, width, look),
  ];
}

function sumLines(lines: readonly AspectDifference[], { by, all }: Extent, look: Look): string[] {
  const shown = all ? lines : lines.slice(0, MOST);
  const [differences, total] = [
    lines.map(({ difference }) => difference),
    lines.reduce((sum, { difference }) => sum + difference, 0),
  ];
  const width = amountWidth([...differences, total].map(signed));
  const rest = differences.slice(shown.length);
  return lines.length === 0
    ? []
    : [
        ...shown.flatMap(({ text, difference, unpricedBefore, unpricedAfter }) =>
          beside({ text: colored(difference, width, look), columns: width }, look.width, (room) =>
            wrapped(
              `${text}${unpricedBefore > 0 ? `, before${andMissing(unpricedBefore).slice(1)}` : ''}${andMissing(unpricedAfter)}`,
              room,
            ),
          ),
        ),
        ...moreLine(rest, width, look),
        ...beside({ text: look.colors.bold(signed(total).padStart(width)), columns: width }, look.width, (room) =>
          wrapped(`difference by ${by}`, room).map((line) => look.colors.bold(line)),
        ),
      ];
}

function unpriced(title: string, costs: readonly Unpriced[], { all }: Extent, { width, colors }: Look): string[] {
  const shown = all ? costs : costs.slice(0, MOST);
  const more = costs.length - shown.length;
  return costs.length === 0
    ? []
    : [
        ...wrapped(`${title}: ${costs.length}`, width).map((line) => colors.yellow(line)),
        ...shown.flatMap(({ constructPath, reason }) => wrapped(`${constructPath}: ${reason}`, width, GAP)),
        ...(more > 0 ? wrapped(`and ${more} more: --all`, width, GAP) : []),
      ];
}

function colored(difference: number | undefined, width: number, { colors }: Look): string {
  const color = difference === undefined ? colors.yellow : difference > 0 ? colors.red : colors.green;
  return color(signed(difference).padStart(width));
}

function signed(difference: number | undefined): string {
  return difference === undefined ? UNKNOWN : signedMoney(difference);
}
