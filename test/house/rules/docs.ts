import { type ApiType, type Assembly, membersOf, type Named, type Property, spelled, typesOf } from '../assembly';

const SAYS_NOTHING = /^-?\s*(none|undefined|null|nothing|n\/a|default|the default\b.*)?[\s.]*$/is;
const PROSE_WITHOUT_DASH = /^(?!new )[A-Za-z]+,? [A-Za-z]/;
const CONSTRUCT_BASES = /^(constructs\.|aws-cdk-lib\.(Resource|Stack|NestedStack|Stage|App)$)/;

/** Every type and member says what it is, every optional prop what happens without it, every construct how it is used. */
export function docs(assembly: Assembly): string[] {
  return typesOf(assembly).flatMap((type) => [
    ...(type.docs?.summary ? [] : [`${spelled(type)} must have a summary`]),
    ...membersOf(type)
      .filter((member) => !isSummarized(assembly, member))
      .map((member) => `${spelled(type, member)} must have a summary`),
    ...(type.datatype ? (type.properties ?? []) : []).flatMap((prop) => defaultViolations(type, prop)),
    ...(isConstruct(assembly, type) && !type.docs?.example ? [`${spelled(type)} must have an @example`] : []),
  ]);
}

function defaultViolations(struct: ApiType, prop: Property): string[] {
  if (!prop.optional) {
    return [];
  }
  const text = prop.docs?.default ?? '';
  const name = spelled(struct, prop);
  if (SAYS_NOTHING.test(text)) {
    return [`${name} must have a @default that is a value or "- what happens", got: '${text}'`];
  }
  return PROSE_WITHOUT_DASH.test(text)
    ? [`${name} must have a dash before the sentence of its @default, got: '${text}'`]
    : [];
}

/** Whether a member has a summary of its own, or from the type that declared it first. */
function isSummarized(assembly: Assembly, member: Named): boolean {
  if (member.docs?.summary) {
    return true;
  }
  if (member.overrides === undefined) {
    return false;
  }
  const declaring = assembly.types?.[member.overrides];
  if (declaring === undefined) {
    return !member.overrides.startsWith(`${assembly.name}.`);
  }
  const overridden = membersOf(declaring).find(({ name }) => name === member.name);
  return overridden !== undefined && isSummarized(assembly, overridden);
}

function isConstruct(assembly: Assembly, type: ApiType): boolean {
  if (type.kind !== 'class') {
    return false;
  }
  const base = assembly.types?.[type.base ?? ''];
  const [scope, id] = type.initializer?.parameters ?? [];
  const takesScope = /^constructs\.I?Construct$/.test(scope?.type.fqn ?? '') && id?.type.primitive === 'string';
  return takesScope || CONSTRUCT_BASES.test(type.base ?? '') || (base !== undefined && isConstruct(assembly, base));
}
