// Writes the reference of the API in each language: API.md for TypeScript, docs/api for the others. Every example is
// compiled and translated on the way.
//
//   node scripts/api-reference.mjs            renews the files
//   node scripts/api-reference.mjs --check    fails when one of them is not what the compiled library says
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const FILES = {
  typescript: 'API.md',
  python: 'docs/api/python.md',
  java: 'docs/api/java.md',
  csharp: 'docs/api/csharp.md',
  go: 'docs/api/go.md',
};

run(root, 'jsii-rosetta', ['extract', '--strict', '--compile']);
const folder = staging();
const languages = Object.keys(FILES).flatMap((language) => ['--language', language]);
run(folder, 'jsii-docgen', [...languages, '--output', 'API']);
const stale = Object.entries(FILES).filter(([language, file]) => !isFresh(language, file));
if (!process.argv.includes('--check')) {
  for (const [language, file] of stale) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    copyFileSync(generated(language), path.join(root, file));
    console.log(`renewed: ${file}`);
  }
} else if (stale.length > 0) {
  console.error(`Stale: ${stale.map(([, file]) => file).join(', ')}. Run \`npx projen docgen\` and commit the result.`);
  process.exitCode = 1;
}
rmSync(folder, { recursive: true });

/** The library beside its peers alone: jsii-docgen would look for assemblies in everything below the repository. */
function staging() {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-'));
  for (const file of ['package.json', '.jsii', '.jsii.tabl.json']) {
    copyFileSync(path.join(root, file), path.join(folder, file));
  }
  const { peerDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  mkdirSync(path.join(folder, 'node_modules'));
  for (const peer of Object.keys(peerDependencies)) {
    symlinkSync(path.join(root, 'node_modules', peer), path.join(folder, 'node_modules', peer), 'junction');
  }
  return folder;
}

function isFresh(language, file) {
  const current = path.join(root, file);
  return existsSync(current) && readFileSync(current, 'utf8') === readFileSync(generated(language), 'utf8');
}

function generated(language) {
  return path.join(folder, `API.${language}.md`);
}

/** Runs a tool of the repository, and ends with what it said when it fails. */
function run(cwd, tool, options) {
  const { bin } = JSON.parse(readFileSync(path.join(root, 'node_modules', tool, 'package.json'), 'utf8'));
  const script = path.join(root, 'node_modules', tool, bin[tool] ?? bin);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], { cwd, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${tool} failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
}
