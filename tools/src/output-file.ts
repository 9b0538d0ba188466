import { randomUUID } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fail } from './refusal';
import { STEERING } from './terminal';

/** What a command writes into files. */
export interface Writes {
  readonly command: string;

  /** Such as `a picture`. */
  readonly what: string;

  /**
   * How it begins, or what it is as a whole: only a file that is so, too, is written over. Lines end with a line feed,
   * whatever they end with in the file.
   */
  readonly beginnings: readonly RegExp[];
}

/** No picture and no report is larger. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Requires a file that does not exist, or was written by the command before; so that nothing else is lost. */
export function requireWritable(file: string, writes: Writes): void {
  const { command } = writes;
  if (file.search(STEERING) >= 0) {
    fail(command, 'output', 'a path without control characters', file);
  }
  if (basename(file) === '-') {
    fail(command, 'output', 'a file, since - stands for none here: name one', file);
  }
  const folder = dirname(resolve(file));
  if (!found(command, file, () => statSync(folder, { throwIfNoEntry: false }))?.isDirectory()) {
    fail(command, 'output', `in a folder that exists, and ${folder} does not`, file);
  }
  requireOurs(
    file,
    writes,
    found(command, file, () => lstatSync(file, { throwIfNoEntry: false })),
  );
}

function requireOurs(file: string, { command, what, beginnings }: Writes, found: Stats | undefined): void {
  if (found?.isDirectory()) {
    fail(command, 'output', 'a file, but it is a folder: name a file in it', file);
  }
  if (found && !found.isFile()) {
    fail(command, 'output', 'a plain file, but it is a link or a device: remove it first', file);
  }
  if (found && (found.size > MOST_BYTES || !isOurs(textOf(command, file), beginnings))) {
    fail(command, 'output', `new or ${what} of this command, but it holds something else: remove it first`, file);
  }
}

/** Writes a file as a whole: whoever reads it meanwhile has the one before. */
export function writeWhole(command: string, file: string, text: string): void {
  const beside = join(dirname(resolve(file)), `.ml-infra-${randomUUID()}`);
  try {
    writeFileSync(beside, text, { flag: 'wx' });
    renameSync(beside, file);
  } catch (error) {
    removed(beside);
    fail(command, 'output', `a file that can be written (${(error as Error).message})`, file);
  }
}

/** What there is at a path; what makes no path on this machine is refused. */
function found(command: string, file: string, look: () => Stats | undefined): Stats | undefined {
  try {
    return look();
  } catch (error) {
    return fail(command, 'output', `a path that this machine takes (${(error as Error).message})`, file);
  }
}

/** What keeps a file from being written may keep it from being removed: the first is said. */
function removed(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {}
}

function isOurs(text: string, beginnings: readonly RegExp[]): boolean {
  return text === '' || beginnings.some((beginning) => beginning.test(text));
}

function textOf(command: string, file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
  } catch (error) {
    return fail(command, 'output', `a file that can be read (${(error as Error).message})`, file);
  }
}
