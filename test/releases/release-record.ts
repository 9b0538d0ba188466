import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type RecordedStacks, textOf } from './recorded-template';
import { isVersion, newest } from './release-version';

/** How many releases have a record: as many as are supported. */
export const KEPT = 3;

/** What a release leaves behind, to compare what comes later with it. */
export interface ReleaseRecord {
  readonly version: string;

  /** Version of the core that the templates were synthesized with. */
  readonly core: string;

  /** Feature flags by the name of their set. Apps keep those that they were created with. */
  readonly flags: { readonly [name: string]: { readonly [flag: string]: unknown } };

  /** Templates by layout, then by the name of the flags. */
  readonly layouts: { readonly [layout: string]: { readonly [flags: string]: RecordedStacks } };

  /** The API as jsii describes it. */
  readonly assembly: object;
}

/** The versions that have a record in a folder, the oldest first. */
export function recordedVersions(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return newest(names.filter(isVersion), Number.POSITIVE_INFINITY);
}

/** Writes a record, and removes those that are too old to be compared with. Returns what it removed. */
export function writeRecord(folder: string, record: ReleaseRecord): string[] {
  const { version, core, flags, layouts, assembly } = record;
  const files = new Map<string, string | Buffer>([
    ['record.json', `${JSON.stringify({ core, layouts: indexOf(layouts), flags }, undefined, 1)}\n`],
    ['assembly.json.gz', gzipSync(JSON.stringify(apiOf(assembly)), { level: 9 })],
  ]);
  for (const [layout, byFlags] of Object.entries(indexOf(layouts))) {
    for (const [name, stacks] of Object.entries(byFlags)) {
      for (const stack of typeof stacks === 'string' ? [] : stacks) {
        files.set(join('templates', layout, name, `${stack}.json`), textOf(layouts[layout][name][stack]));
      }
    }
  }
  const target = join(folder, version);
  if (existsSync(target)) {
    throw new Error(`${target} exists: a release is recorded once; remove the folder to record it anew`);
  }
  for (const [file, content] of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), content);
  }
  const all = recordedVersions(folder);
  const old = all.filter((each) => !newest(all, KEPT).includes(each));
  for (const each of old) {
    rmSync(join(folder, each), { recursive: true });
  }
  return old;
}

/** Reads a record. What is missing from it is an error: a record that lost a file would find nothing. */
export function readRecord(folder: string, version: string): ReleaseRecord {
  const source = join(folder, version);
  const read = (...parts: string[]) => JSON.parse(readFileSync(join(source, ...parts), 'utf8'));
  const {
    core,
    flags,
    layouts: index,
  } = read('record.json') as Pick<ReleaseRecord, 'core' | 'flags'> & {
    readonly layouts: LayoutIndex;
  };
  const stacksOf = (layout: string, name: string): RecordedStacks => {
    const stacks = index[layout][name];
    return typeof stacks === 'string'
      ? stacksOf(layout, stacks)
      : Object.fromEntries(stacks.map((stack) => [stack, read('templates', layout, name, `${stack}.json`)]));
  };
  const layouts = Object.fromEntries(
    Object.entries(index).map(([layout, byFlags]) => [
      layout,
      Object.fromEntries(Object.keys(byFlags).map((name) => [name, stacksOf(layout, name)])),
    ]),
  );
  const assembly = JSON.parse(gunzipSync(readFileSync(join(source, 'assembly.json.gz'))).toString());
  return { version, core, flags, layouts, assembly };
}

/** The names of the stacks by layout and flags; or the name of other flags, under which the templates are the same. */
type LayoutIndex = { [layout: string]: { [flags: string]: string[] | string } };

function indexOf(layouts: ReleaseRecord['layouts']): LayoutIndex {
  return Object.fromEntries(
    Object.entries(layouts).map(([layout, byFlags]) => {
      const sets = Object.entries(byFlags);
      const index = sets.map(([name, stacks]): [string, string[] | string] => {
        const [same] = sets.find(([, others]) => isDeepStrictEqual(others, stacks)) ?? [name];
        return [name, same === name ? Object.keys(stacks) : same];
      });
      return [layout, Object.fromEntries(index)];
    }),
  );
}

/** An assembly without prose and places, which are most of it and which no comparison reads. */
// biome-ignore lint/suspicious/noExplicitAny: any JSON
function apiOf(node: any): any {
  if (Array.isArray(node)) {
    return node.map(apiOf);
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  const { locationInModule, symbolId, readme, dependencyClosure, metadata, docs, ...rest } = node;
  const api = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, apiOf(value)]));
  const { stability, deprecated } = docs ?? {};
  return stability || deprecated ? { ...api, docs: { stability, deprecated } } : api;
}
