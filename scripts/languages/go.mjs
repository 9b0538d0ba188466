import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GO_ENV, go, missing } from '../packages/go.mjs';
import { root } from '../packages/staging.mjs';
import { newestDelivered } from './delivered-core.mjs';
import { runApp } from './run-app.mjs';

export { missing };
export const name = 'go';

const CORE = 'github.com/aws/aws-cdk-go/awscdk/v2';

export function core() {
  return newestDelivered(name, delivers);
}

/** Replaces the library by the built module in the app, and completes its list of modules as its user does. */
export function prepare(folder, packages, version) {
  const { moduleName, packageName } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).jsii.targets.go;
  const built = join(packages.outdir, 'go', packageName);
  go(folder, 'mod', 'edit', `-require=${CORE}@v${version}`, `-replace=${moduleName}/${packageName}=${built}`);
  go(folder, 'mod', 'tidy');
}

export function synth(folder, outdir) {
  runApp(folder, outdir, GO_ENV);
}

function delivers(version) {
  const { status } = spawnSync('go', ['mod', 'download', `${CORE}@v${version}`], {
    cwd: tmpdir(),
    env: { ...process.env, ...GO_ENV },
  });
  return status === 0;
}
