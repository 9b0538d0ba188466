import { join } from 'node:path';
import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import { requireLevels } from './construct-paths';
import { isObject, objectsOf, readIfThere, refuseFile, textIn } from './json-files';
import { Assembly, AssemblyStack } from './model';

/** Written by the library beside the manifest of the app. */
const FACTS = 'ml-infra.json';
const SCHEMA = 1;

type Told = Pick<Assembly, 'library' | 'facts' | 'ran' | 'notes'>;
type Form = (value: unknown) => boolean;

/** Reads what constructs of the library tell of themselves, unless they are those of another app. */
export function readFacts(root: string, stacks: readonly AssemblyStack[]): Told {
  const file = join(root, FACTS);
  const content = readIfThere(file, root);
  if (content === undefined) {
    return { facts: [] };
  }
  if (content.schema !== SCHEMA) {
    refuseFile(
      file,
      `of schema ${SCHEMA}: use the version of cdk-ml-infra-tools that the app has of cdk-ml-infra`,
      `${JSON.stringify(content.schema)}, of version ${JSON.stringify(content.library)}`,
    );
  }
  if (!isStacks(content.stacks)) {
    return refuseFact(file, 'stacks', content.stacks, 'its top');
  }
  if (content.stacks !== undefined && !areSame(content.stacks as string[], stacks)) {
    const remedy = 'remove the folder, and run `cdk synth` again if the app uses cdk-ml-infra';
    return { facts: [], notes: [`${FACTS} is left out: its stacks are not those of ${MANIFEST}: ${remedy}.`] };
  }
  return { library: textIn(content.library), facts: factsIn(file, content.constructs), ran: ranIn(content.checks) };
}

const MANIFEST = 'manifest.json';

/**
 * Whether facts are of the app whose stacks were read. Stacks below those of the manifest may be known to the facts
 * alone, such as products of Service Catalog.
 */
function areSame(told: readonly string[], stacks: readonly AssemblyStack[]): boolean {
  const known = new Set(told);
  const read = stacks.map(({ path }) => path);
  const isRead = (path: string) => read.some((each) => path === each || path.startsWith(`${each}/`));
  return told.every(isRead) && stacks.every(({ path, nestedIn }) => nestedIn !== undefined || known.has(path));
}

function ranIn(checks: unknown): Told['ran'] {
  return Array.isArray(checks)
    ? objectsOf(checks).flatMap(({ name, rules }) =>
        typeof name === 'string' ? [{ name, ...(Array.isArray(rules) && { rules: rules.length }) }] : [],
      )
    : undefined;
}

function factsIn(file: string, constructs: unknown): WrittenFacts[] {
  if (!Array.isArray(constructs)) {
    return refuseFact(file, 'constructs', constructs, 'its top');
  }
  for (const each of constructs) {
    if (!isObject(each)) {
      refuseFact(file, 'constructs', each, 'its top');
    }
    const wrong = Object.keys(FORMS).find((name) => !FORMS[name](each[name]));
    if (wrong !== undefined) {
      refuseFact(file, wrong, each[wrong], textIn(each.path) ?? 'a construct without a path');
    }
    requireLevels(file, each.path as string);
  }
  return constructs;
}

function refuseFact(file: string, name: string, got: unknown, where: string): never {
  const value = got === undefined ? 'nothing' : JSON.stringify(got).slice(0, 100);
  refuseFile(
    file,
    'as cdk-ml-infra writes it: remove it, and run `cdk synth` again',
    `'${name}' of ${where}: ${value}`,
  );
}

const isText: Form = (value) => typeof value === 'string';
const isMeasure: Form = (value) => value === null || typeof value === 'number' || isText(value);

const listOf =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) && value.every(form);

const mapOf =
  (form: Form): Form =>
  (value) =>
    isObject(value) && Object.values(value).every(form);

const optional =
  (form: Form): Form =>
  (value) =>
    value === undefined || form(value);

const objectWith =
  (forms: { readonly [name: string]: Form }): Form =>
  (value) =>
    isObject(value) && Object.entries(forms).every(([name, form]) => form(value[name]));

const isStacks = optional(listOf(isText));

/** What each member of facts must be. */
const FORMS: { readonly [name: string]: Form } = {
  path: isText,
  stack: isText,
  kind: (value) => textIn(value) !== undefined,
  details: optional(listOf(isText)),
  identity: optional(mapOf(isText)),
  parts: optional(listOf(objectWith({ kind: isText, path: isText, label: isText }))),
  within: optional(isText),
  links: optional(listOf(objectWith({ to: isText, label: isText }))),
  hours: optional(objectWith({ perMonth: isMeasure, because: isText })),
  usage: optional(mapOf(isMeasure)),
};
