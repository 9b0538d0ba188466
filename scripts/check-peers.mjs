// Checks the library as its users install it: packed, beside the lowest and the newest core that package.json admits.
//
//   node scripts/check-peers.mjs                    lowest and newest
//   node scripts/check-peers.mjs 2.260.0 ...        these versions of aws-cdk-lib, whatever package.json admits
//   node scripts/check-peers.mjs --find-lowest      the lowest published version that passes
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packLibrary } from './packages/staging.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cache = join(root, '.cache', 'peers');
const CORE = 'aws-cdk-lib';
const SEARCH_FROM = 240; // minor version below which nothing is looked for
const NPM = ['--no-fund', '--no-audit', '--loglevel=error', '--ignore-scripts'];
const EXAMPLES = ['team', 'environment', 'project'].map((layout) => `examples/${layout}/typescript/lib`);
const SOURCES = ['src', 'assets', ...EXAMPLES, 'test/examples/example-apps.ts', 'test/examples/layouts.ts'];

const { peerDependencies: peers } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const [option] = process.argv.slice(2);
const packed = packCompiled();
const passed =
  option === '--find-lowest'
    ? findLowest()
    : chosenPeers()
        .map(check)
        .every((problem) => !problem);
process.exit(passed ? 0 : 1);

function chosenPeers() {
  const constructs = lowestOf(peers.constructs);
  const versions = process.argv.slice(2);
  if (versions.length > 0) {
    return versions.map((core) => ({ core, constructs, anyCore: true }));
  }
  return [
    { core: lowestOf(peers[CORE]), constructs },
    { core: newestOf(CORE), constructs: newestOf('constructs') },
  ];
}

/** Halves the published versions up to the newest; assumes that what passes in one passes in all later ones. */
function findLowest() {
  const [, major] = lowestOf(peers[CORE]).match(/^(\d+)\./);
  const versions = view(CORE, 'versions').filter((version) => new RegExp(`^${major}\\.\\d+\\.\\d+$`).test(version));
  const constructs = lowestOf(peers.constructs);
  const failsWith = (index) => check({ core: versions[index], constructs, anyCore: true, keep: false });
  let fails = versions.findIndex((version) => Number(version.split('.')[1]) >= SEARCH_FROM) - 1;
  let passes = versions.length - 1;
  if (failsWith(passes)) {
    return false;
  }
  while (passes - fails > 1) {
    const middle = Math.floor((passes + fails) / 2);
    if (failsWith(middle)) {
      fails = middle;
    } else {
      passes = middle;
    }
  }
  console.log(`The lowest ${CORE} is ${versions[passes]}.`);
  return true;
}

/** Returns what is wrong with the library beside some peers, or nothing, and prints it either way. */
function check({ core, constructs, anyCore = false, keep = true }) {
  const start = Date.now();
  const folder = join(cache, `${core}-${constructs}`);
  const problem = install(folder, { core, constructs, anyCore }) ?? compile(folder) ?? synthesize(folder, core);
  const seconds = Math.round((Date.now() - start) / 1000);
  console.log(`${problem ? 'fail' : 'pass'}  ${CORE} ${core}, constructs ${constructs} (${seconds} s)`);
  if (problem) {
    console.log(problem.split('\n').slice(0, 20).join('\n').replace(/^/gm, '      '));
  }
  if (!keep) {
    rmSync(folder, { recursive: true, force: true });
  }
  return problem;
}

function install(folder, { core, constructs, anyCore }) {
  mkdirSync(folder, { recursive: true });
  const dependencies = { [CORE]: core, constructs, 'cdk-ml-infra': `file:../${packed}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }, undefined, 2));
  // `anyCore` looks below what package.json admits, which npm would refuse.
  const force = anyCore ? ['--legacy-peer-deps'] : [];
  return run(folder, 'npm', ['install', '--no-package-lock', '--prefer-offline', ...NPM, ...force]);
}

/** Checks the sources against the types of this core, and the declarations of the package as its users do. */
function compile(folder) {
  for (const path of SOURCES) {
    rmSync(join(folder, path), { recursive: true, force: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8').replace(/^\/\/.*$/gm, ''));
  const config = {
    compilerOptions: {
      ...compilerOptions,
      skipLibCheck: false,
      rootDir: '.',
      outDir: 'build',
      types: ['node'],
      declaration: false,
    },
    include: ['src', 'test', 'examples', 'node_modules/cdk-ml-infra/lib/index.d.ts'],
  };
  rmSync(join(folder, 'build'), { recursive: true, force: true });
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config, undefined, 2));
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return run(folder, process.execPath, [tsc, '--pretty', 'false']);
}

function synthesize(folder, core) {
  const script = `
    const { version } = require('${CORE}/package.json');
    const problems = require('./build/test/examples/layouts').problemsOfLayouts();
    if (version !== '${core}') problems.push('installed is ${CORE} ' + version);
    console.log(problems.join('\\n'));
    process.exit(problems.length > 0 ? 1 : 0);`;
  return run(folder, process.execPath, ['-e', script], { CDK_VALIDATION: 'true' });
}

function packCompiled() {
  const failure = run(root, 'npx', ['projen', 'compile']);
  if (failure) {
    console.error(failure);
    process.exit(1);
  }
  mkdirSync(cache, { recursive: true });
  for (const old of readdirSync(cache).filter((file) => file.endsWith('.tgz'))) {
    rmSync(join(cache, old));
  }
  const { file, digest } = packLibrary(cache);
  // npm keeps what is installed when a file of the same name changes.
  const named = `cdk-ml-infra-${digest.slice(0, 12)}.tgz`;
  renameSync(file, join(cache, named));
  return named;
}

function lowestOf(range) {
  return range.replace(/^\^/, '');
}

function newestOf(name) {
  const [major] = lowestOf(peers[name]).split('.');
  return view(name, 'versions')
    .filter((version) => new RegExp(`^${major}\\.\\d+\\.\\d+$`).test(version))
    .at(-1);
}

function view(name, field) {
  const { stdout } = spawnSync('npm', ['view', name, field, '--json', '--loglevel=error'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return JSON.parse(stdout);
}

/** Runs a command and returns what it printed if it failed. */
function run(cwd, command, options, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    shell: command !== process.execPath && process.platform === 'win32',
  });
  return status === 0 ? undefined : stdout?.trim() || stderr?.trim() || `${command} failed`;
}
