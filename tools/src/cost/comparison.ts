import type { Estimate, Item, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { Assembly } from '../assembly/model';
import { commonPath, grouped } from './breakdown';
import { gravestFirst, missingIn, subjectOf } from './missing';
import { differs } from './money';

export type ChangeKind = 'new' | 'dearer' | 'cheaper' | 'gone' | 'price unknown' | 'price known';

/** What one resource costs before and after a change. */
export interface Change {
  readonly kind: ChangeKind;
  readonly constructPath: string;
  readonly resourceType: string;

  /** USD a month; undefined where a part of it has no price. */
  readonly before?: number;
  readonly after?: number;
  readonly difference?: number;

  /** In words; empty where there is nothing. */
  readonly descriptionBefore: string;
  readonly descriptionAfter: string;
}

/** What a change of an app does to its cost. */
export interface Comparison {
  readonly before: number;
  readonly after: number;
  readonly difference: number;

  /** What is true of the difference, since prices may be missing on either side. */
  readonly differenceIs: 'exact' | 'at least' | 'at most' | 'of priced costs';

  /** How many costs have no price, mere costs by use aside. */
  readonly unpricedBefore: number;
  readonly unpricedAfter: number;

  /** Those whose price is unknown first, then the largest differences. */
  readonly changes: readonly Change[];

  /** What has no price: in the total on neither side. */
  readonly unpriced: { readonly new: readonly Unpriced[]; readonly gone: readonly Unpriced[] };
}

/** Apps that are compared: what stands in both is not gone, even if it costs nothing any more. */
export interface Compared {
  readonly before?: Assembly;
  readonly after?: Assembly;
}

/** What is known of the costs of a side. */
interface Side {
  readonly standing: ReadonlySet<string>;
  readonly items: ReadonlyMap<string, Item[]>;
  readonly missing: ReadonlyMap<string, Unpriced[]>;
}

/** Compares resource by resource: the same type at the same path is the same resource. */
export function compare(before: Estimate, after: Estimate, compared: Compared = {}): Comparison {
  const [old, now] = [sideOf(before, compared.before), sideOf(after, compared.after)];
  const costly = [now.items, now.missing, old.items, old.missing].flatMap((costs) => [...costs.keys()]);
  const changes = [...new Set(costly)].flatMap((key) => changeOf(key, old, now));
  const unpriced = { new: lacking(after.unpriced, before.unpriced), gone: lacking(before.unpriced, after.unpriced) };
  return {
    before: before.monthlyTotal,
    after: after.monthlyTotal,
    difference: after.monthlyTotal - before.monthlyTotal,
    differenceIs: certainty(missingIn({ unpriced: unpriced.new }), missingIn({ unpriced: unpriced.gone })),
    unpricedBefore: missingIn(before).length,
    unpricedAfter: missingIn(after).length,
    changes: changes.sort(
      (one, other) => size(other) - size(one) || one.constructPath.localeCompare(other.constructPath, 'en'),
    ),
    unpriced: { new: gravestFirst(unpriced.new), gone: gravestFirst(unpriced.gone) },
  };
}

/** Changes that read alike, as one; of more than one, the path is what theirs have in common. */
export function alike(changes: readonly Change[]): { change: Change; count: number }[] {
  return grouped(changes, ({ kind, resourceType, descriptionBefore, descriptionAfter, difference }) =>
    JSON.stringify([kind, resourceType, descriptionBefore, descriptionAfter, difference?.toFixed(4)]),
  )
    .map((group) => ({
      count: group.length,
      change: {
        ...group[0],
        constructPath: commonPath(group.map(({ constructPath }) => constructPath)),
        before: total(group.map((each) => each.before)),
        after: total(group.map((each) => each.after)),
        difference: total(group.map((each) => each.difference)),
      },
    }))
    .sort((one, other) => size(other.change) - size(one.change));
}

function sideOf(estimate: Estimate, assembly: Assembly | undefined): Side {
  const missing = missingIn(estimate);
  const resources = (assembly?.stacks ?? []).flatMap((stack) =>
    stack.resources.map(({ path, type }) => ({ constructPath: path, resourceType: type })),
  );
  return {
    standing: new Set([...resources, ...estimate.items, ...estimate.byUse, ...estimate.unpriced].map(keyOf)),
    items: new Map(grouped(estimate.items, keyOf).map((group) => [keyOf(group[0]), group])),
    missing: new Map(grouped(missing, keyOf).map((group) => [keyOf(group[0]), group])),
  };
}

function changeOf(key: string, before: Side, after: Side): Change[] {
  const [old, now] = [before, after].map(({ items, missing }) => ({
    items: items.get(key) ?? [],
    missing: missing.get(key) ?? [],
  }));
  const [lost, found] = [lacking(now.missing, old.missing), lacking(old.missing, now.missing)];
  const [was, is] = [old, now].map(({ items }) => total(items.map(({ monthlyUsd }) => monthlyUsd))!);
  const kind = kindOf(
    { before: before.standing.has(key), after: after.standing.has(key) },
    { lost: lost.length > 0, found: found.length > 0, dearer: is > was },
  );
  const known = { before: old.missing.length === 0, after: now.missing.length === 0 };
  const told = kind === 'price unknown' || kind === 'price known';
  if (!told && !differs(was, is)) {
    return [];
  }
  const [{ constructPath, resourceType }] = [...now.items, ...old.items, ...now.missing, ...old.missing];
  return [
    {
      kind,
      constructPath,
      resourceType,
      // What lacks the same price on both sides differs by what has one.
      before: told && !known.before ? undefined : was,
      after: told && !known.after ? undefined : is,
      difference: told ? undefined : is - was,
      descriptionBefore: [...only(old.items, now.items), ...(told ? found.map(subjectOf) : [])].join('; '),
      descriptionAfter: [...only(now.items, old.items), ...(told ? lost.map(subjectOf) : [])].join('; '),
    },
  ];
}

function kindOf(
  stands: { before: boolean; after: boolean },
  price: { lost: boolean; found: boolean; dearer: boolean },
): ChangeKind {
  if (!stands.before) {
    return 'new';
  }
  if (!stands.after) {
    return 'gone';
  }
  const changed = price.dearer ? 'dearer' : 'cheaper';
  return price.lost ? 'price unknown' : price.found ? 'price known' : changed;
}

function certainty(lost: readonly Unpriced[], found: readonly Unpriced[]): Comparison['differenceIs'] {
  if (lost.length > 0 && found.length > 0) {
    return 'of priced costs';
  }
  return lost.length > 0 ? 'at least' : found.length > 0 ? 'at most' : 'exact';
}

/** What stays the same on both sides says nothing of the difference. */
function only(items: readonly Item[], others: readonly Item[]): string[] {
  const same = new Set(others.map(({ description, monthlyUsd }) => `${monthlyUsd} ${description}`));
  return items
    .filter(({ description, monthlyUsd }) => !same.has(`${monthlyUsd} ${description}`))
    .map(({ description }) => description);
}

/** What lacks a price for a reason that is not among those of the others. */
function lacking(from: readonly Unpriced[], others: readonly Unpriced[]): Unpriced[] {
  const keyOfReason = (each: Unpriced) => JSON.stringify([keyOf(each), each.reason]);
  const known = new Set(others.map(keyOfReason));
  return from.filter((each) => !known.has(keyOfReason(each)));
}

function keyOf({ constructPath, resourceType }: { constructPath: string; resourceType: string }): string {
  return JSON.stringify([constructPath, resourceType]);
}

/** How much a change counts: nobody knows how much a price is that is unknown. */
function size({ difference = Number.MAX_VALUE }: Change): number {
  return Math.abs(difference);
}

function total(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.includes(undefined) ? undefined : (amounts as number[]).reduce((sum, each) => sum + each, 0);
}
