import { assemblyBreaks } from './assembly-breaks';

type Json = { [key: string]: unknown };

const TARGETS = {
  python: { distName: 'a-b', module: 'a_b' },
  java: { package: 'x.ab', maven: { groupId: 'x', artifactId: 'ab' } },
  dotnet: { namespace: 'Ab', packageId: 'Ab', iconUrl: 'https://example.com' },
  go: { moduleName: 'example.com/ab', packageName: 'ab' },
  js: { npm: 'ab' },
};

const method = (name: string, parameters: Json[] = [], more: Json = {}) => ({ name, parameters, ...more });
const rest = (variadic: boolean) => ({ name: 'all', ...(variadic && { variadic }), type: { primitive: 'string' } });
const constant = (more: Json) => ({ name: 'ONE', immutable: true, static: true, ...more });

const thing = (more: Json): Json => ({ types: { 'a.Thing': { fqn: 'a.Thing', kind: 'class', ...more } } });
const face = (more: Json): Json => ({ types: { 'a.IThing': { fqn: 'a.IThing', kind: 'interface', ...more } } });
const derived = (base: Json): Json => ({
  types: {
    'a.IBase': { fqn: 'a.IBase', kind: 'interface', datatype: true, ...base },
    'a.IThing': { fqn: 'a.IThing', kind: 'interface', interfaces: ['a.IBase', 'constructs.IConstruct'] },
  },
});
const STRUCT = face({ datatype: true });
const on = (core: string): Json => ({ dependencies: { core } });
const names = (before: Json, after: Json) => assemblyBreaks(before, after).map(({ name }) => name);

test.each<[string, object]>([
  ['python.module', { python: { distName: 'a-b', module: 'other' } }],
  ['python.distName', { python: { distName: 'other', module: 'a_b' } }],
  ['java.package', { java: { ...TARGETS.java, package: 'y.ab' } }],
  ['java.maven.groupId', { java: { ...TARGETS.java, maven: { groupId: 'y', artifactId: 'ab' } } }],
  ['java.maven.artifactId', { java: { ...TARGETS.java, maven: { groupId: 'x', artifactId: 'b' } } }],
  ['dotnet.namespace', { dotnet: { ...TARGETS.dotnet, namespace: 'B' } }],
  ['dotnet.packageId', { dotnet: { ...TARGETS.dotnet, packageId: 'B' } }],
  ['go.moduleName', { go: { ...TARGETS.go, moduleName: 'example.com/b' } }],
  ['go.packageName', { go: { moduleName: 'example.com/ab' } }],
  ['js.npm', { js: {} }],
])('another %s breaks each import', (path, changed) => {
  expect(names({ targets: TARGETS }, { targets: { ...TARGETS, ...changed } })).toEqual([`targets.${path}`]);
});

test('a language that comes, or another icon, breaks nothing', () => {
  const { go, ...others } = TARGETS;

  expect(names({ targets: others }, { targets: { ...TARGETS, dotnet: { ...TARGETS.dotnet, iconUrl: 'b' } } })).toEqual(
    [],
  );
});

test.each<[string, string | undefined, string]>([
  ['a higher lowest version', '^2.269.0', '^2.270.0'],
  ['a higher one, counted by numbers', '^2.99.0', '^2.100.0'],
  ['another major version', '^2.269.0', '^3.0.0'],
  ['a major version before', '^2.269.0', '^1.0.0'],
  ['only one version', '^2.269.0', '2.269.0'],
  ['only patches', '^2.269.0', '~2.269.0'],
  ['what nobody can compare', '^2.269.0', '^2.269.0 || ^3.0.0-rc'],
  ['something that it did not need', undefined, '^2.0.0'],
])('a core asked for as %s breaks apps, and may come in a minor version', (_, before, after) => {
  const found = assemblyBreaks(before === undefined ? {} : on(before), on(after));

  expect(found).toEqual([expect.objectContaining({ name: 'dependencies.core', mayComeInMinor: true })]);
});

test.each([
  ['^2.269.0', '^2.269.0'],
  ['^2.269.0', '^2.260.0'],
  ['^2.269.0', '>=2.269.0'],
])('a core asked for as %s may be asked for as %s', (before, after) => {
  expect(names(on(before), on(after))).toEqual([]);
});

test.each<[string, string, Json, Json]>([
  ['a constructor that is gone', 'a.Thing.constructor', thing({ initializer: {} }), thing({})],
  [
    'a constructor that is protected',
    'a.Thing.constructor',
    thing({ initializer: {} }),
    thing({ initializer: { protected: true } }),
  ],
  [
    'a method that takes one argument instead of many',
    'a.Thing.add',
    thing({ methods: [method('add', [rest(true)], { variadic: true })] }),
    thing({ methods: [method('add', [rest(false)])] }),
  ],
  [
    'a method that takes many arguments instead of a list',
    'a.Thing.add',
    thing({ methods: [method('add', [rest(false)])] }),
    thing({ methods: [method('add', [rest(true)], { variadic: true })] }),
  ],
  [
    'a constructor that takes one argument instead of many',
    'a.Thing.constructor',
    thing({ initializer: { parameters: [rest(true)] } }),
    thing({ initializer: { parameters: [rest(false)] } }),
  ],
  [
    'a constant that is none',
    'a.Thing.ONE',
    thing({ properties: [constant({ const: true })] }),
    thing({ properties: [constant({})] }),
  ],
  [
    'a new method of an interface',
    'a.IThing.open',
    face({}),
    face({ methods: [method('open', [], { abstract: true })] }),
  ],
  [
    'a new property of an interface',
    'a.IThing.size',
    face({}),
    face({ properties: [{ name: 'size', abstract: true }] }),
  ],
  [
    'a new member of what an interface stands on',
    'a.IThing.size',
    derived({}),
    derived({ properties: [{ name: 'size', abstract: true }] }),
  ],
  [
    'a new method of an abstract class',
    'a.Thing.open',
    thing({ abstract: true }),
    thing({ abstract: true, methods: [method('open', [], { abstract: true })] }),
  ],
])('%s breaks code', (_, name, before, after) => {
  expect(names(before, after)).toEqual([name]);
  expect(names(before, before)).toEqual([]);
});

test.each<[string, Json, Json]>([
  ['a constructor that comes', thing({}), thing({ initializer: {} })],
  ['a constructor that was protected', thing({ initializer: { protected: true } }), thing({})],
  ['a new prop of a struct', STRUCT, face({ datatype: true, properties: [{ name: 'a', abstract: true }] })],
  [
    'a new property that may be left out',
    face({}),
    face({ properties: [{ name: 'a', abstract: true, optional: true }] }),
  ],
  ['a new method of a class', thing({}), thing({ methods: [method('open')] })],
  ['a type that comes', { types: {} }, face({ methods: [method('open', [], { abstract: true })] })],
])('%s breaks nothing here', (_, before, after) => {
  expect(names(before, after)).toEqual([]);
});
