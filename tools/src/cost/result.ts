import { type Estimate, type Sharing, sharing } from 'cdk-ml-infra/lib/cost/pricing';
import { estimateOf } from '../assembly/estimate-of';
import { Assembly } from '../assembly/model';
import { Aspect } from './breakdown';
import { Comparison, compare } from './comparison';

/** What the command found out, whatever it is written as. */
export interface CostResult {
  readonly assembly: Assembly;
  readonly estimate: Estimate;

  /** Regions whose prices apply. */
  readonly regions: readonly string[];

  /** Whether the prices are older than a year. */
  readonly old: boolean;

  /** Undefined where nothing is shared. */
  readonly sharing?: Sharing;
  readonly comparison?: Comparison;

  /** USD that the total must not exceed. */
  readonly limit?: number;
}

/** How much of a result is written. */
export interface Extent {
  readonly by?: Aspect;

  /** Whether each item is a line, and no list is shortened. */
  readonly all: boolean;
}

/** Estimates an assembly, and another that it is compared with. */
export function resultOf(
  assembly: Assembly,
  options: { region: string; before?: Assembly; limit?: number; today?: Date },
): CostResult {
  const { region, before, limit, today = new Date() } = options;
  const estimate = estimateOf(assembly, { region });
  const saved = sharing(estimate);
  const regions = assembly.stacks.map((stack) => stack.region ?? region);
  return {
    assembly,
    estimate,
    regions: [...new Set(regions)].sort(),
    old: isOld(estimate.pricesOf, today),
    sharing: saved.savedUsd > 0 ? saved : undefined,
    comparison: before && compare(estimateOf(before, { region }), estimate),
    limit,
  };
}

function isOld(pricesOf: string, today: Date): boolean {
  const expiry = new Date(`${pricesOf}T00:00:00Z`);
  expiry.setUTCFullYear(expiry.getUTCFullYear() + 1);
  return today > expiry;
}

/** Whether the total is above the limit, if there is one. */
export function exceeds({ estimate, limit }: CostResult): boolean {
  return limit !== undefined && estimate.monthlyTotal > limit;
}

/** Where and when the prices are from, such as `us-east-1, prices of 2025-12-05`. */
export function pricesLine({ regions, estimate, old }: CostResult): string {
  const age = old ? ' (older than 12 months)' : '';
  return `${regions.join(', ') || 'no region'}, prices of ${estimate.pricesOf}${age}`;
}

/** What sharing saves, in a sentence. */
export function sharingLine(
  { workloads, savedUsd, separateUsd, savedPercent }: Sharing,
  money: (usd: number) => string,
) {
  const rest = `of the ${money(separateUsd)} that ${workloads} workloads cost with a base each`;
  return `Sharing saves ${money(savedUsd)} (${Math.round(savedPercent)} %) ${rest}.`;
}
