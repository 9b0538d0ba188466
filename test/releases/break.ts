/** What an upgrade does to a user, as BREAKING.md names it. */
export const VERBS = [
  'adds',
  'asks',
  'breaks',
  'collides',
  'deletes',
  'empties',
  'imports',
  'orphans',
  'reads',
  'redirects',
  'removes',
  'renames',
  'replaces',
  'restarts',
  'shortens',
  'weakens',
] as const;

/** One way in which an upgrade would hurt a user. */
export interface Break {
  readonly verb: (typeof VERBS)[number];

  /** Type of the resource, or else `stack`, `layout`, `output`, `export`, `parameter` or `API`. */
  readonly what: string;

  /** Path of the construct within its stack, or else a name. The same in all layouts that have it. */
  readonly name: string;

  /** What else there is to say, as a part of a sentence. */
  readonly detail?: string;

  /** Where it would happen. */
  readonly place?: Place;

  readonly logicalId?: string;

  /** Whether a minor version may bring it also from 1.0.0 on, such as a newer core. A patch never may. */
  readonly mayComeInMinor?: boolean;
}

/** A template of a release. */
export interface Place {
  readonly release: string;
  readonly layout?: string;
  readonly flags?: string;
  readonly stack?: string;
}

/** By what BREAKING.md names a break: the same for all layouts, flags and stacks. */
export function keyOf({ verb, what, name }: Pick<Break, 'verb' | 'what' | 'name'>): string {
  return `${verb} ${what} \`${name}\``;
}

/** A break in words, with all that is needed to find it. */
export function sentenceOf(found: Break): string {
  const { release, layout, flags, stack } = found.place ?? { release: '?' };
  const where = [layout && `layout ${layout}`, flags && `flags ${flags}`, stack && `stack ${stack}`].filter(Boolean);
  const id = found.logicalId === undefined ? '' : ` (${found.logicalId})`;
  const detail = found.detail === undefined ? '' : `: ${found.detail}`;
  return `an upgrade from ${[release, ...where].join(', ')} ${keyOf(found)}${id}${detail}`;
}
