import { spawnSync } from 'node:child_process';

/**
 * Runs a command and returns what it printed; throws with its last lines where it fails, or says what it must do `without`.
 */
export function run(cwd, command, options, { env = {}, input, without } = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, options, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    input,
    maxBuffer: 256 * 1024 * 1024,
    shell: command !== process.execPath && process.platform === 'win32',
  });
  const said = `${stdout ?? ''}\n${stderr ?? ''}`.trim().split('\n');
  const fail = (why, lines) => {
    throw new Error(`${command} ${options.join(' ')}: ${why}\n${lines.join('\n')}`);
  };
  if (status !== 0) {
    fail(error?.message ?? `exit code ${status}`, said.slice(-40));
  }
  const unwanted = without ? said.filter((line) => without.test(line)) : [];
  if (unwanted.length > 0) {
    fail(`must not say ${without}`, unwanted);
  }
  return stdout;
}

/** Whether a command can be started and answers. */
export function answers(command, ...options) {
  return spawnSync(command, options, { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}
