import { DataRule } from '../../src/compliance/compliance-rule';
import { absent, atLeast, items, Leaf, present, Requirement } from '../../src/compliance/requirement';

/** A rule of which one part was changed. */
export interface RuleMutant {
  readonly change: string;
  readonly mutant: DataRule;
}

const NOWHERE = 'NoSuchProperty';

/** Each rule that differs from a rule by one leaf: always met, never met, off by one, or satisfied with any value. */
export function mutantsOf(rule: DataRule): RuleMutant[] {
  const { requirement, appliesWhen } = rule;
  return [
    ...changesOf(requirement).map(([change, changed]) => ({ change, mutant: { ...rule, requirement: changed } })),
    ...(appliesWhen ? changesOf(appliesWhen) : []).map(([change, changed]) => ({
      change: `appliesWhen: ${change}`,
      mutant: { ...rule, appliesWhen: changed },
    })),
  ];
}

type Change<T> = [change: string, changed: T];

function changesOf(requirement: Requirement): Change<Requirement>[] {
  switch (requirement.kind) {
    case 'all':
      return changesIn(requirement.of, changesOf).map(([change, of]) => [change, { ...requirement, of }]);
    case 'any':
      return changesIn(requirement.of, leafChanges).map(([change, of]) => [change, { ...requirement, of }]);
    case 'each':
      return changesOf(requirement.of).map(([change, of]) => [change, { ...requirement, of }]);
    case 'some':
      return leafChanges(requirement.of).map(([change, of]) => [change, { ...requirement, of }]);
    case 'when':
      return [
        ...changesOf(requirement.of).map(([change, of]) => [change, { ...requirement, of }] as Change<Requirement>),
        ...leafChanges(requirement.condition).map(
          ([change, condition]) => [`when: ${change}`, { ...requirement, condition }] as Change<Requirement>,
        ),
      ];
    default:
      return leafChanges(requirement);
  }
}

function changesIn<T>(parts: readonly T[], changes: (part: T) => Change<T>[]): Change<T[]>[] {
  return parts.flatMap((part, index) =>
    changes(part).map(
      ([change, changed]): Change<T[]> => [change, parts.map((each, at) => (at === index ? changed : each))],
    ),
  );
}

function leafChanges(leaf: Leaf): Change<Leaf>[] {
  const others =
    'least' in leaf ? [leaf.least - 1, leaf.least + 1].map((least) => bounded(leaf.kind)(leaf.path, least)) : [];
  const anything = leaf.kind === 'oneOf' ? [present(leaf.path)] : [];
  return [absent(NOWHERE), present(NOWHERE), ...others, ...anything].map((changed) => [
    `${JSON.stringify(leaf)} -> ${JSON.stringify(changed)}`,
    changed,
  ]);
}

function bounded(kind: Leaf['kind']) {
  return kind === 'items' ? items : atLeast;
}
