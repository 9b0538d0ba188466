import { byAge } from './release-version';

/** What breaks code, as BREAKING.md names it, and in words. */
export interface AssemblyBreak {
  readonly name: string;
  readonly detail: string;
  readonly mayComeInMinor?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: an assembly as jsii writes it
type Json = any;

/** What code of each language imports, or what installs it. Other targets say how a package is made. */
const NAMES = [
  'python.distName',
  'python.module',
  'java.package',
  'java.maven.groupId',
  'java.maven.artifactId',
  'dotnet.namespace',
  'dotnet.packageId',
  'go.moduleName',
  'go.packageName',
  'js.npm',
];

/** What breaks code between two assemblies and `jsii-diff` does not look at. */
export function assemblyBreaks(old: Json, now: Json): AssemblyBreak[] {
  const types = Object.values((old.types ?? {}) as { [fqn: string]: Json }).flatMap((type) => {
    const today = now.types?.[type.fqn];
    return today === undefined ? [] : typeBreaks(type, today, old, now);
  });
  return [...targetBreaks(old, now), ...dependencyBreaks(old, now), ...types];
}

function targetBreaks(old: Json, now: Json): AssemblyBreak[] {
  const at = ({ targets }: Json, path: string) => path.split('.').reduce((node, name) => node?.[name], targets);
  return NAMES.filter((path) => at(old, path) !== undefined && at(old, path) !== at(now, path)).map((path) => ({
    name: `targets.${path}`,
    detail: `${path} was ${at(old, path)}, is ${at(now, path) ?? 'gone'}: no import finds it`,
  }));
}

/** A core that users have, and that is no longer enough, or too much. A minor version may ask for it, and no patch. */
function dependencyBreaks(old: Json, now: Json): AssemblyBreak[] {
  return Object.entries((now.dependencies ?? {}) as { [name: string]: string })
    .filter(([name, range]) => {
      const before = old.dependencies?.[name];
      return before === undefined || isNarrower(range, before);
    })
    .map(([name, range]) => ({
      name: `dependencies.${name}`,
      detail: `takes ${range}, took ${old.dependencies?.[name] ?? 'none'}`,
      mayComeInMinor: true,
    }));
}

function isNarrower(range: string, before: string): boolean {
  const [[kind, lowest], [oldKind, oldLowest]] = [range, before].map((each) => {
    const [, operator, version] = each.match(/^(\D*)(\d+\.\d+\.\d+)$/) ?? [];
    return [operator, version];
  });
  if (lowest === undefined || oldLowest === undefined) {
    return range !== before;
  }
  const isWider = kind === oldKind || kind === '>=';
  return byAge(lowest, oldLowest) > 0 || !isWider || (kind !== '>=' && isOtherMajor(lowest, oldLowest));
}

function isOtherMajor(one: string, other: string): boolean {
  return one.split('.')[0] !== other.split('.')[0];
}

function typeBreaks(old: Json, now: Json, oldAssembly: Json, nowAssembly: Json): AssemblyBreak[] {
  return [
    ...constructorBreaks(old, now),
    ...variadicBreaks(old, now),
    ...constantBreaks(old, now),
    ...abstractBreaks(old, now, oldAssembly, nowAssembly),
  ].map(([member, detail]) => ({ name: `${old.fqn}.${member}`, detail }));
}

type Member = [member: string, detail: string];

function constructorBreaks({ initializer: old }: Json, { initializer: now }: Json): Member[] {
  if (old === undefined || old.protected) {
    return [];
  }
  return now === undefined || now.protected
    ? [['constructor', `the constructor is ${now === undefined ? 'gone' : 'protected'}: nobody can write 'new'`]]
    : [];
}

function variadicBreaks(old: Json, now: Json): Member[] {
  const callables = ({ initializer, methods = [] }: Json): [name: string, callable: Json][] => [
    ...(initializer === undefined ? [] : [['constructor', initializer] as [string, Json]]),
    ...methods.map((method: Json): [string, Json] => [method.name, method]),
  ];
  const today = new Map(callables(now));
  const isVariadic = ({ parameters = [] }: Json) => parameters.some(({ variadic }: Json) => variadic);
  return callables(old)
    .filter(([name, callable]) => today.has(name) && isVariadic(callable) !== isVariadic(today.get(name)))
    .map(([name, callable]) => [
      name,
      isVariadic(callable) ? 'takes one argument where it took any number' : 'takes any number where it took a list',
    ]);
}

/** Languages write a constant as a field, and what is none as a method or a property. */
function constantBreaks(old: Json, now: Json): Member[] {
  const constants = ({ properties = [] }: Json) => properties.filter((each: Json) => each.const);
  return constants(old)
    .filter(({ name }: Json) =>
      (now.properties ?? []).some((each: Json) => each.name === name && each.static && !each.const),
    )
    .map(({ name }: Json): Member => [name, 'is a constant no longer']);
}

/** Who implements an interface, or extends an abstract class, lacks the member. Structs are compared by jsii-diff. */
function abstractBreaks(old: Json, now: Json, oldAssembly: Json, nowAssembly: Json): Member[] {
  const isImplemented = (old.kind === 'interface' && !old.datatype) || (old.kind === 'class' && old.abstract);
  if (!isImplemented) {
    return [];
  }
  const known = new Set(membersOf(old, oldAssembly).map(({ name }) => name));
  return membersOf(now, nowAssembly)
    .filter(({ name, abstract, optional }) => abstract && !optional && !known.has(name))
    .map(({ name }): Member => [name, 'is new, and whatever implements it lacks it']);
}

/** The members of a type, also of what it stands on in the same assembly. */
function membersOf(type: Json, assembly: Json): Json[] {
  const bases = [...(type.interfaces ?? []), type.base].map((fqn) => assembly.types?.[fqn]);
  return [
    ...(type.properties ?? []),
    ...(type.methods ?? []),
    ...bases.filter((base) => base !== undefined).flatMap((base) => membersOf(base, assembly)),
  ];
}
