// Packs the command `ml-infra`, installs it the way a user does, and requires every app that it writes to be the one that
// the repository writes: `npm pack` drops dotfiles and forgets which files are executable.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newApp, readTemplates } from '../lib/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const examples = join(root, 'examples');
const windows = process.platform === 'win32';
const work = mkdtempSync(join(tmpdir(), 'ml-infra-tools-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

// npm 12 prints an object by package where earlier ones print a list.
const [{ filename, size }] = Object.values(
  JSON.parse(npm(root, 'pack', '--workspace', 'tools', '--pack-destination', work, '--json', '--loglevel=error')),
);
writeFileSync(join(work, 'package.json'), '{ "private": true }\n');
npm(work, 'install', join(work, filename), '--prefer-offline', '--no-fund', '--no-audit', '--loglevel=error');

const left = ['templates.json', 'LICENSE'].filter((file) => readdirSync(join(root, 'tools')).includes(file));
const wrong = left.map((file) => `tools/${file} must be gone after npm pack`);
const templates = readTemplates(examples);
for (const { layout, language } of templates) {
  const [installed, expected] = ['installed', 'expected'].map((by) => join(work, by, `${layout}-${language}`));
  const name = 'sea-otter';
  npm(work, 'exec', '--no', '--', 'ml-infra', 'new', layout, installed, '-l', language, '-n', name, '--no-git');
  newApp({ layout, language, name, folder: expected, templates: examples });
  if (JSON.stringify(contentOf(installed)) !== JSON.stringify(contentOf(expected))) {
    wrong.push(`${layout} in ${language} differs from examples/${layout}/${language}`);
  }
}

console.log(`${filename}: ${(size / 1024).toFixed(0)} kB, ${templates.length} templates`);
if (templates.length === 0 || wrong.length > 0) {
  console.error(wrong.join('\n') || 'no templates');
  process.exit(1);
}

/** Path, text and executable bit of each file below a folder. */
function contentOf(folder) {
  return readdirSync(folder, { recursive: true })
    .sort()
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'utf8'), statSync(join(folder, path)).mode & 0o100]);
}

function npm(cwd, ...words) {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', shell: windows, stdio: ['ignore', 'pipe', 'inherit'] });
}
