import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../packages/staging.mjs';

/** What `cdk synth` sets besides the context of cdk.json. */
const OF_CLI = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
};

/** Synthesizes an app by the command of its own cdk.json, as `cdk synth` does; throws with what it said if it fails. */
export function runApp(folder, outdir, env = {}) {
  rmSync(outdir, { recursive: true, force: true });
  const { app, context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  const { status, stdout, stderr } = spawnSync(app, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...appEnvironment(context, outdir), ...env },
    maxBuffer: 64 * 1024 * 1024,
    shell: true,
  });
  if (status !== 0) {
    throw new Error(`${app}: exit code ${status}\n${`${stdout}\n${stderr}`.trim().split('\n').slice(-40).join('\n')}`);
  }
}

/** The variables that an app is started with, whatever account is logged in here. */
export function appEnvironment(context, outdir) {
  const { CDK_DEFAULT_ACCOUNT, CDK_DEFAULT_REGION, CDK_VALIDATION, ...inherited } = process.env;
  return {
    ...inherited,
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...OF_CLI, ...context }),
    // Runtimes of jsii keep the packages that they unpack by content; not in the home of who runs this.
    JSII_RUNTIME_PACKAGE_CACHE_ROOT: join(root, '.cache', 'jsii'),
  };
}
