// Installs what is missing, so that `npm test` and `npm run demo` work as the first command of a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const modules = path.join(root, 'node_modules');
const stamp = path.join(modules, '.installed-from');
const lock = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  console.log('Installing dependencies (npm ci) ...');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: the lines above say why');
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, lock);
}

// Examples import the library by its name, as their users do.
const self = path.join(modules, 'cdk-ml-infra');
if (!lstatSync(self, { throwIfNoEntry: false })) {
  symlinkSync(root, self, 'junction');
} else if (!existsSync(self)) {
  rmSync(self);
  symlinkSync(root, self, 'junction');
}
