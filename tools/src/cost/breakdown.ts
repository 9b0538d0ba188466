import type { ByUse, Estimate, Item, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { Assembly } from '../assembly/model';
import { gravestFirst, missingIn } from './missing';
import { differs } from './money';

/** What sums can be made by. */
export const ASPECTS = ['construct', 'owner', 'environment', 'project', 'base', 'type'] as const;

export type Aspect = (typeof ASPECTS)[number];

/** Stands for what carries no such tag. */
const NONE = 'none';

/** A name that would read as that of nobody, or as one that was told apart from it. */
const LIKE_NONE = /^('*)none\1$/;

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

/** Costs that have an aspect in common. */
export interface AspectSum {
  readonly text: string;
  readonly usd: number;

  /** How many costs have a price, and how many lack one. */
  readonly priced: number;
  readonly missing: number;
}

/** What costs that have an aspect in common were and are. */
export interface AspectDifference {
  readonly text: string;
  readonly before: number;
  readonly after: number;
  readonly difference: number;

  /** How many costs lack a price. */
  readonly unpricedBefore: number;
  readonly unpricedAfter: number;
}

/** An app and what it costs. */
export interface Estimated {
  readonly assembly: Assembly;
  readonly estimate: Estimate;
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

/** Sums by an aspect, dearest first; also of what has nothing but costs without a price. */
export function sumsBy(aspect: Aspect, { estimate, assembly }: Estimated): AspectSum[] {
  const nameOf = nameBy(aspect, assembly);
  const [items, missing] = [estimate.items, missingIn(estimate)].map(
    (costs) => new Map(grouped<Item | Unpriced>(costs, nameOf).map((group) => [nameOf(group[0]), group])),
  );
  return dearestFirst(
    [...new Set([...items.keys(), ...missing.keys()])].map((text) => ({
      text,
      usd: sum((items.get(text) ?? []) as Item[]),
      priced: items.get(text)?.length ?? 0,
      missing: missing.get(text)?.length ?? 0,
    })),
  );
}

/** Differences of the sums by an aspect, the largest first; what stays the same is left out. */
export function differencesBy(aspect: Aspect, before: Estimated, after: Estimated): AspectDifference[] {
  const [old, now] = [before, after].map(
    (each) => new Map(sumsBy(aspect, each).map((line): [string, AspectSum] => [line.text, line])),
  );
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((text) => {
      const [was, is] = [old.get(text)?.usd ?? 0, now.get(text)?.usd ?? 0];
      const [unpricedBefore, unpricedAfter] = [old.get(text)?.missing ?? 0, now.get(text)?.missing ?? 0];
      return { text, before: was, after: is, difference: is - was, unpricedBefore, unpricedAfter };
    })
    .filter((each) => differs(each.before, each.after) || each.unpricedBefore !== each.unpricedAfter)
    .sort(
      (one, other) => Math.abs(other.difference) - Math.abs(one.difference) || one.text.localeCompare(other.text, 'en'),
    );
}

/** Prices by use that read alike, with how many resources they are of. */
export function usesOf(byUse: readonly ByUse[]): { use: ByUse; count: number }[] {
  return grouped(byUse, ({ description, unit, unitUsd, region, measure }) =>
    JSON.stringify([description, unit, unitUsd, region, measure]),
  ).map((group) => ({ use: group[0], count: group.length }));
}

/** Reasons why something has no price: those of machines first, and of the others the most frequent. */
export function reasonsOf(
  unpriced: readonly Unpriced[],
): { reason: string; types: string[]; count: number; path: string; machine?: true; byUse?: true }[] {
  const untyped = ({ reason, resourceType }: Unpriced) => reason.replaceAll(resourceType, 'the type');
  const lines = grouped(unpriced, (each) => JSON.stringify([untyped(each), each.machine, each.byUse]))
    .map((group) => ({
      reason: untyped(group[0]),
      types: [...new Set(group.map(({ resourceType }) => resourceType))].sort(),
      count: group.length,
      path: commonPath(group.map(({ constructPath }) => constructPath)),
      machine: group[0].machine,
      byUse: group[0].byUse,
    }))
    .sort((one, other) => other.count - one.count);
  return gravestFirst(lines);
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

/** Names what an item belongs to. A real name is never that of what has none. */
function nameBy(aspect: Aspect, assembly: Assembly): (cost: Item | Unpriced) => string {
  switch (aspect) {
    case 'construct': {
      const nearest = nearestTold(assembly);
      return ({ constructPath }) => nearest(constructPath);
    }
    case 'type':
      return ({ resourceType }) => resourceType;
    default:
      return ({ [aspect]: name }) => (name === undefined ? NONE : LIKE_NONE.test(name) ? `'${name}'` : name);
  }
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

function dearestFirst<Line extends Pick<CostLine, 'text' | 'usd'>>(lines: Line[]): Line[] {
  return lines.sort((one, other) => other.usd - one.usd || one.text.localeCompare(other.text, 'en'));
}

function sum(items: readonly Item[]): number {
  return items.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0);
}
