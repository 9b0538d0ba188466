import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';

/** What the compiler writes, of what: the library, and the command that makes new apps. */
const COMPILED = [
  { sources: 'src', results: ['.jsii', 'lib/index.js'] },
  { sources: 'tools/src', results: ['tools/lib/index.js'] },
];

/** Compiles where what is compiled is missing or older than its sources, so that nothing is built or proven of old code. */
export function compileWhereStale(root) {
  const because = staleIn(root);
  if (!because) {
    return;
  }
  console.log(`Compiling the library (npx projen compile), since ${because} ...`);
  run(root, process.execPath, [join('node_modules', 'projen', 'bin', 'projen'), 'compile']);
}

/** Why the library must be compiled, or undefined. */
export function staleIn(root) {
  return COMPILED.filter(({ sources }) => existsSync(join(root, sources)))
    .map((each) => staleness(root, each))
    .find((because) => because !== undefined);
}

function staleness(root, { sources, results }) {
  const missing = results.find((name) => !existsSync(join(root, name)));
  if (missing) {
    return `${missing} is missing`;
  }
  const compiled = Math.min(...results.map((name) => writtenAt(root, name)));
  const newer = readdirSync(join(root, sources), { recursive: true })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(sources, path))
    .find((path) => writtenAt(root, path) > compiled);
  return newer && `${newer} is newer than what is compiled`;
}

function writtenAt(root, name) {
  return statSync(join(root, name)).mtimeMs;
}
