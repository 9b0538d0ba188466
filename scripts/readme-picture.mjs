// Draws the first app of README.md with the command of this repository, for the picture below it.
//
//   node scripts/readme-picture.mjs            renews docs/pictures/team.svg
//   node scripts/readme-picture.mjs --check    fails when it is stale
//
// Takes the sources of the library and the compiled tools. The app names no region, so its prices are those of us-east-1
// on every machine, and nothing in the picture depends on the day: its date is that of the prices.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const picture = path.join('docs', 'pictures', 'team.svg');
// In the repository, where its packages are found.
mkdirSync(path.join(root, '.cache'), { recursive: true });
const folder = mkdtempSync(path.join(root, '.cache', 'picture-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

const assembly = path.join(folder, 'cdk.out');
const file = path.join(folder, 'team.svg');
synthesize(assembly);
run([path.join(root, 'tools', 'lib', 'bin.js'), 'diagram', assembly, '-o', file]);
const drawn = readFileSync(file, 'utf8');
const current = path.join(root, picture);
if (!process.argv.includes('--check')) {
  writeFileSync(current, drawn);
  console.log(`written: ${picture}`);
} else if (!existsSync(current) || readFileSync(current, 'utf8') !== drawn) {
  console.error(`Stale: ${picture}. Run \`node scripts/readme-picture.mjs\` and commit the result.`);
  process.exitCode = 1;
} else {
  console.log(`fresh: ${picture}`);
}

/** Runs the app as the CDK CLI does, with the flags of an app of the examples. */
function synthesize(outdir) {
  const app = path.join(folder, 'app.ts');
  writeFileSync(app, firstApp());
  const { context } = JSON.parse(readFileSync(path.join(root, 'examples', 'team', 'typescript', 'cdk.json'), 'utf8'));
  run(['--require', path.join(root, 'scripts', 'posture', 'typescript.cjs'), app], {
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_DEFAULT_ACCOUNT: undefined,
    CDK_DEFAULT_REGION: undefined,
  });
}

function firstApp() {
  const [, app] = /^```ts\b.*\n([\s\S]*?)^```$/m.exec(readFileSync(path.join(root, 'README.md'), 'utf8')) ?? [];
  return app ?? fail('README.md must have a block of TypeScript, got: none');
}

function run(words, variables = {}) {
  const env = { ...process.env, ...variables };
  const { status, stderr, error } = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
  if (error || status !== 0) {
    fail(error?.message ?? stderr);
  }
}

function fail(problem) {
  console.error(problem);
  process.exit(1);
}
