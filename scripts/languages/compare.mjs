// Compares what two apps synthesized, and names the first places where they differ.
//
//   node scripts/languages/compare.mjs <expected cdk.out> <actual cdk.out>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST = 20;
const ABSENT = Symbol('absent');

/**
 * What differs between two cloud assemblies, as sentences; CDK's metadata does not count. Hashes of assets do: both apps use
 * one build of the library, so another hash is other contents, such as another list of packages.
 */
export function differencesBetween(expected, actual) {
  const [ours, theirs] = [contentOf(expected), contentOf(actual)];
  if (Object.keys(ours).length === 0) {
    return [`${expected} must hold a template`];
  }
  const found = differences(ours, theirs, '');
  return found.length > MOST ? [...found.slice(0, MOST), `... and ${found.length - MOST} more`] : found;
}

/** Templates by their file, and by stack what the manifest knows beyond them. */
function contentOf(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  const templates = files.map((name) => [name, templateIn(join(folder, name))]);
  return { ...Object.fromEntries(templates), ...stacksIn(folder) };
}

function templateIn(file) {
  const template = read(file);
  for (const resource of Object.values(template.Resources ?? {})) {
    if (resource.Type === 'AWS::CDK::Metadata') {
      resource.Properties = {}; // names the versions of core and runtime
    }
  }
  return template;
}

/** Termination protection, tags and the target of a stack are in no template. */
function stacksIn(folder) {
  const stacks = Object.entries(read(join(folder, 'manifest.json')).artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  return Object.fromEntries(
    stacks.map(
      ([
        id,
        {
          environment,
          dependencies,
          properties: { stackName, terminationProtection, tags },
        },
      ]) => [`stack ${id}`, { environment, dependencies, stackName, terminationProtection, tags }],
    ),
  );
}

function differences(expected, actual, path) {
  if (!isTree(expected) || !isTree(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return text(expected) === text(actual) ? [] : [`${path}: must be ${shown(expected)}, got: ${shown(actual)}`];
  }
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...keys].flatMap((key) =>
    differences(valueAt(expected, key), valueAt(actual, key), path === '' ? key : `${path}.${key}`),
  );
}

function valueAt(tree, key) {
  return Object.hasOwn(tree, key) && tree[key] !== undefined ? tree[key] : ABSENT;
}

function isTree(value) {
  return typeof value === 'object' && value !== null;
}

function text(value) {
  return value === ABSENT ? value : JSON.stringify(value);
}

function shown(value) {
  const all = value === ABSENT ? 'absent' : JSON.stringify(value);
  return all.length > 160 ? `${all.slice(0, 160)}...` : all;
}

function read(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = differencesBetween(...process.argv.slice(2));
  console.log(found.length > 0 ? found.join('\n') : 'equal');
  process.exit(found.length > 0 ? 1 : 0);
}
