import type { ByUse, Estimate, Item, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { Assembly } from '../assembly/model';

/** What sums can be made by. */
export const ASPECTS = ['construct', 'owner', 'environment', 'project', 'base', 'type'] as const;

export type Aspect = (typeof ASPECTS)[number];

/** Stands for what carries no such tag. */
const NONE = 'none';

/** Kind of facts that state use, of a construct that is not the library's. */
const USAGE_ALONE = 'MlUsage';

/** Costs that read alike, as one line. */
export interface CostLine {
  readonly text: string;
  readonly count: number;
  readonly usd: number;

  /** Path of the construct, or what the paths of several have in common. */
  readonly path: string;
}

/** Costs in lines, dearest first: those that read alike as one, unless each is asked for. */
export function linesOf(items: readonly Item[], { each = false } = {}): CostLine[] {
  const groups = each
    ? items.map((item) => [item])
    : grouped(items, ({ resourceType, description, region, unitUsd }) =>
        JSON.stringify([resourceType, description, region, unitUsd]),
      );
  return dearestFirst(
    groups.map((group) => ({
      text: group[0].description,
      count: group.length,
      usd: sum(group),
      path: commonPath(group.map(({ constructPath }) => constructPath)),
    })),
  );
}

/** Sums by an aspect, dearest first. */
export function sumsBy(aspect: Aspect, estimate: Estimate, assembly: Assembly): CostLine[] {
  const construct = aspect === 'construct' ? nearestTold(assembly) : undefined;
  const name = (item: Item): string => {
    if (construct) {
      return construct(item.constructPath);
    }
    return (aspect === 'type' ? item.resourceType : item[aspect as Exclude<Aspect, 'construct' | 'type'>]) ?? NONE;
  };
  return dearestFirst(
    grouped(estimate.items, name).map((group) => ({ text: name(group[0]), count: 1, usd: sum(group), path: '' })),
  );
}

/** Prices by use that read alike, with how many resources they are of. */
export function usesOf(byUse: readonly ByUse[]): { use: ByUse; count: number }[] {
  return grouped(byUse, ({ description, unit, unitUsd, region, measure }) =>
    JSON.stringify([description, unit, unitUsd, region, measure]),
  ).map((group) => ({ use: group[0], count: group.length }));
}

/** Reasons why something has no price, the most frequent first. */
export function reasonsOf(
  unpriced: readonly Unpriced[],
): { reason: string; types: string[]; count: number; path: string }[] {
  const untyped = ({ reason, resourceType }: Unpriced) => reason.replaceAll(resourceType, 'the type');
  return grouped(unpriced, untyped)
    .map((group) => ({
      reason: untyped(group[0]),
      types: [...new Set(group.map(({ resourceType }) => resourceType))].sort(),
      count: group.length,
      path: commonPath(group.map(({ constructPath }) => constructPath)),
    }))
    .sort((one, other) => other.count - one.count);
}

/** Elements with the same key, in the order of their first ones. */
export function grouped<Element>(elements: readonly Element[], keyOf: (element: Element) => string): Element[][] {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group) {
      group.push(element);
    } else {
      groups.set(key, [element]);
    }
  }
  return [...groups.values()];
}

/** The construct that several are, or that they are in. */
export function commonPath(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split('/'));
  const differing = first.findIndex((id, depth) => others.some((other) => other[depth] !== id));
  return (differing < 0 ? first : first.slice(0, differing)).join('/');
}

/** Finds the construct of the library that something is part of; what is part of none stands for itself. */
function nearestTold({ facts }: Assembly): (path: string) => string {
  const told = new Set(facts.filter(({ kind }) => kind !== USAGE_ALONE).map(({ path }) => path));
  return (path) => {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
      if (told.has(at)) {
        return at;
      }
    }
    return path;
  };
}

function dearestFirst(lines: CostLine[]): CostLine[] {
  return lines.sort((one, other) => other.usd - one.usd || one.text.localeCompare(other.text, 'en'));
}

function sum(items: readonly Item[]): number {
  return items.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
}
