// The library as it would be released: packed, of a version, beside the lowest peers that package.json admits.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './commands.mjs';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const EXAMPLE = join(root, 'examples', 'team', 'typescript', 'package.json');
const NPM = ['--no-fund', '--no-audit', '--loglevel=error', '--ignore-scripts'];
/** What jsii leaves in each compiled class. */
const RUNTIME_INFORMATION = /(\[JSII_RTTI_SYMBOL_1\] = \{ fqn: "[\w.-]+", version: )"[^"]+"/g;
const library = () => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The version that the examples ask for, which is the one that users of this work tree would get. */
export function exampleVersion() {
  const range = JSON.parse(readFileSync(EXAMPLE, 'utf8')).dependencies['cdk-ml-infra'];
  const [version] = range.match(/\d+\.\d+\.\d+/) ?? [];
  if (version === undefined) {
    throw new Error(`${EXAMPLE}: 'cdk-ml-infra' must be a caret and a whole version, got: ${range}`);
  }
  return version;
}

/** The lowest version of each peer. */
export function lowestPeers() {
  return Object.fromEntries(
    Object.entries(library().peerDependencies).map(([name, range]) => [name, range.replace(/^\^/, '')]),
  );
}

/**
 * Packs the compiled library of the work tree into a folder.
 *
 * @returns {{ file: string, size: number, files: { path: string }[], digest: string }}
 */
export function packLibrary(folder) {
  mkdirSync(folder, { recursive: true });
  return pack(root, folder);
}

/** Translates the examples in the docs, unless that was done since the library was compiled. */
export function translateExamples() {
  const written = (name) => statSync(join(root, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (written('.jsii.tabl.json') < written('.jsii')) {
    const translated = join(root, '.cache', 'examples.tabl.json'); // by scripts/api-reference.mjs
    const known = existsSync(translated) ? ['--cache-from', translated] : [];
    run(root, 'npx', ['jsii-rosetta', 'extract', '--strict', '--compile', '--batch', '100', ...known]);
  }
}

/**
 * Lays a packed library out for jsii-pacmak.
 *
 * @param {{ file: string }} packed
 * @returns {{ folder: string, tarball: string, tablet: string, version: string, dispose: () => void }} `folder` is the
 *   package, with its peers in a `node_modules` above it; `tarball` the same as npm gets it
 */
export function stage(packed, version) {
  const peers = peersFolder();
  const place = mkdtempSync(join(peers, 'stage-'));
  const folder = join(place, 'package');
  run(place, 'tar', ['-xzf', packed.file]);
  stamp(folder, version);
  const { file } = pack(folder, place);
  const tablet = join(folder, '.jsii.tabl.json');
  return { folder, tarball: file, tablet, version, dispose: () => rmSync(place, { recursive: true, force: true }) };
}

/** Gives a package the version, in all places where a bump before compilation would. */
function stamp(folder, version) {
  const manifest = read(folder, 'package.json');
  const assembly = read(folder, '.jsii');
  if (assembly.version === version && manifest.version === version) {
    return;
  }
  write(folder, 'package.json', { ...manifest, version });
  // The fingerprint only tells generators what is new, and what a tool of jsii edits has this one.
  write(folder, '.jsii', { ...assembly, version, fingerprint: '**********' });
  for (const path of readdirSync(join(folder, 'lib'), { recursive: true }).filter((name) => name.endsWith('.js'))) {
    const file = join(folder, 'lib', path);
    writeFileSync(file, readFileSync(file, 'utf8').replace(RUNTIME_INFORMATION, `$1${JSON.stringify(version)}`));
  }
}

function pack(folder, destination) {
  const text = run(folder, 'npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', destination]);
  // npm 12 prints an object by package where earlier ones print a list.
  const [{ filename, files, size }] = Object.values(JSON.parse(text));
  const file = join(destination, filename);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { file, files, size, digest };
}

/** The folder whose `node_modules` are the lowest peers, so that packages ask their users for no more. */
function peersFolder() {
  const peers = lowestPeers();
  const folder = join(root, '.cache', 'staging', Object.values(peers).join('-'));
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true });
    const fresh = mkdtempSync(`${folder}-`);
    write(fresh, 'package.json', { private: true, dependencies: peers });
    run(fresh, 'npm', ['install', '--no-package-lock', '--prefer-offline', ...NPM]);
    moveUnlessThere(fresh, folder);
  }
  return folder;
}

/** Two builds at a time may both have made it. */
function moveUnlessThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) {
      throw error;
    }
    rmSync(from, { recursive: true });
  }
}

function read(folder, name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

function write(folder, name, content) {
  writeFileSync(join(folder, name), `${JSON.stringify(content, undefined, 2)}\n`);
}
