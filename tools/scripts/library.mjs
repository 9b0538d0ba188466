// The part of the library that the command runs, as a package of its own: without the AWS CDK, which is fifty times as
// large as all else, and which a command that reads files does not need.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'cdk-ml-infra';
const root = fileURLToPath(new URL('../..', import.meta.url));
const tools = join(root, 'tools');

/** Where npm looks for what a package bundles. */
const modules = join(tools, 'node_modules');

/** What code reads while it runs, and what comes with each copy. */
const FILES = ['assets/cost/prices.json', 'LICENSE', 'NOTICE'];
const IMPORTED = /(?:\bfrom |\brequire\(|\bimport\()\s*['"]([^'"]+)['"]/g;

/** Writes the part into the folder of the command, and has the package bundle it. */
export function bundleLibrary() {
  removeLibrary();
  const { version, license, description, repository } = manifestOf(root);
  const target = join(modules, NAME);
  mkdirSync(target, { recursive: true });
  for (const file of [...modulesOfLibrary(), ...FILES.filter((each) => existsSync(join(root, each)))]) {
    cpSync(join(root, file), join(target, file));
  }
  write(target, { name: NAME, version, description, license, repository });
  const manifest = manifestOf(tools);
  write(tools, {
    ...manifest,
    dependencies: { ...manifest.dependencies, [NAME]: version },
    bundleDependencies: [NAME],
  });
}

/** Takes it out again. */
export function removeLibrary() {
  rmSync(join(modules, NAME), { recursive: true, force: true });
  const { bundleDependencies, ...manifest } = manifestOf(tools);
  if (bundleDependencies) {
    const { [NAME]: _, ...dependencies } = manifest.dependencies;
    write(tools, { ...manifest, dependencies: inOrder({ ...dependencies, [NAME]: 'file:..' }) });
  }
}

/** The modules of the library that those of the command need, with their declarations. */
function modulesOfLibrary() {
  const needed = new Set();
  const own = readdirSync(join(tools, 'lib'), { recursive: true })
    .filter((path) => /\.(js|d\.ts)$/.test(path))
    .map((path) => join(tools, 'lib', path));
  for (const file of own) {
    for (const name of importsOf(file).filter((each) => each.startsWith(`${NAME}/`))) {
      add(join(root, name.slice(NAME.length + 1)), /\.d\.ts$/.test(file) ? '.d.ts' : '.js', needed);
    }
  }
  return [...needed].map((file) => relative(root, file)).sort();
}

function add(module, ending, needed) {
  const file = [`${module}${ending}`, join(module, `index${ending}`)].find((each) => existsSync(each));
  if (file === undefined) {
    throw new Error(`${module}${ending} is missing: compile first`);
  }
  if (needed.has(file)) {
    return;
  }
  needed.add(file);
  for (const name of importsOf(file)) {
    if (name.startsWith('.')) {
      add(join(dirname(file), name), ending, needed);
    } else if (ending === '.js' && !/^(node:)?(fs|path)$/.test(name)) {
      throw new Error(`${file} imports ${name}, which the command would have to install`);
    }
  }
}

function importsOf(file) {
  return [...readFileSync(file, 'utf8').matchAll(IMPORTED)].map(([, name]) => name);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function write(folder, manifest) {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

function inOrder(dependencies) {
  return Object.fromEntries(Object.entries(dependencies).sort(([one], [other]) => (one < other ? -1 : 1)));
}
