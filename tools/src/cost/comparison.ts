import type { Estimate, Item, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { commonPath, grouped } from './breakdown';
import { differs } from './money';

/** In the order in which they are told. */
export const KINDS = ['new', 'dearer', 'cheaper', 'gone'] as const;

/** What one resource costs before and after a change. */
export interface Change {
  readonly kind: (typeof KINDS)[number];
  readonly constructPath: string;
  readonly resourceType: string;
  readonly before: number;
  readonly after: number;
  readonly difference: number;

  /** In words; empty where there is nothing. */
  readonly descriptionBefore: string;
  readonly descriptionAfter: string;
}

/** What a change of an app does to its cost. */
export interface Comparison {
  readonly before: number;
  readonly after: number;
  readonly difference: number;

  /** The largest differences first. */
  readonly changes: readonly Change[];

  /** What has no price: in the total on neither side. */
  readonly unpriced: { readonly new: readonly Unpriced[]; readonly gone: readonly Unpriced[] };
}

/** Compares resource by resource: the same type at the same path is the same resource. */
export function compare(before: Estimate, after: Estimate): Comparison {
  const [old, now] = [before, after].map(
    ({ items }) => new Map(grouped(items, keyOf).map((group) => [keyOf(group[0]), group])),
  );
  const changes = [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => changeOf(old.get(key), now.get(key)));
  return {
    before: before.monthlyTotal,
    after: after.monthlyTotal,
    difference: after.monthlyTotal - before.monthlyTotal,
    changes: changes.sort(
      (one, other) =>
        Math.abs(other.difference) - Math.abs(one.difference) ||
        one.constructPath.localeCompare(other.constructPath, 'en'),
    ),
    unpriced: { new: missing(after.unpriced, before.unpriced), gone: missing(before.unpriced, after.unpriced) },
  };
}

/** Changes that read alike, as one; of more than one, the path is what theirs have in common. */
export function alike(changes: readonly Change[]): { change: Change; count: number }[] {
  return grouped(changes, ({ kind, resourceType, descriptionBefore, descriptionAfter, difference }) =>
    JSON.stringify([kind, resourceType, descriptionBefore, descriptionAfter, difference.toFixed(4)]),
  )
    .map((group) => ({
      count: group.length,
      change: {
        ...group[0],
        constructPath: commonPath(group.map(({ constructPath }) => constructPath)),
        before: total(group, 'before'),
        after: total(group, 'after'),
        difference: total(group, 'difference'),
      },
    }))
    .sort((one, other) => Math.abs(other.change.difference) - Math.abs(one.change.difference));
}

function changeOf(before: Item[] | undefined, after: Item[] | undefined): Change[] {
  const [old, now] = [before ?? [], after ?? []].map((items) => total(items, 'monthlyUsd'));
  if (!differs(old, now)) {
    return [];
  }
  const [{ constructPath, resourceType }] = (after ?? before)!;
  const changed = now > old ? 'dearer' : 'cheaper';
  const kind = before === undefined ? 'new' : after === undefined ? 'gone' : changed;
  const difference = now - old;
  // What stays the same on both sides says nothing of the difference.
  const [was, is] = [only(before, after), only(after, before)];
  return [
    {
      kind,
      constructPath,
      resourceType,
      before: old,
      after: now,
      difference,
      descriptionBefore: was,
      descriptionAfter: is,
    },
  ];
}

function only(items: Item[] = [], others: Item[] = []): string {
  const same = new Set(others.map(({ description, monthlyUsd }) => `${monthlyUsd} ${description}`));
  return items
    .filter(({ description, monthlyUsd }) => !same.has(`${monthlyUsd} ${description}`))
    .map(({ description }) => description)
    .join('; ');
}

function missing(from: readonly Unpriced[], others: readonly Unpriced[]): Unpriced[] {
  const known = new Set(others.map(keyOf));
  return from.filter((each) => !known.has(keyOf(each)));
}

function keyOf({ constructPath, resourceType }: { constructPath: string; resourceType: string }): string {
  return JSON.stringify([constructPath, resourceType]);
}

function total<Name extends string>(elements: readonly { readonly [name in Name]: number }[], name: Name): number {
  return elements.reduce((sum, element) => sum + element[name], 0);
}
