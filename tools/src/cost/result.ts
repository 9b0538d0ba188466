import { priceAge } from 'cdk-ml-infra/lib/cost/price-age';
import { type Sharing, sharing } from 'cdk-ml-infra/lib/cost/pricing';
import { estimateOf } from '../assembly/estimate-of';
import { Assembly } from '../assembly/model';
import { Aspect, Estimated } from './breakdown';
import { Comparison, compare } from './comparison';
import { andMissing, gravestFirst, missingIn, named, sumOf } from './missing';
import { signedMoney } from './money';

/** What the command found out, whatever it is written as. */
export interface CostResult extends Estimated {
  /** Regions whose prices apply. */
  readonly regions: readonly string[];

  /** Whether the prices are older than a year. */
  readonly stale: boolean;

  /** Undefined where nothing is shared. */
  readonly sharing?: Sharing;

  /** What it is compared with, and what that found. */
  readonly before?: Estimated;
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
  const made = estimateOf(assembly, { region });
  const age = priceAge(made.pricesOf, today);
  const estimate = {
    ...made,
    unpriced: gravestFirst(made.unpriced),
    assumptions: [...made.assumptions, ...age],
  };
  const saved = sharing(estimate);
  const regions = assembly.stacks.map((stack) => stack.region ?? region);
  const old = before && { assembly: before, estimate: estimateOf(before, { region }) };
  return {
    assembly,
    estimate,
    regions: [...new Set(regions)].sort(),
    stale: age.length > 0,
    sharing: saved.savedUsd > 0 ? saved : undefined,
    before: old,
    comparison: old && compare(old.estimate, estimate, { before: old.assembly, after: assembly }),
    limit,
  };
}

/** Whether the total is above the limit, if there is one. */
export function exceeds({ estimate, limit }: CostResult): boolean {
  return limit !== undefined && estimate.monthlyTotal > limit;
}

/** The total, and what it lacks: `at least 1,058.33 USD, 7 costs without a price`. */
export function totalLine({ estimate }: CostResult): string {
  const missing = missingIn(estimate).length;
  return `${sumOf(estimate.monthlyTotal, missing)} USD${andMissing(missing)}`;
}

/** The difference, and how far it is known, such as `at least -36.50`. */
export function differenceLine({ difference, differenceIs }: Comparison): string {
  switch (differenceIs) {
    case 'exact':
      return signedMoney(difference);
    case 'of priced costs':
      return `${signedMoney(difference)} ${differenceIs}`;
    default:
      return `${differenceIs} ${signedMoney(difference)}`;
  }
}

/** What is said beside a result: a limit holds nothing back of which the price is unknown. */
export function warningOf({ estimate, limit }: CostResult): string | undefined {
  const machines = estimate.unpriced.filter(({ machine }) => machine);
  return limit === undefined || machines.length === 0
    ? undefined
    : `ml-infra cost: warning: --limit does not count machines without a price: ${named(machines)}`;
}

/** What is wrong with a result, in sentences. */
export function problemsOf(result: CostResult, { strict }: { strict: boolean }): string[] {
  const { estimate, limit = 0 } = result;
  const missing = missingIn(estimate);
  const [total, most] = [estimate.monthlyTotal, limit].map((usd) => usd.toFixed(2));
  const got = `${missing.length > 0 ? 'at least ' : ''}${total}`;
  return [
    ...(exceeds(result) ? [`ml-infra cost: the total must be at most ${most} USD a month (--limit), got: ${got}`] : []),
    ...(strict && missing.length > 0
      ? [`ml-infra cost: every cost but those by use must have a price (--strict), got none of: ${named(missing)}`]
      : []),
  ];
}

/** Where and when the prices are from, such as `us-east-1, prices of 2025-12-05`. */
export function pricesLine({ regions, estimate, stale }: CostResult): string {
  const age = stale ? ' (older than 12 months)' : '';
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
