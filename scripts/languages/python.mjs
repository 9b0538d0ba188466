import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { answers, run } from '../packages/commands.mjs';
import { root } from '../packages/staging.mjs';
import { runApp } from './run-app.mjs';

export const name = 'python';

const here = dirname(fileURLToPath(import.meta.url));
const windows = process.platform === 'win32';
const PYTHON = windows ? 'python' : 'python3';
const PIP = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
const WITHOUT_VALIDATION = { CDK_VALIDATION: 'false', PYTHONDONTWRITEBYTECODE: '1' }; // synth() runs with it
const cache = join(root, '.cache', 'languages');

export function missing() {
  return answers(PYTHON, '-c', 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)')
    ? undefined
    : 'Python 3.10 or later with venv is not installed';
}

/** The newest core that PyPI has. */
export function core() {
  const [, version] = /\(([\d.]+)\)/.exec(run(root, PYTHON, [...PIP, 'index', 'versions', 'aws-cdk-lib']));
  return version;
}

/** Installs what the app asks for, checks the whole API as Python sees it, and the types and tests of the app. */
export function prepare(folder, packages, version) {
  const bin = environment(folder, packages, version);
  const python = join(bin, 'python');
  const report = run(root, python, [join(here, 'python', 'check_api.py'), join(root, '.jsii')]);
  checkRenamed(report);
  // Reading the types of the core takes a minute and gigabytes of memory, once for each core.
  run(folder, python, ['-m', 'mypy', '--strict', '--cache-dir', join(cache, `mypy-${version}`), '.']);
  if (existsSync(join(folder, 'tests'))) {
    run(folder, python, ['-m', 'pytest', '--quiet', '-p', 'no:cacheprovider'], { env: WITHOUT_VALIDATION });
  }
}

/** Readers find the names that Python gives to constants in a table. */
function checkRenamed(report) {
  const docs = readFileSync(join(root, 'docs', 'languages.md'), 'utf8');
  const missing = [...report.matchAll(/^renamed (.+) (.+)$/gm)].filter(
    ([, name, renamed]) => !docs.includes(`| \`${name}\` | \`${renamed}\` |`),
  );
  if (missing.length > 0) {
    const rows = missing.map(([, name, renamed]) => `| \`${name}\` | \`${renamed}\` |`);
    throw new Error(`the table of names in docs/languages.md must have\n${rows.join('\n')}`);
  }
}

export function synth(folder, outdir) {
  const bin = readFileSync(`${folder}.bin`, 'utf8');
  runApp(folder, outdir, {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    VIRTUAL_ENV: dirname(bin),
    PYTHONDONTWRITEBYTECODE: '1',
  });
}

/**
 * An environment with what an app and its developers need, made once per content of that and of the wheel.
 *
 * @returns {string} the folder of its commands
 */
export function environment(folder, packages, version) {
  const requirements = ['requirements.txt', 'requirements-dev.txt'].map((file) => join(folder, file));
  const wheel = wheelIn(packages);
  const content = digestOf(requirements.map((file) => readFileSync(file, 'utf8')).join());
  const place = join(cache, `venv-${version}-${content.slice(0, 8)}`);
  const bin = join(place, windows ? 'Scripts' : 'bin');
  const stamp = join(place, 'stamp');
  const from = digestOf(readFileSync(wheel));
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== from) {
    install(place, join(bin, 'python'), { requirements, wheel, version });
    writeFileSync(stamp, from);
  }
  writeFileSync(`${folder}.bin`, bin);
  return bin;
}

/** The user's own requirements; constraints only say which of the versions that these admit. */
function install(place, python, { requirements: [app, development], wheel, version }) {
  const constraints = join(place, 'constraints.txt');
  const pip = (...options) => run(dirname(app), python, [...PIP, ...options]);
  if (!existsSync(python)) {
    mkdirSync(dirname(place), { recursive: true });
    run(root, PYTHON, ['-m', 'venv', place]);
  }
  writeFileSync(constraints, `cdk-ml-infra @ ${pathToFileURL(wheel)}\naws-cdk-lib==${version}\n`);
  pip('uninstall', '--quiet', '--yes', 'cdk-ml-infra');
  pip('install', '--quiet', '-r', app, '-r', development, '-c', constraints);
}

function digestOf(content) {
  return createHash('sha256').update(content).digest('hex');
}

function wheelIn({ outdir }) {
  const folder = join(outdir, 'python');
  return join(
    folder,
    readdirSync(folder).find((file) => file.endsWith('.whl')),
  );
}
