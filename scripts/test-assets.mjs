// Checks and tests the scripts under assets/: ruff, shellcheck, bash -n, pytest.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnv } from './python-env.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

const ruff = ['--config', 'test/assets/ruff.toml', 'assets', 'test/assets'];
const shellScripts = readdirSync('assets', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.sh'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

const bin = process.platform === 'linux' ? await pythonEnv('assets', 'test/assets/requirements.txt') : undefined;
if (!bin) {
  console.log('skipped: the scripts under assets/ were not tested; that takes Linux and Python 3.9 or later.');
  process.exit(process.env.CI ? 1 : 0);
}

const workers = String(2 * availableParallelism());
const chosen = process.argv.slice(2);
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  PYTHONDONTWRITEBYTECODE: '1',
  RUFF_CACHE_DIR: '.cache/ruff',
};
const checks = [
  ['ruff', 'check', '--quiet', ...ruff],
  ['ruff', 'format', '--quiet', '--check', ...ruff],
  ['shellcheck', ...shellScripts],
  ...shellScripts.map((script) => ['bash', '-n', script]),
  // Most of these tests wait for servers, so that twice as many can run as there are cores.
  [
    'pytest',
    '--quiet',
    '-p',
    'no:cacheprovider',
    '-n',
    workers,
    '--dist',
    'loadfile',
    '--no-loadscope-reorder',
    'test/assets',
    ...chosen,
  ],
];

const failed = checks.filter(([command, ...options]) => {
  const { status } = spawnSync(command, options, { stdio: 'inherit', env });
  return status !== 0;
});
for (const [command, ...options] of failed) {
  console.log(`failed: ${command} ${options.join(' ')}`);
}
process.exit(failed.length > 0 ? 1 : 0);
