// What is checked once the library is compiled and does not depend on each other: types of tests and examples, the
// examples in texts with the reference of the API. Each takes half a minute of one core.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const checks = ['npx tsc --project tsconfig.dev.json', 'node scripts/api-reference.mjs --check'];

const failed = await Promise.all(checks.map(run));
process.exit(failed.includes(true) ? 1 : 0);

/** Runs a command and shows what it says at its end, so that several do not talk at once. */
function run(command) {
  return new Promise((done) => {
    const child = spawn(command, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.on('close', (code) => {
      process.stdout.write(`${code === 0 ? 'passed' : 'failed'}: ${command}\n${output}`);
      done(code !== 0);
    });
  });
}
