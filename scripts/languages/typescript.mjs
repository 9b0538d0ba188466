import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from '../packages/commands.mjs';
import { root } from '../packages/staging.mjs';
import { createApp } from './create-app.mjs';
import { admittedCores } from './delivered-core.mjs';
import { runApp } from './run-app.mjs';

export const name = 'typescript';

const NPM = [
  '--no-package-lock',
  '--no-fund',
  '--no-audit',
  '--loglevel=error',
  '--prefer-offline',
  '--ignore-scripts',
];

export function missing() {
  return undefined;
}

/** The newest core that the library admits. */
export function core() {
  return admittedCores()[0];
}

export function prepare(folder, packages, version) {
  install(folder, readManifest(folder), packages, version);
  run(folder, 'npx', ['tsc', '--noEmit']);
}

/** Types were checked just now, which ts-node would do again. */
export function synth(folder, outdir) {
  runApp(folder, outdir, { TS_NODE_TRANSPILE_ONLY: 'true' });
}

/** Synthesizes by the CLI, which asks the app for more than its command does. */
export function synthByCli(folder, outdir) {
  run(folder, 'npx', ['cdk', 'synth', '--quiet', '--output', outdir], { env: { CDK_DISABLE_CLI_TELEMETRY: 'true' } });
}

/** Synthesizes a layout with another core, which is what an app in a language without the newest is compared with. */
export function synthWithCore(layout, packages, version, outdir) {
  const place = join(root, '.cache', 'languages', `typescript-${version}`);
  const folder = join(place, layout);
  createApp(layout, name, folder);
  const manifest = readManifest(folder);
  rmSync(join(folder, 'package.json'));
  const installed = join(place, '.installed');
  const from = JSON.stringify([manifest.dependencies, manifest.devDependencies, tarballIn(packages), packages.digest]);
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== from) {
    rmSync(join(place, 'node_modules'), { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    install(place, manifest, packages, version);
    writeFileSync(installed, from);
  }
  // Types were checked with the newest core, and scripts/check-peers.mjs does it with the lowest.
  runApp(folder, outdir, { TS_NODE_TRANSPILE_ONLY: 'true' });
}

function install(folder, manifest, packages, version) {
  const dependencies = {
    ...manifest.dependencies,
    'aws-cdk-lib': version,
    'cdk-ml-infra': `file:${tarballIn(packages)}`,
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  run(folder, 'npm', ['install', ...NPM]);
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function tarballIn({ outdir }) {
  const [tarball] = readdirSync(join(outdir, 'js')).filter((file) => file.endsWith('.tgz'));
  return join(outdir, 'js', basename(tarball));
}
