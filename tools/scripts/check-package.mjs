// Packs the command `ml-infra` and the library, and installs them the way a user does. Every app that the command writes
// must be the one that the repository writes: `npm pack` drops dotfiles and forgets which files are executable. What it
// says that an app costs must be what the library says.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newApp, readTemplates } from '../lib/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = join(root, 'examples');
const windows = process.platform === 'win32';

/** What the command may take of a disk: AWS's clients are the most of it. The AWS CDK would be five times as much. */
const MOST_MEGABYTES = 45;

const APP = `
const { App, Duration, Stack } = require('aws-cdk-lib');
const { MlCostEstimate, MlNotebook, MlSharedInfra, MlUsage, NotebookLifecycle } = require('cdk-ml-infra');
const app = new App({ outdir: 'cdk.out' });
const stack = new Stack(app, 'Lab', { env: { account: '111122223333', region: 'eu-central-1' } });
const shared = new MlSharedInfra(stack, 'Shared');
const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
const ada = new MlNotebook(stack, 'ada', { shared, lifecycle, owner: 'ada' });
MlUsage.set(ada, { notebookHours: 160 });
MlUsage.set(shared, { vpcEndpointGb: 400 });
app.synth();
console.log(JSON.stringify({ monthlyTotal: MlCostEstimate.of(app).monthlyTotal }));
`;

const work = mkdtempSync(join(tmpdir(), 'ml-infra-tools-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const tools = packed('--workspace', 'tools');
const alone = installed('alone', [tools.file]);
const left = ['templates.json', 'LICENSE', 'node_modules'].filter((file) =>
  readdirSync(join(root, 'tools')).includes(file),
);
const wrong = left
  .filter((file) => file !== 'node_modules' || readdirSync(join(root, 'tools', file)).includes('cdk-ml-infra'))
  .map((file) => `tools/${file} must be gone after npm pack`);
if (readFileSync(join(root, 'tools', 'package.json'), 'utf8').includes('bundleDependencies')) {
  wrong.push('tools/package.json must be what it was before npm pack');
}
const megabytes = sizeOf(join(alone, 'node_modules')) / 2 ** 20;
if (megabytes > MOST_MEGABYTES) {
  wrong.push(`ml-infra takes ${megabytes.toFixed(0)} MB with all that it needs, at most ${MOST_MEGABYTES}`);
}
const templates = readTemplates(examples);
for (const { layout, language } of templates) {
  const [written, expected] = ['written', 'expected'].map((by) => join(work, by, `${layout}-${language}`));
  const name = 'sea-otter';
  mlInfra(alone, 'new', layout, written, '-l', language, '-n', name, '--no-git');
  newApp({ layout, language, name, folder: expected, templates: examples });
  if (JSON.stringify(contentOf(written)) !== JSON.stringify(contentOf(expected))) {
    wrong.push(`${layout} in ${language} differs from examples/${layout}/${language}`);
  }
}
wrong.push(...problemsOfCosts());

console.log(`${tools.name}: ${(tools.size / 1024).toFixed(0)} kB, ${megabytes.toFixed(0)} MB installed`);
console.log(`${templates.length} templates`);
if (templates.length === 0 || wrong.length > 0) {
  console.error(wrong.join('\n') || 'no templates');
  process.exit(1);
}

/** An app with both packages, and what each says that it costs; the command alone must say the same. */
function problemsOfCosts() {
  const { 'aws-cdk-lib': core, constructs } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ).devDependencies;
  const library = packed('--workspaces=false');
  const both = installed('both', [library.file, tools.file, `aws-cdk-lib@${core}`, `constructs@${constructs}`]);
  writeFileSync(join(both, 'app.js'), APP);
  const expected = JSON.parse(execFileSync(process.execPath, ['app.js'], { cwd: both, encoding: 'utf8' }));
  const said = [both, alone].map((folder) => mlInfra(folder, 'cost', join(both, 'cdk.out'), '--json'));
  const problems = said
    .map((each) => JSON.parse(each).monthlyTotal)
    .filter((total) => Math.abs(total - expected.monthlyTotal) > 0.01)
    .map((total) => `ml-infra says ${total} USD a month where the library says ${expected.monthlyTotal}`);
  console.log(`An app costs ${expected.monthlyTotal.toFixed(2)} USD a month by the library and by the command`);
  return expected.monthlyTotal > 50 ? problems : [...problems, `an app costs ${expected.monthlyTotal} USD a month`];
}

function packed(...options) {
  const words = ['pack', ...options, '--pack-destination', work, '--json', '--loglevel=error'];
  // npm 12 prints an object by package where earlier ones print a list.
  const [{ filename, size }] = Object.values(JSON.parse(npm(root, ...words)));
  return { name: filename, file: join(work, filename), size };
}

function installed(name, packages) {
  const folder = join(work, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  npm(folder, 'install', ...packages, '--prefer-offline', '--no-fund', '--no-audit', '--loglevel=error');
  return folder;
}

function mlInfra(folder, ...words) {
  return npm(folder, 'exec', '--no', '--', 'ml-infra', ...words);
}

/** Path, text and executable bit of each file below a folder. */
function contentOf(folder) {
  return filesBelow(folder).map((path) => [
    path,
    readFileSync(join(folder, path), 'utf8'),
    statSync(join(folder, path)).mode & 0o100,
  ]);
}

function sizeOf(folder) {
  return filesBelow(folder).reduce((total, path) => total + statSync(join(folder, path)).size, 0);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .filter((path) => statSync(join(folder, path)).isFile());
}

function npm(cwd, ...words) {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', shell: windows, stdio: ['ignore', 'pipe', 'inherit'] });
}
