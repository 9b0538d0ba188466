import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { usd } from './plain-text';

/** What is known of the cost of something. */
export interface Cost {
  readonly monthlyUsd: number;

  /** Whether use adds to it that nobody stated. */
  readonly byUse: boolean;

  /** Whether a part of it has no known price. */
  readonly unpriced: boolean;
}

const FREE: Cost = { monthlyUsd: 0, byUse: false, unpriced: false };

/** Sums an estimate up by whatever its constructs are part of; what `partOf` does not know is left out. */
export function costsBy(estimate: Estimate, partOf: (path: string) => string | undefined): ReadonlyMap<string, Cost> {
  const costs = new Map<string, Cost>();
  const add = (path: string, cost: Partial<Cost>): void => {
    const part = partOf(path);
    if (part !== undefined) {
      costs.set(part, together([costs.get(part) ?? FREE, { ...FREE, ...cost }]));
    }
  };
  for (const { constructPath, monthlyUsd } of estimate.items) {
    add(constructPath, { monthlyUsd });
  }
  for (const { constructPath } of estimate.byUse) {
    add(constructPath, { byUse: true });
  }
  for (const { constructPath } of estimate.unpriced) {
    add(constructPath, { unpriced: true });
  }
  return costs;
}

export function together(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (sum, cost) => ({
      monthlyUsd: sum.monthlyUsd + cost.monthlyUsd,
      byUse: sum.byUse || cost.byUse,
      unpriced: sum.unpriced || cost.unpriced,
    }),
    FREE,
  );
}

/** The line of a card. Nothing where nothing costs; never a zero where something is unknown. */
export function costLine({ monthlyUsd, byUse, unpriced }: Cost): string {
  if (monthlyUsd > 0) {
    return `${unpriced ? 'from ' : ''}${usd(monthlyUsd)} / month`;
  }
  if (unpriced) {
    return 'price unknown';
  }
  return byUse ? 'by use' : '';
}
