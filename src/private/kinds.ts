import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, isDuration, isSize } from './checks';

/**
 * What a prop takes. Compilers and jsii keep wrong kinds out, but not of plain JavaScript: there a list in place of a
 * text would end in an error of the language, deep in the library, that names no prop.
 */
export interface Kind {
  /** In words, with an example where one helps. */
  readonly words: string;
  readonly holds: (value: unknown) => boolean;
  /** Whether the prop may be left out. Kinds can until `required` says otherwise. */
  readonly isRequired?: boolean;
}

/** The kind of each prop of an interface, so that the compiler asks for those that are missing. */
export type Kinds<Props> = { readonly [name in keyof Required<Props>]: Kind };

/** A text, also one that is known only at deployment. */
export const TEXT: Kind = { words: 'a text', holds: (value) => typeof value === 'string' };

/** A number, also one that is known only at deployment. */
export const NUMBER: Kind = { words: 'a number', holds: (value) => typeof value === 'number' };

/** True or false, or what only the deployment knows. */
export const FLAG: Kind = {
  words: 'true or false',
  holds: (value) => typeof value === 'boolean' || Token.isUnresolved(value),
};

/** A duration of the core. */
export const DURATION: Kind = { words: 'a duration such as Duration.hours(1)', holds: isDuration };

/** A size of the core. */
export const SIZE: Kind = { words: 'a size such as Size.gibibytes(50)', holds: isSize };

/** A set of props, which is looked at elsewhere. */
export const PROPS: Kind = { words: 'a set of props', holds: isMap };

/** A list, whose elements are looked at elsewhere. */
export const LIST: Kind = { words: 'a list', holds: Array.isArray };

/** A list whose elements are of a kind. */
export function listOf({ words, holds }: Kind): Kind {
  return { words: `a list, each of ${words}`, holds: (value) => Array.isArray(value) && value.every(holds) };
}

/** A map whose values are of a kind. */
export function mapOf({ words, holds }: Kind): Kind {
  return { words: `a map, each to ${words}`, holds: (value) => isMap(value) && Object.values(value).every(holds) };
}

/** One of the values of an enum. */
export function oneOf(name: string, values: object): Kind {
  const keys = Object.keys(values).filter((key) => Number.isNaN(Number(key)));
  const known: unknown[] = Object.values(values);
  return { words: `one of ${name}: ${keys.join(', ')}`, holds: (value) => known.includes(value) };
}

/** An object told by one of its members, since an app may hold two copies of what defines its class. */
export function having(words: string, member: string): Kind {
  const holds = (value: unknown) =>
    (typeof value === 'object' || typeof value === 'function') && value !== null && member in value;
  return { words, holds };
}

/** A base, which is defined on a higher floor. */
export const BASE = having('a base: an MlSharedInfra, or what MlSharedInfra.fromPublished returns', '_roleTemplate');

/** A kind that may not be left out. */
export function required(kind: Kind): Kind {
  return { ...kind, isRequired: true };
}

/** Requires that the props of a construct, or what is given as `at`, are of their kinds. Other props are left alone. */
export function requireKinds<Props extends object>(
  scope: IConstruct,
  props: Props,
  kinds: Partial<Kinds<Props>>,
  at?: string,
): void {
  if (!isMap(props)) {
    fail(scope, at ?? 'props', `a set of props: ${Object.keys(kinds).join(', ')}`, props);
  }
  for (const [name, kind] of Object.entries<Kind | undefined>(kinds)) {
    const value = (props as { [name: string]: unknown })[name];
    if (kind && (value === undefined ? kind.isRequired : !kind.holds(value))) {
      fail(scope, at === undefined ? name : `${at}.${name}`, kind.words, value);
    }
  }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
