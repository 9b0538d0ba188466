import { jsonText } from '../terminal';
import { ASPECTS, differencesBy, sumsBy } from './breakdown';
import { Change } from './comparison';
import { missingIn } from './missing';
import { CostResult, exceeds } from './result';

/** Changes only if a key goes or means something else. */
const SCHEMA = 1;
const CENTS = 100;
const MICRO = 1e6;

/** The whole estimate, for other programs. */
export function asJson(result: CostResult): string {
  const { estimate, regions, limit, stale } = result;
  const unpricedCount = missingIn(estimate).length;
  const sums = ASPECTS.map((aspect) => [
    aspect,
    Object.fromEntries(
      sumsBy(aspect, result)
        .filter(({ priced }) => priced > 0)
        .map(({ text, usd }) => [text, cents(usd)]),
    ),
  ]);
  const written = {
    schema: SCHEMA,
    currency: 'USD',
    regions,
    pricesOf: estimate.pricesOf,
    stale,
    monthlyTotal: estimate.monthlyTotal,
    complete: unpricedCount === 0,
    unpricedCount,
    items: estimate.items.map(told),
    byUse: estimate.byUse.map(told),
    unpriced: estimate.unpriced.map(told),
    assumptions: estimate.assumptions,
    by: Object.fromEntries(sums),
    sharing: result.sharing ?? null,
    limit: limit === undefined ? null : { monthlyUsd: limit, exceeded: exceeds(result) },
    comparison: comparisonIn(result),
  };
  return `${jsonText(written, legible)}\n`;
}

function comparisonIn(result: CostResult): object | null {
  const { comparison, before } = result;
  if (!comparison || !before) {
    return null;
  }
  const differences = ASPECTS.map((aspect) => [
    aspect,
    Object.fromEntries(
      differencesBy(aspect, before, result).map(({ text, before: was, after, difference, ...unpriced }) => [
        text,
        { before: cents(was), after: cents(after), difference: cents(difference), ...unpriced },
      ]),
    ),
  ]);
  return {
    ...comparison,
    changes: comparison.changes.map(changed),
    unpriced: { new: comparison.unpriced.new.map(told), gone: comparison.unpriced.gone.map(told) },
    by: Object.fromEntries(differences),
  };
}

/** An amount that nobody knows is null, not left out. */
function changed({ before, after, difference, ...change }: Change): object {
  return { ...change, before: before ?? null, after: after ?? null, difference: difference ?? null };
}

/** Without what only the comparison with separate bases needs. */
function told<Cost extends { readonly usedBy?: readonly string[] }>({ usedBy, ...cost }: Cost): Omit<Cost, 'usedBy'> {
  return cost;
}

/** Without the digits that only binary fractions have. The price of a unit may be far below a millionth. */
function legible(key: string, value: unknown): unknown {
  return typeof value === 'number' && key !== 'unitUsd' ? Math.round(value * MICRO) / MICRO : value;
}

function cents(usd: number): number {
  return Math.round(usd * CENTS) / CENTS;
}
