// Draws the example of a team in TypeScript with the command of this repository, for README.md.
//
//   node scripts/readme-picture.mjs            renews docs/pictures/team.svg
//   node scripts/readme-picture.mjs --check    fails when it is stale
//
// Takes the compiled library and tools. The region is us-east-1 on every machine, and nothing in the picture depends on
// the day: its date is that of the prices.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ENV = { account: '111122223333', region: 'us-east-1' };

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const picture = path.join('docs', 'pictures', 'team.svg');
const folder = mkdtempSync(path.join(tmpdir(), 'picture-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

synthesize(path.join(folder, 'cdk.out'));
const drawn = draw(path.join(folder, 'cdk.out'), path.join(folder, 'team.svg'));
const current = path.join(root, picture);
if (!process.argv.includes('--check')) {
  draw(path.join(folder, 'cdk.out'), current);
  console.log(`written: ${picture}`);
} else if (!existsSync(current) || readFileSync(current, 'utf8') !== drawn) {
  console.error(`Stale: ${picture}. Run \`node scripts/readme-picture.mjs\` and commit the result.`);
  process.exitCode = 1;
} else {
  console.log(`fresh: ${picture}`);
}

function synthesize(outdir) {
  const require = createRequire(import.meta.url);
  require('./posture/typescript.cjs');
  const { App } = require('aws-cdk-lib');
  const { EXAMPLE_APPS } = require('../test/examples/example-apps.ts');
  const { context } = JSON.parse(readFileSync(path.join(root, 'examples', 'team', 'typescript', 'cdk.json'), 'utf8'));
  const app = new App({ outdir, context });
  EXAMPLE_APPS.team(app, ENV);
  app.synth();
}

function draw(assembly, file) {
  const command = path.join(root, 'tools', 'lib', 'bin.js');
  const { status, stderr, error } = spawnSync(process.execPath, [command, 'diagram', assembly, '-o', file], {
    encoding: 'utf8',
  });
  if (error || status !== 0) {
    console.error(error?.message ?? stderr);
    process.exit(1);
  }
  return readFileSync(file, 'utf8');
}
