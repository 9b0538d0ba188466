import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type RecordedEnvironment, type RecordedStacks, textOf } from './recorded-template';
import type { RecordedSources } from './release-sources';
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

  /** Account and region by the name of a set, where the stacks are in a known place. */
  readonly environments?: { readonly [name: string]: RecordedEnvironment };

  /** Templates by layout, then by the name of the flags. */
  readonly layouts: { readonly [layout: string]: { readonly [flags: string]: RecordedStacks } };

  /** The API as jsii describes it. */
  readonly assembly: object;

  /** What the layouts are written as. Without it, the layouts of today stand in their place. */
  readonly sources?: RecordedSources;
}

/** The set whose templates are kept as text, for people to read. What is in the others is much the same. */
const READABLE = 'none';

/** The versions that have a record in a folder, the oldest first. */
export function recordedVersions(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return newest(names.filter(isVersion), Number.POSITIVE_INFINITY);
}

/** Writes a record, and removes those that are too old to be compared with. Returns what it removed. */
export function writeRecord(folder: string, record: ReleaseRecord): string[] {
  const { version, core, flags, environments, layouts, assembly, sources } = record;
  const target = join(folder, version);
  if (existsSync(target)) {
    throw new Error(`${target} exists: a release is recorded once; remove the folder to record it anew`);
  }
  const all = newest([...recordedVersions(folder), version], Number.POSITIVE_INFINITY);
  const kept = newest(all, KEPT);
  if (!kept.includes(version)) {
    throw new Error(`${version} is older than what is compared with: ${kept.join(', ')}`);
  }
  const files = new Map<string, string | Buffer>([['assembly.json.gz', zipped(apiOf(assembly))]]);
  if (sources !== undefined) {
    files.set(SOURCES, zipped(sources));
  }
  for (const [layout, byFlags] of Object.entries(indexOf(layouts))) {
    for (const [name, stacks] of Object.entries(byFlags)) {
      for (const stack of typeof stacks === 'string' ? [] : stacks) {
        const text = textOf(layouts[layout][name][stack]);
        files.set(templateFile(layout, name, stack), name === READABLE ? text : gzipSync(text, { level: 9 }));
      }
    }
  }
  const digests = Object.fromEntries([...files].map(([file, content]) => [file, digestOf(content)]));
  const index: Index = { core, layouts: indexOf(layouts), flags, environments, files: digests };
  files.set('record.json', `${JSON.stringify({ ...index, digest: digestOf(JSON.stringify(index)) }, undefined, 1)}\n`);
  for (const [file, content] of files) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    writeFileSync(join(target, file), content);
  }
  // A folder that only has the name of a version is somebody else's.
  const old = all.filter((each) => !kept.includes(each) && isRecord(join(folder, each)));
  for (const each of old) {
    rmSync(join(folder, each), { recursive: true });
  }
  return old;
}

/** Reads a record. What is missing from it is an error, as is what was changed: such a record would find nothing. */
export function readRecord(folder: string, version: string): ReleaseRecord {
  const source = join(folder, version);
  const { digest, ...index } = JSON.parse(readFileSync(join(source, 'record.json'), 'utf8')) as Index & {
    readonly digest: string;
  };
  if (digest !== digestOf(JSON.stringify(index))) {
    throw new Error('record.json was changed after it was written');
  }
  const read = (file: string) => {
    const content = readFileSync(join(source, file));
    if (index.files[file] !== digestOf(content)) {
      throw new Error(`${file} was changed after it was written`);
    }
    return JSON.parse((file.endsWith('.gz') ? gunzipSync(content) : content).toString());
  };
  const stacksOf = (layout: string, name: string): RecordedStacks => {
    const stacks = index.layouts[layout][name];
    return typeof stacks === 'string'
      ? stacksOf(layout, stacks)
      : Object.fromEntries(stacks.map((stack) => [stack, read(templateFile(layout, name, stack))]));
  };
  const layouts = Object.fromEntries(
    Object.entries(index.layouts).map(([layout, byFlags]) => [
      layout,
      Object.fromEntries(Object.keys(byFlags).map((name) => [name, stacksOf(layout, name)])),
    ]),
  );
  const { core, flags, environments } = index;
  const sources = index.files[SOURCES] === undefined ? undefined : read(SOURCES);
  return { version, core, flags, environments, layouts, assembly: read('assembly.json.gz'), sources };
}

const SOURCES = 'sources.json.gz';

/** What `record.json` holds beside a digest of itself. */
interface Index extends Pick<ReleaseRecord, 'core' | 'flags' | 'environments'> {
  readonly layouts: LayoutIndex;

  /** Digests of the other files. */
  readonly files: { readonly [file: string]: string };
}

function templateFile(layout: string, name: string, stack: string): string {
  return `templates/${layout}/${name}/${stack}.json${name === READABLE ? '' : '.gz'}`;
}

function isRecord(folder: string): boolean {
  try {
    const { files } = JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')) as Index;
    return Object.keys(files).every((file) => existsSync(join(folder, file)));
  } catch {
    return false;
  }
}

function zipped(value: unknown): Buffer {
  return gzipSync(JSON.stringify(value), { level: 9 });
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
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
