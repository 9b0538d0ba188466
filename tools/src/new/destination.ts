import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../refusal';
import { TemplateFile } from './templates';

/** Requires a folder that does not exist or holds nothing but a repository of git without files. */
export function requireFree(folder: string): void {
  const [found] = entriesOf(folder).filter((entry) => entry !== '.git');
  if (found !== undefined) {
    fail('new', 'folder', `new or empty, but it holds '${found}'`, folder);
  }
}

function entriesOf(folder: string): string[] {
  try {
    return lstatSync(folder, { throwIfNoEntry: false }) ? readdirSync(folder) : [];
  } catch (error) {
    return fail('new', 'folder', `a folder that can be read (${(error as Error).message})`, folder);
  }
}

/** Writes files below a folder, all or none: what it made before a failure, and nothing else, is removed again. */
export function writeFiles(folder: string, files: readonly TemplateFile[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const { path, text, executable } of files) {
      const file = join(folder, ...path.split('/'));
      makeFolder(dirname(file), undo);
      closeSync(openSync(file, 'wx', executable ? 0o777 : 0o666));
      undo.push(() => unlinkSync(file));
      writeFileSync(file, text);
    }
  } catch (error) {
    undo.reverse().forEach(attempt);
    fail('new', 'folder', `writable (${(error as Error).message})`, folder);
  }
}

function makeFolder(folder: string, undo: (() => void)[]): void {
  if (existsSync(folder)) {
    return;
  }
  makeFolder(dirname(folder), undo);
  mkdirSync(folder);
  undo.push(() => rmdirSync(folder));
}

/** A folder in which somebody else has put a file meanwhile is not removed. */
function attempt(action: () => void): void {
  try {
    action();
  } catch {
    // What cannot be removed stays; the failure that is reported is the one before it.
  }
}
