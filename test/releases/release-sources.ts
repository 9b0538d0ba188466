import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative, sep } from 'node:path';
import type { Define } from '../examples/example-apps';

/** What the layouts of a release were written as, to be synthesized by later ones. */
export interface RecordedSources {
  /** The file that exports `LAYOUTS`. */
  readonly entry: string;

  /** Texts by their paths, which have `/` between their parts. */
  readonly files: { readonly [path: string]: string };
}

/** How else files may be meant than by their whole names. */
const ENDINGS = ['', '.ts', '/index.ts'];

/** Other files of ours that a file takes: its imports, and what it reads from beside it. */
const TAKES = /(?:\bfrom|\brequire\(|\bimport\() ?'(\.[^']+)'|\bjoin\(__dirname, '([^']+)'\)/g;

/** A file with all others below a folder that it takes, directly or not. */
export function sourcesOf(root: string, entry: string): RecordedSources {
  const files: { [path: string]: string } = {};
  const take = (path: string) => {
    if (files[path] === undefined) {
      files[path] = readFileSync(join(root, path), 'utf8');
      for (const [, imported, beside] of files[path].matchAll(TAKES)) {
        take(resolved(path, imported ?? `./${beside}`, (each) => isFile(join(root, each))));
      }
    }
  };
  const start = relative(root, entry).split(sep).join('/');
  take(start);
  return { entry: start, files };
}

/**
 * Hands the layouts of recorded sources to a function. They use the library and the core of today. What they read from
 * beside them is there until the function returns.
 */
export function withLayouts<T>(
  { entry, files }: RecordedSources,
  use: (layouts: { readonly [layout: string]: Define }) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(loaded(entry, files, folder, new Map()).LAYOUTS as { [layout: string]: Define });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Exports = { [name: string]: unknown };

/** Runs a file as a module, once. Neither jest nor Node can be asked to: a record holds no files that they could find. */
function loaded(
  path: string,
  files: RecordedSources['files'],
  folder: string,
  modules: Map<string, { exports: Exports }>,
): Exports {
  const known = modules.get(path);
  if (known !== undefined) {
    return known.exports;
  }
  const own = { exports: {} };
  modules.set(path, own);
  const take = (name: string) =>
    name.startsWith('.')
      ? loaded(
          resolved(path, name, (each) => files[each] !== undefined),
          files,
          folder,
          modules,
        )
      : require(name);
  const run = new Function('require', 'module', 'exports', '__dirname', javaScriptOf(files[path], path));
  run(take, own, own.exports, dirname(join(folder, path)));
  return own.exports;
}

function javaScriptOf(text: string, path: string): string {
  if (!path.endsWith('.ts')) {
    return text;
  }
  const { transpileModule, ModuleKind, ScriptTarget } = require('typescript') as typeof import('typescript');
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  return transpileModule(text, { compilerOptions, fileName: path }).outputText;
}

function resolved(from: string, name: string, exists: (path: string) => boolean): string {
  const path = posix.join(posix.dirname(from), name);
  const found = ENDINGS.map((ending) => path + ending).find(exists);
  if (found === undefined) {
    throw new Error(`${from} takes ${name}, which is not there`);
  }
  return found;
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
