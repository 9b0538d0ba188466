import { MlCostItem } from './ml-cost-estimate';

/** Costs that read alike, as one. */
export interface AlikeCosts {
  /** Of the one construct, else what the paths of all have in common. */
  readonly constructPath: string;
  readonly description: string;
  readonly count: number;
  readonly monthlyUsd: number;
}

/** Costs of the same kind at the same price as one, in the order of their first ones. */
export function alike(items: readonly MlCostItem[]): AlikeCosts[] {
  const groups = new Map<string, MlCostItem[]>();
  for (const item of items) {
    const { resourceType, description, region, unitUsd } = item;
    const key = JSON.stringify([resourceType, description, region, unitUsd]);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].map((group) => ({
    constructPath: common(group.map(({ constructPath }) => constructPath)),
    description: group[0].description,
    count: group.length,
    monthlyUsd: group.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0),
  }));
}

function common(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split('/'));
  const differing = first.findIndex((id, depth) => others.some((other) => other[depth] !== id));
  return first.slice(0, differing < 0 ? undefined : differing).join('/');
}
