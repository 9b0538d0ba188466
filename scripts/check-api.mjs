// Fails when API.md is not what the compiled library says; `npx projen docgen` renews it.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(path.join(tmpdir(), 'api-'));
const fresh = path.join(folder, 'API.md');
const { status } = spawnSync('npx', ['jsii-docgen', '-o', fresh], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const same = status === 0 && readFileSync(fresh, 'utf8') === readFileSync(path.join(root, 'API.md'), 'utf8');
rmSync(folder, { recursive: true });
if (!same) {
  console.error('API.md is stale: run `npx projen docgen` and commit the result');
  process.exit(1);
}
