import { lstatSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from './refusal';
import { STEERING } from './terminal';

/** What a command writes into files. */
export interface Writes {
  readonly command: string;

  /** Such as `a picture`. */
  readonly what: string;

  /** How it begins: only a file that does, too, is written over. */
  readonly beginnings: readonly RegExp[];
}

/** Requires a file that does not exist, or was written by the command before; so that nothing else is lost. */
export function requireWritable(file: string, { command, what, beginnings }: Writes): void {
  if (file.search(STEERING) >= 0) {
    fail(command, 'output', 'a path without control characters', file);
  }
  const folder = dirname(resolve(file));
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    fail(command, 'output', `in a folder that exists, and ${folder} does not`, file);
  }
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) {
    fail(command, 'output', 'a file, but it is a folder: name a file in it', file);
  }
  if (found && !found.isFile()) {
    fail(command, 'output', 'a plain file, but it is a link or a device: remove it first', file);
  }
  if (found && !isOurs(readBeginning(command, file), beginnings)) {
    fail(command, 'output', `new or ${what} of this command, but it holds something else: remove it first`, file);
  }
}

/** Writes a file as a whole: whoever reads it meanwhile has the one before. */
export function writeWhole(command: string, file: string, text: string): void {
  const beside = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}`);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    fail(command, 'output', `a file that can be written (${(error as Error).message})`, file);
  }
}

function isOurs(text: string, beginnings: readonly RegExp[]): boolean {
  return text === '' || beginnings.some((beginning) => beginning.test(text));
}

function readBeginning(command: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(0, 200);
  } catch (error) {
    return fail(command, 'output', `a file that can be read (${(error as Error).message})`, file);
  }
}
