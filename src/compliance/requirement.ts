import { isIntrinsic, isMap, Properties } from '../private/template';

/** What is wrong in one resource. */
export interface Finding {
  /** Place below the resource, such as `Properties.RootAccess`. */
  readonly location: string;

  /** What must hold there, and what does. */
  readonly text: string;
}

/** What must hold for the properties of a resource, as data. Paths are relative, such as `VpcConfig.Subnets`. */
export type Requirement = Leaf | Group;

/** What holds for one property; leaves alone can be alternatives of each other. */
export type Leaf =
  | { readonly kind: 'present' | 'absent'; readonly path: string }
  | { readonly kind: 'oneOf'; readonly path: string; readonly values: readonly Scalar[] }
  | { readonly kind: 'atLeast' | 'items'; readonly path: string; readonly least: number }
  | { readonly kind: 'unlike'; readonly path: string; readonly pattern: string };

type Group =
  | { readonly kind: 'all'; readonly of: readonly Requirement[] }
  | { readonly kind: 'any'; readonly of: readonly Leaf[] }
  | { readonly kind: 'when'; readonly condition: Leaf; readonly of: Requirement }
  | { readonly kind: 'each'; readonly path: string; readonly of: Requirement }
  | { readonly kind: 'some'; readonly path: string; readonly of: Leaf };

type Scalar = string | number | boolean;

/** A property is given, and not empty. */
export const present = (path: string): Leaf => ({ kind: 'present', path });

/** A property is not given. */
export const absent = (path: string): Leaf => ({ kind: 'absent', path });

export const equals = (path: string, value: Scalar): Leaf => oneOf(path, value);

export const oneOf = (path: string, ...values: Scalar[]): Leaf => ({ kind: 'oneOf', path, values });

/** A number is at least so much. */
export const atLeast = (path: string, least: number): Leaf => ({ kind: 'atLeast', path, least });

/** A list has at least so many elements. */
export const items = (path: string, least: number): Leaf => ({ kind: 'items', path, least });

/** A text is given that does not match a regular expression. */
export const unlike = (path: string, pattern: string): Leaf => ({ kind: 'unlike', path, pattern });

export const all = (...of: Requirement[]): Requirement => ({ kind: 'all', of });

export const any = (...of: Leaf[]): Requirement => ({ kind: 'any', of });

/** Something must hold if a condition does, or might. */
export const when = (condition: Leaf, of: Requirement): Requirement => ({ kind: 'when', condition, of });

/** Something must hold for each element of a list; an absent list has none. */
export const each = (path: string, of: Requirement): Requirement => ({ kind: 'each', path, of });

/** Something must hold for one element of a list. */
export const some = (path: string, of: Leaf): Requirement => ({ kind: 'some', path, of });

/** What of a requirement does not hold. `place` is where the properties stand. */
export function unmet(requirement: Requirement, properties: Properties, place = 'Properties'): Finding[] {
  return failures(requirement, properties, place).map(({ location, text }) => ({ location, text }));
}

/** Whether a requirement holds, or may hold at deployment. */
export function mayHold(requirement: Requirement, properties: Properties): boolean {
  return failures(requirement, properties, '').every(({ isUnknown }) => isUnknown);
}

interface Failure extends Finding {
  /** Whether it depends on a value that is known only at deployment. */
  readonly isUnknown: boolean;
}

function failures(requirement: Requirement, properties: unknown, place: string): Failure[] {
  switch (requirement.kind) {
    case 'all':
      return requirement.of.flatMap((part) => failures(part, properties, place));
    case 'any':
      return leastOf(requirement.of.map((part) => failures(part, properties, place)));
    case 'when':
      return failures(requirement.condition, properties, place).every(({ isUnknown }) => isUnknown)
        ? failures(requirement.of, properties, place)
        : [];
    case 'each':
      return elements(properties, requirement.path, place).flatMap((one) =>
        failures(requirement.of, one.value, one.place),
      );
    case 'some': {
      const found = elements(properties, requirement.path, place);
      return found.length === 0
        ? [failure(at(place, requirement.path), 'must have elements', undefined)]
        : leastOf(found.map((one) => failures(requirement.of, one.value, one.place)));
    }
    default:
      return leafFailures(requirement, valueAt(properties, requirement.path), at(place, requirement.path));
  }
}

/** The failures of the best of several alternatives; what is only unknown is better than what is wrong. */
function leastOf(alternatives: Failure[][]): Failure[] {
  const score = (found: Failure[]) => found.filter(({ isUnknown }) => !isUnknown).length * 1000 + found.length;
  return alternatives.reduce((best, found) => (score(found) < score(best) ? found : best));
}

function leafFailures(leaf: Leaf, value: unknown, location: string): Failure[] {
  const isGiven = value !== undefined && value !== null && value !== '';
  switch (leaf.kind) {
    case 'present':
      return isGiven && !isEmpty(value) ? [] : [failure(location, 'must be given', value)];
    case 'absent':
      return isGiven ? [failure(location, 'must not be given', value)] : [];
    case 'oneOf':
      return leaf.values.some((allowed) => !isIntrinsic(value) && String(allowed) === String(value))
        ? []
        : [failure(location, `must be ${leaf.values.join(' or ')}`, value)];
    case 'atLeast':
      return isGiven && Number(value) >= leaf.least ? [] : [failure(location, `must be at least ${leaf.least}`, value)];
    case 'items':
      return Array.isArray(value) && value.length >= leaf.least
        ? []
        : [failure(location, `must have at least ${leaf.least} elements`, value)];
    case 'unlike':
      return typeof value === 'string' && !new RegExp(leaf.pattern).test(value)
        ? []
        : [failure(location, `must not match ${leaf.pattern}`, value)];
  }
}

function failure(location: string, rule: string, value: unknown): Failure {
  const isUnknown = isIntrinsic(value);
  const got = value === undefined ? 'nothing' : JSON.stringify(value);
  return {
    location,
    text: `${location} ${rule}, got: ${isUnknown ? `${got}, which is only known at deployment` : got}`,
    isUnknown,
  };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}

/** The elements of a list; one that is known only at deployment counts as one unknown element. */
function elements(properties: unknown, path: string, place: string): { value: unknown; place: string }[] {
  const value = valueAt(properties, path);
  if (isIntrinsic(value)) {
    return [{ value, place: at(place, path) }];
  }
  return Array.isArray(value) ? value.map((one, index) => ({ value: one, place: `${at(place, path)}.${index}` })) : [];
}

/** The value below a path. What stands below a value that is known only at deployment is that value. */
function valueAt(properties: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce((value, name) => (isIntrinsic(value) ? value : isMap(value) ? value[name] : undefined), properties);
}

function at(place: string, path: string): string {
  return `${place}.${path}`;
}
