import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../refusal';
import { STEERING } from '../terminal';
import { TemplateFile } from './templates';

/** Requires a folder that does not exist or holds nothing but a repository of git without files. */
export function requireFree(folder: string): void {
  if (folder.search(STEERING) >= 0) {
    fail('new', 'folder', 'a path without control characters', folder);
  }
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
    makeFolder(folder, undo);
    const root = realpathSync(folder);
    for (const { path, text, executable } of files) {
      const file = join(root, ...path.split('/'));
      makeFolder(dirname(file), undo);
      requireInPlace(dirname(file));
      const opened = openSync(file, 'wx', executable ? 0o777 : 0o666);
      undo.push(() => unlinkSync(file));
      writeAndClose(opened, text);
    }
  } catch (error) {
    undo.reverse().forEach(attempt);
    fail('new', 'folder', `writable (${(error as Error).message})`, folder);
  }
}

/** A link that somebody else has put below the folder meanwhile would lead files out of it. */
function requireInPlace(folder: string): void {
  if (realpathSync(folder) !== folder) {
    throw new Error(`${folder} leads to ${realpathSync(folder)}`);
  }
}

function writeAndClose(opened: number, text: string): void {
  try {
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
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
