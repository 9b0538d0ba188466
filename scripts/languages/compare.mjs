// Compares what two apps synthesized, and names the first places where they differ.
//
//   node scripts/languages/compare.mjs <expected cdk.out> <actual cdk.out>
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const MOST = 20;
const ANNOTATIONS = ['aws:cdk:error', 'aws:cdk:warning', 'aws:cdk:info'];
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
  const found = [...differences(ours, theirs, ''), ...differencesOfAssets(expected, actual)];
  return found.length > MOST ? [...found.slice(0, MOST), `... and ${found.length - MOST} more`] : found;
}

/** Templates by their file, facts by their construct, and by stack what the manifest knows beyond them; also of the assemblies of stages within. */
function contentOf(folder, within = '') {
  const files = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  const templates = files.map((name) => [`${within}${name}`, templateIn(join(folder, name))]);
  const artifacts = Object.entries(read(join(folder, 'manifest.json')).artifacts ?? {});
  const nested = artifacts
    .filter(([, { type }]) => type === 'cdk:cloud-assembly')
    .map(([, { properties }]) => properties.directoryName)
    .map((name) => contentOf(join(folder, name), `${within}${name}/`));
  const own = [Object.fromEntries(templates), factsIn(folder), stacksIn(folder, artifacts, within)];
  return Object.assign({}, ...own, ...nested);
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

/** What the library tells of its constructs; it stands at the top of an assembly alone. */
function factsIn(folder) {
  const file = join(folder, 'ml-infra.json');
  return existsSync(file)
    ? Object.fromEntries(read(file).constructs.map((facts) => [`facts of ${facts.path}`, facts]))
    : {};
}

/** Protection, tags, target, parameters and what was said of a stack are in no template. */
function stacksIn(folder, artifacts, within) {
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  return Object.fromEntries(
    stacks.map(([id, artifact]) => {
      const { environment, dependencies, properties } = artifact;
      const { stackName, terminationProtection, tags, parameters, notificationArns } = properties;
      const known = { stackName, terminationProtection, tags, parameters, notificationArns };
      return [`stack ${within}${id}`, { environment, dependencies, ...known, said: annotationsOf(folder, artifact) }];
    }),
  );
}

/** Errors, warnings and hints by construct; where in the code they come from differs between languages. */
function annotationsOf(folder, { metadata, additionalMetadataFile }) {
  const further = additionalMetadataFile ? read(join(folder, additionalMetadataFile)) : {};
  const entries = [...Object.entries(metadata ?? {}), ...Object.entries(further)].map(([path, all]) => [
    path,
    all.filter(({ type }) => ANNOTATIONS.includes(type)).map(({ type, data }) => `${type}: ${data}`),
  ]);
  return Object.fromEntries(entries.filter(([, said]) => said.length > 0));
}

/** Assets of one name and other contents, which is possible where an app gives the hash. */
function differencesOfAssets(expected, actual) {
  const [ours, theirs] = [assetsIn(expected), assetsIn(actual)];
  return [...ours]
    .filter(([name]) => theirs.has(name))
    .filter(([name, file]) => digestOf(file) !== digestOf(theirs.get(name)))
    .map(([name]) => `${name}: must hold the same in both`);
}

function assetsIn(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const assets = entries.filter(
    ({ name, parentPath, path }) => name.startsWith('asset.') && !/[\\/]asset\./.test(parentPath ?? path),
  );
  return new Map(
    assets
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((file) => [relative(folder, file).split(sep).join('/'), file]),
  );
}

/** Of a file, or of all files of a folder with their paths. */
function digestOf(place) {
  const hash = createHash('sha256');
  const files = statSync(place).isDirectory() ? readdirSync(place, { recursive: true }).sort() : [''];
  for (const file of files.filter((name) => statSync(join(place, name)).isFile())) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(place, file)))
      .update('\0');
  }
  return hash.digest('hex');
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
