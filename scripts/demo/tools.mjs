import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, verbose } from './console.mjs';

export const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const LIMIT_MINUTES = 5;
const windows = process.platform === 'win32';
const running = new Set();
process.on('exit', () => running.forEach(kill));

/** The environment without anything that could lead to a real account. */
export function isolatedVariables(additional = {}) {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/i.test(name));
  const direct = [process.env.NO_PROXY ?? process.env.no_proxy, 'localhost'].filter(Boolean).join(',');
  return {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_DISABLE_VERSION_CHECK: 'true',
    NO_PROXY: direct,
    no_proxy: direct,
    ...additional,
  };
}

/** Runs the command of a package that is installed, such as `aws-cdk/bin/cdk`. */
export function runPackage(script, options, settings) {
  return run(process.execPath, [path.join(root, 'node_modules', script), ...options], settings);
}

/** Runs a command in silence and returns what it printed; fails with that if the command fails. */
export function run(command, options, { cwd = root, env = isolatedVariables() } = {}) {
  return new Promise((resolve, reject) => {
    // In a group of its own, so that what it starts in turn ends with it.
    const child = spawn(command, options, { cwd, env, detached: !windows, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let stdout = '';
    let output = '';
    const collect = (stream, sink) =>
      stream.on('data', (data) => {
        output += data;
        sink(data);
        if (verbose) {
          process.stderr.write(data);
        }
      });
    collect(child.stdout, (data) => {
      stdout += data;
    });
    collect(child.stderr, () => {});
    const name = [command === process.execPath ? '' : path.basename(command), ...options.map((o) => path.basename(o))]
      .join(' ')
      .trim();
    const timer = setTimeout(() => {
      output += `\nnot finished after ${LIMIT_MINUTES} minutes`;
      kill(child);
    }, LIMIT_MINUTES * 60_000);
    child.once('error', (error) => finish(() => reject(new Failure(`'${name}' could not start`, error.message))));
    child.once('close', (code) =>
      finish(() => (code === 0 ? resolve(stdout) : reject(new Failure(`'${name}' failed`, output)))),
    );

    function finish(then) {
      clearTimeout(timer);
      running.delete(child);
      then();
    }
  });
}

function kill(child) {
  try {
    process.kill(windows ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
