import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes a repository of git in a folder that is not part of one: whether it did. Without git there is none. */
export function initializeGit(folder: string): boolean {
  if (isInsideRepository(folder)) {
    return false;
  }
  return spawnSync('git', ['init', '--quiet'], { cwd: folder, env: ownVariables(), stdio: 'ignore' }).status === 0;
}

function isInsideRepository(folder: string): boolean {
  return existsSync(join(folder, '.git')) || (dirname(folder) !== folder && isInsideRepository(dirname(folder)));
}

/** A hook of git runs with variables that point to its own repository. */
function ownVariables(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
}
