// Opens reports in a real browser: those of the examples, of 500 and 2,000 notebooks, and of an app with hostile names.
//
//   node scripts/check-report.mjs                      all of them
//   node scripts/check-report.mjs --shots <folder>     and leaves pictures of the pages there, and the pages
import './install.mjs';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileWhereStale } from './packages/compiled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const LAYOUTS = ['team', 'environment', 'project'];
const MOST_BYTES = 1_000_000; // for 500 notebooks

compileWhereStale(root);
const { launch } = await import('./browser.mjs');
const { problemsOf } = await import('./report/page-checks.mjs');

const [option, given] = process.argv.slice(2);
const shots = option === '--shots' ? resolve(given ?? 'reports') : undefined;
const work = mkdtempSync(join(tmpdir(), 'ml-infra-report-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
if (shots) {
  mkdirSync(shots, { recursive: true });
}

const problems = [];
const figures = [];
const browser = await launch();
try {
  for (const name of [...LAYOUTS, '500', '2000', 'hostile']) {
    const { file, bytes } = reportOf(name);
    const { problems: found, times } = await problemsOf(browser, file, { shots: shots && join(shots, name) });
    problems.push(...found.map((problem) => `${name}: ${problem}`));
    if (name === '500' && bytes > MOST_BYTES) {
      problems.push(`${name}: ${bytes} bytes are more than ${MOST_BYTES}`);
    }
    figures.push(`${name} ${Math.round(bytes / 1000)} kB in ${times.load.toFixed(0)} ms`);
  }
} finally {
  await browser.close();
}
console.log(problems.join('\n'));
console.log(`${problems.length === 0 ? 'pass    ' : 'failed  '} reports: ${figures.join(', ')}`);
process.exit(problems.length === 0 ? 0 : 1);

function reportOf(name) {
  const assembly = join(work, name);
  const app = LAYOUTS.includes(name) ? exampleOf(name) : [join(root, 'scripts', 'report', 'app.cjs'), name, assembly];
  node(app, { CDK_OUTDIR: assembly });
  const file = join(shots ?? work, `${name}.html`);
  return JSON.parse(node([join(root, 'tools', 'lib', 'bin.js'), 'report', assembly, '-o', file, '--json']));
}

function exampleOf(layout) {
  const bin = join(root, 'examples', layout, 'typescript', 'bin');
  return ['--require', 'ts-node/register/transpile-only', join(bin, readdirSync(bin)[0])];
}

function node(words, variables = {}) {
  const env = { ...process.env, ...variables };
  return execFileSync(process.execPath, words, { cwd: root, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
}
