import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

export const TOOLS = join(__dirname, '..');

const SOURCES = join(TOOLS, 'src');
export const BIN = join(TOOLS, 'lib', 'bin.js');
export const VARIABLES = { ...process.env, NO_COLOR: '' };

/** What a process said, and the code with which it ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the compiled `ml-infra` in a folder, without a terminal. */
export function mlInfra(folder: string, words: string[], variables: NodeJS.ProcessEnv = {}): Ended {
  return spawn(process.execPath, [compiled(), ...words], folder, variables);
}

/** Runs `ml-infra` on a real terminal: each time it says the first text of a step, it is answered the second. */
export function onTerminal(
  folder: string,
  words: string[],
  steps: [says: string, answer: string][],
  variables: NodeJS.ProcessEnv = {},
): Ended {
  const driver = join(__dirname, 'on-terminal.py');
  return spawn('python3', [driver, JSON.stringify(steps), process.execPath, compiled(), ...words], folder, variables);
}

/** A folder that is removed when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ml-infra-')));
  folders.push(folder);
  return folder;
}

/** Paths of all files below a folder, with `/`, in the order of the alphabet; without what belongs to git. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/(^|\/)\.git\//.test(path))
    .sort();
}

/** Text of each file below a folder. */
export function textsIn(folder: string): Record<string, string> {
  return Object.fromEntries(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true });
  }
});

function compiled(): string {
  const changed = statSync(BIN, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const stale = filesIn(SOURCES).filter((path) => statSync(join(SOURCES, path)).mtimeMs > changed);
  if (stale.length > 0) {
    throw new Error(`${stale[0]} is newer than its result: run \`npx tsc --project tools/tsconfig.json\` first`);
  }
  return BIN;
}

function spawn(command: string, words: string[], cwd: string, variables: NodeJS.ProcessEnv): Ended {
  const env = { ...VARIABLES, ...variables };
  const { status, stdout, stderr, error } = spawnSync(command, words, { cwd, env, encoding: 'utf8', timeout: 90_000 });
  if (error) {
    throw error;
  }
  return { code: status, stdout, stderr };
}
