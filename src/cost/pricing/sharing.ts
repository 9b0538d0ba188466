import type { Estimate, Item } from './model';

/** What workloads cost together on what they share, against each with all of that for itself. */
export interface Sharing {
  /** Notebooks, machines and endpoints that are compared. */
  readonly workloads: number;

  /** As they are, per month in USD. */
  readonly sharedUsd: number;

  /** Each with what it needs for itself. */
  readonly separateUsd: number;
  readonly savedUsd: number;

  /** Of `separateUsd`. */
  readonly savedPercent: number;

  /** What was taken for granted, in sentences. */
  readonly assumptions: readonly string[];
}

const ASSUMPTIONS = [
  'Each workload for itself would need the same network, endpoints, keys and alarms that its base has.',
  'Use is the same in sum: data, requests and hours count once in both figures.',
  'Only priced costs count, and what no base is known to use counts once.',
] as const;

const CENTS = 100;

/** Compares shared with separate infrastructure, base by base. */
export function sharing(estimate: Estimate): Sharing {
  const workloads = new Map<string, Set<string>>();
  for (const { base = '', workload, constructPath } of [...estimate.items, ...estimate.byUse, ...estimate.unpriced]) {
    if (workload) {
      workloads.set(base, (workloads.get(base) ?? new Set()).add(constructPath));
    }
  }
  const sharers = ({ base, usedBy = [] }: Item) =>
    sumOf(
      (base === undefined && usedBy.length > 0 ? [...new Set(usedBy)] : [base ?? '']).map(
        (name) => workloads.get(name)?.size ?? 0,
      ),
    );
  const separately = (item: Item) => item.monthlyUsd * (isOwn(item) ? 1 : Math.max(1, sharers(item)));

  const sharedUsd = rounded(sumOf(estimate.items.map(({ monthlyUsd }) => monthlyUsd)));
  const separateUsd = rounded(sumOf(estimate.items.map(separately)));
  const savedUsd = rounded(separateUsd - sharedUsd);
  return {
    workloads: sumOf([...workloads.values()].map(({ size }) => size)),
    sharedUsd,
    separateUsd,
    savedUsd,
    savedPercent: separateUsd === 0 ? 0 : rounded((savedUsd / separateUsd) * CENTS),
    assumptions: ASSUMPTIONS,
  };
}

/** What grows with the workloads and their use, and not with the number of bases. */
function isOwn({ workload, stated }: Item): boolean {
  return workload === true || stated;
}

function rounded(usd: number): number {
  return Math.round(usd * CENTS) / CENTS;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
