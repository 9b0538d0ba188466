import { ASPECTS, sumsBy } from './breakdown';
import { CostResult, exceeds } from './result';

/** Changes only if a key goes or means something else. */
const SCHEMA = 1;

/** The whole estimate, for other programs. */
export function asJson(result: CostResult): string {
  const { assembly, estimate, regions, comparison, limit } = result;
  const sums = ASPECTS.map((aspect) => [
    aspect,
    Object.fromEntries(sumsBy(aspect, estimate, assembly).map(({ text, usd }) => [text, cents(usd)])),
  ]);
  const written = {
    schema: SCHEMA,
    currency: 'USD',
    regions,
    pricesOf: estimate.pricesOf,
    monthlyTotal: estimate.monthlyTotal,
    items: estimate.items,
    byUse: estimate.byUse,
    unpriced: estimate.unpriced,
    assumptions: estimate.assumptions,
    by: Object.fromEntries(sums),
    sharing: result.sharing ?? null,
    limit: limit === undefined ? null : { monthlyUsd: limit, exceeded: exceeds(result) },
    comparison: comparison ?? null,
  };
  return `${JSON.stringify(written, undefined, 2)}\n`;
}

function cents(usd: number): number {
  return Math.round(usd * 100) / 100;
}
