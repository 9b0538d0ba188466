import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const isWindows = process.platform === 'win32';
const candidates = isWindows ? [['py', '-3'], ['python']] : [['python3'], ['python']];
const describe = 'import sys, venv, ensurepip; assert sys.version_info >= (3, 9); print(sys.version, sys.executable)';

/**
 * A Python environment of this repository, made once per content of its requirements.
 *
 * @param {string} name what the environment is for
 * @param {string} requirementsFile the packages it holds, each with its version
 * @returns {Promise<string | undefined>} the folder of its commands, or undefined after saying why there is none
 */
export async function pythonEnv(name, requirementsFile) {
  const python = await findPython();
  if (!python) {
    console.log('No Python environment: Python 3.9 or later with venv must be installed.');
    return undefined;
  }
  const folder = join(repository, '.cache', `venv-${name}`);
  const bin = join(folder, isWindows ? 'Scripts' : 'bin');
  const requirements = await readFile(requirementsFile);
  const stamp = createHash('sha256').update(requirements).update(python.version).digest('hex');
  const stampFile = join(folder, 'stamp');
  if (existsSync(stampFile) && (await readFile(stampFile, 'utf8')) === stamp) {
    return bin;
  }

  console.log(`Installing the Python packages of ${name}, once: about a minute.`);
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await run(python.command, [...python.options, '-m', 'venv', folder]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirementsFile];
    await run(join(bin, 'python'), pip, { maxBuffer: 16 * 1024 * 1024 });
    await writeFile(stampFile, stamp);
    return bin;
  } catch (error) {
    const lines = String(error.stderr || error.message)
      .trim()
      .split('\n');
    console.log(`No Python environment: the packages could not be installed (${lines.at(-1)}).`);
    return undefined;
  }
}

async function findPython() {
  for (const [command, ...options] of candidates) {
    try {
      const { stdout } = await run(command, [...options, '-c', describe]);
      return { command, options, version: stdout.trim() };
    } catch {
      // absent, too old, or without venv: the next may do
    }
  }
  return undefined;
}
