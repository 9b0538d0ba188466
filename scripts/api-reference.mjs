// Writes the reference of the API in each language: API.md for TypeScript, docs/api for the others. Every example of the
// API, of README.md and of docs is compiled and translated into each language on the way.
//
//   node scripts/api-reference.mjs            renews the files
//   node scripts/api-reference.mjs --check    fails when one of them is not what the compiled library says
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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

// What did not change since is not translated again.
const translated = path.join(root, '.cache', 'examples.tabl.json');
mkdirSync(path.dirname(translated), { recursive: true });
const pages = textPages();
const folder = staging();
run('jsii-rosetta', ['extract', '--strict', '--compile', '--batch', '100', '--cache', translated]);
const languages = Object.keys(FILES).flatMap((language) => ['--language', language]);
run('jsii-docgen', [...languages, '--output', 'API']);
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

/** Texts with examples, in the order in which the compiler reads them as one, and the line at which each begins. */
function textPages() {
  const files = ['README.md', ...readdirSync(path.join(root, 'docs')).map((name) => `docs/${name}`)];
  let line = 0;
  return files
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const page = { file, text: `${readFileSync(path.join(root, file), 'utf8').trimEnd()}\n`, begins: line };
      line += page.text.split('\n').length;
      return page;
    });
}

/** The library beside its peers alone: jsii-docgen would look for assemblies in everything below the repository. */
function staging() {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-'));
  process.on('exit', () => rmSync(folder, { recursive: true }));
  const assembly = JSON.parse(readFileSync(path.join(root, '.jsii'), 'utf8'));
  const readme = { markdown: pages.map(({ text }) => text).join('\n') };
  writeFileSync(path.join(folder, '.jsii'), JSON.stringify({ ...assembly, readme }));
  copyFileSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  const peers = Object.keys(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).peerDependencies);
  mkdirSync(path.join(folder, 'node_modules'));
  for (const part of ['lib', 'rosetta', ...peers.map((peer) => path.join('node_modules', peer))]) {
    symlinkSync(path.join(root, part), path.join(folder, part), 'junction');
  }
  return folder;
}

/** Says where a message about all pages in one belongs. */
function located(message) {
  return message.replace(/cdk-ml-infra-README-L(\d+)\.ts:\d+:\d+/g, (_, line) => {
    const page = pages.findLast(({ begins }) => begins < Number(line));
    return `${page.file}, example in line ${line - page.begins}`;
  });
}

function isFresh(language, file) {
  const current = path.join(root, file);
  return existsSync(current) && readFileSync(current, 'utf8') === readFileSync(generated(language), 'utf8');
}

function generated(language) {
  return path.join(folder, `API.${language}.md`);
}

/** Runs a tool of the repository on the staging folder, and ends with what it said when it fails. */
function run(tool, options) {
  const { bin } = JSON.parse(readFileSync(path.join(root, 'node_modules', tool, 'package.json'), 'utf8'));
  const script = path.join(root, 'node_modules', tool, bin[tool] ?? bin);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...options], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(translated, { force: true }); // it holds what failed, too
    console.error(`${tool} failed:\n${located(stdout + stderr)}`);
    process.exit(1);
  }
}
