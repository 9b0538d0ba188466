import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text of each file by its path below the root of the repository. */
export type SourceTree = ReadonlyMap<string, string>;

export const ROOT = join(__dirname, '..', '..');

/** What git tracks or would track below these folders (everywhere, if none is named), without binaries and links. */
export function repository(...folders: string[]): SourceTree {
  const tree = new Map<string, string>();
  for (const path of listed(folders)) {
    const text = textOf(join(ROOT, path));
    if (text !== undefined) {
      tree.set(path, text);
    }
  }
  return tree;
}

/** A tree that exists only in a test. */
export function planted(files: Record<string, string>): SourceTree {
  return new Map(Object.entries(files));
}

/** The paths and texts of the files that match, in the order of the alphabet. */
export function files(tree: SourceTree, pattern: RegExp): [path: string, text: string][] {
  return [...tree].filter(([path]) => pattern.test(path)).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The paths alone. */
export function paths(tree: SourceTree, pattern: RegExp): string[] {
  return files(tree, pattern).map(([path]) => path);
}

function listed(folders: string[]): string[] {
  // Checkouts in containers often belong to another user, which git refuses without this setting.
  const args = [
    '-c',
    'safe.directory=*',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    ...folders,
  ];
  const output = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(output.split('\0').filter((path) => path !== ''))];
}

function textOf(file: string): string | undefined {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) {
    return undefined;
  }
  const text = readFileSync(file, 'utf8');
  return text.includes('\0') ? undefined : text;
}
