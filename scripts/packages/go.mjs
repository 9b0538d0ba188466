import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';
import { pacmak } from './pacmak.mjs';
import { root } from './staging.mjs';

const GO = { major: 1, minor: 25 }; // of the runtime of jsii
const cache = join(root, '.cache', 'go');

/**
 * Lets Go keep what it downloads and compiles in this work tree, from where it can be deleted like any file. Without
 * data for debuggers the core compiles in a sixth less time and memory.
 */
export const GO_ENV = {
  GOMODCACHE: join(cache, 'mod'),
  GOCACHE: join(cache, 'build'),
  GOFLAGS: `${process.env.GOFLAGS ?? ''} -modcacherw -ldflags=-s -gcflags=all=-dwarf=false`.trim(),
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
};

export function missing() {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...process.env, ...GO_ENV } });
  const [, major, minor] = (/go(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
  const suffices = major > GO.major || (major === GO.major && minor >= GO.minor);
  return suffices ? undefined : `Go ${GO.major}.${GO.minor} or later is not installed`;
}

export function go(folder, ...options) {
  return run(folder, 'go', options, { env: GO_ENV });
}

/** The module, which asks for the lowest version of all that it needs; the check of languages compiles it. */
export function build(staging, outdir) {
  pacmak(staging, 'go', outdir, { codeOnly: true });
  const { packageName } = JSON.parse(readFileSync(join(staging.folder, 'package.json'), 'utf8')).jsii.targets.go;
  const module = join(outdir, 'go', packageName);
  const file = join(module, 'go.mod');
  const lines = readFileSync(file, 'utf8').split('\n');
  // The generator writes what npm happens to install below the core; the core in Go asks for less.
  writeFileSync(file, lines.filter((line) => !line.endsWith('// indirect')).join('\n'));
  go(module, 'mod', 'tidy');
}
