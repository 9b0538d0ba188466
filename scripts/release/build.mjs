import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { answers } from '../packages/commands.mjs';
import { claimOutdir, MARKER } from '../packages/outdir.mjs';
import { TARGETS } from '../packages/targets.mjs';
import { notesOf, releasedVersions } from './changelog.mjs';
import { git } from './commits.mjs';
import { filesBelow } from './packages.mjs';
import { softwareBill } from './sbom.mjs';
import { writeChecksums } from './verify.mjs';

/** Downloads of the work tree that a fresh checkout need not repeat; what is built is not among them. */
const DOWNLOADS = ['m2', 'go'];
const REPACK = fileURLToPath(new URL('repack_sdist.py', import.meta.url));

/**
 * Builds the release that HEAD prepared, from a checkout of its own.
 *
 * @param {string} root the repository
 * @param {{ outdir: string, unlessTagged?: boolean }} options `unlessTagged` builds nothing where the version has a tag
 */
export function buildRelease(root, { outdir, unlessTagged = false }) {
  const changelog = git(root, 'show', 'HEAD:CHANGELOG.md');
  const [version] = releasedVersions(changelog);
  if (!version) {
    throw new Error('CHANGELOG.md lists no release: run `npm run release -- prepare` and commit the result');
  }
  const dist = claimOutdir(root, outdir);
  const isTagged = unlessTagged && git(root, 'tag', '--list', `v${version}`) !== '';
  if (!isTagged) {
    empty(dist);
  }
  writeFileSync(join(dist, 'version.txt'), version);
  writeFileSync(join(dist, 'releasetag.txt'), `v${version}`);
  writeFileSync(join(dist, 'changelog.md'), `${notesOf(changelog, version)}\n`);
  if (isTagged) {
    console.log(`Nothing to build: version ${version} has a tag, so it was released.`);
    return { version, built: false };
  }

  const checkout = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    checkOut(root, checkout);
    stamp(checkout, version);
    const seconds = Number(git(root, 'log', '-1', '--format=%ct'));
    buildPackages(checkout, { dist, version, env: reproducible(seconds) });
    const commit = git(root, 'rev-parse', 'HEAD');
    writeJson(join(dist, 'release.json'), { version, commit, ...toolsIn(checkout) });
    writeJson(join(dist, 'sbom.cdx.json'), softwareBill(checkout, { dist, version, commit, seconds }));
  } finally {
    rmSync(checkout, { recursive: true, force: true });
  }
  writeChecksums(dist);
  return { version, built: true };
}

/** Leaves nothing of an earlier build but the mark that the folder is a build's. */
function empty(dist) {
  for (const name of readdirSync(dist).filter((each) => each !== MARKER)) {
    rmSync(join(dist, name), { recursive: true, force: true });
  }
}

function checkOut(root, checkout) {
  git(root, 'clone', '--quiet', '--no-local', '--no-tags', root, checkout);
  git(checkout, 'checkout', '--quiet', '--detach', git(root, 'rev-parse', 'HEAD'));
  mkdirSync(join(checkout, '.cache'));
  for (const name of DOWNLOADS.filter((each) => existsSync(join(root, '.cache', each)))) {
    symlinkSync(join(root, '.cache', name), join(checkout, '.cache', name), 'junction');
  }
}

/** Writes the version where the compiler reads it, so that the assembly and the code have it. */
function stamp(checkout, version) {
  for (const file of ['package.json', join('tools', 'package.json')].map((name) => join(checkout, name))) {
    if (existsSync(file)) {
      writeJson(file, { ...JSON.parse(readFileSync(file, 'utf8')), version });
    }
  }
}

function buildPackages(checkout, { dist, version, env }) {
  run(checkout, process.execPath, ['scripts/install.mjs'], env);
  run(checkout, 'npx', ['projen', 'compile'], env);
  run(checkout, 'npx', ['jest', 'test/shipped.test.ts'], env);
  const required = process.env.CI ? ['--require', TARGETS.join(',')] : [];
  const target = ['--target', TARGETS.join(',')];
  const options = ['--outdir', dist, '--version', version, ...target, ...required];
  run(checkout, process.execPath, ['scripts/packages.mjs', ...options], env);
  if (existsSync(join(checkout, 'tools', 'package.json'))) {
    run(checkout, 'npm', ['pack', '--workspace', 'tools', '--pack-destination', join(dist, 'js')], env);
  }
  for (const folder of readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    rmSync(join(dist, folder.name, '.built-from'), { force: true });
  }
  packDotnet(checkout, dist, env);
  repackSources(checkout, dist, env);
}

/** scripts/packages.mjs writes sources; whoever has an SDK gets the package that is published. */
function packDotnet(checkout, dist, env) {
  if (!answers('dotnet', '--version')) {
    console.log('sources  dotnet: no .NET SDK is installed, so dist/dotnet holds no NuGet package.');
    return;
  }
  rmSync(join(dist, 'dotnet'), { recursive: true, force: true });
  run(checkout, 'npx', ['jsii-pacmak', '--target', 'dotnet', '--outdir', dist], env);
}

/** The one package that no variable makes the same twice. */
function repackSources(checkout, dist, env) {
  const python = process.platform === 'win32' ? 'python' : 'python3';
  for (const file of filesBelow(dist).filter((each) => /^python\/.*\.tar\.gz$/.test(each))) {
    run(checkout, python, [REPACK, join(dist, file), env.SOURCE_DATE_EPOCH], env);
  }
}

/** What has tools write the time of the commit into packages, in place of the time of the day. */
function reproducible(seconds) {
  const time = new Date(seconds * 1000).toISOString().replace('.000', '');
  return {
    SOURCE_DATE_EPOCH: `${seconds}`,
    MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -Dproject.build.outputTimestamp=${time}`.trim(),
    TZ: 'UTC',
  };
}

/** The tools that made the packages; one that is missing made nothing. */
function toolsIn(checkout) {
  const packages = ['jsii', 'jsii-pacmak', 'aws-cdk-lib', 'typescript'];
  const commands = { npm: ['--version'], python3: ['--version'], java: ['-version'], mvn: ['--version'] };
  const versions = [...Object.entries(commands), ['go', ['version']], ['dotnet', ['--version']]].map(
    ([command, options]) => {
      const { status, stdout, stderr } = spawnSync(command, options, { encoding: 'utf8' });
      const [line] = `${stdout ?? ''}${stderr ?? ''}`.split('\n');
      return [command, status === 0 ? stripVTControlCharacters(line).trim() : undefined];
    },
  );
  const installed = packages.map((name) => {
    return [name, JSON.parse(readFileSync(join(checkout, 'node_modules', name, 'package.json'), 'utf8')).version];
  });
  return { node: process.version, ...Object.fromEntries([...versions, ...installed]) };
}

function writeJson(file, content) {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

function run(cwd, command, options, env) {
  console.log(`> ${command === process.execPath ? 'node' : command} ${options.join(' ')}`);
  const { status } = spawnSync(command, options, {
    cwd,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: command !== process.execPath && process.platform === 'win32',
  });
  if (status !== 0) {
    throw new Error(`${command} ${options[0]} failed: the lines above say why`);
  }
}
