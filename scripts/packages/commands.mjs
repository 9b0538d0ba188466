import { spawnSync } from 'node:child_process';

/** Runs a command and returns what it printed; throws with its last lines where it fails. */
export function run(cwd, command, options, { env = {}, input } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input,
    maxBuffer: 256 * 1024 * 1024,
    shell: command !== process.execPath && process.platform === 'win32',
  });
  if (status !== 0) {
    const said = `${stdout ?? ''}\n${stderr ?? ''}`.trim().split('\n').slice(-40).join('\n');
    throw new Error(`${command} ${options.join(' ')}: ${error?.message ?? `exit code ${status}`}\n${said}`);
  }
  return stdout;
}

/** Whether a command can be started and answers. */
export function answers(command, ...options) {
  return spawnSync(command, options, { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}
