import { isDeepStrictEqual } from 'node:util';
import type { Define } from '../examples/example-apps';
import type { Break, Place } from './break';
import { type RecordedStacks, recordedStacks, stackNames } from './recorded-template';
import type { ReleaseRecord } from './release-record';
import { withLayouts } from './release-sources';
import { termBreaks } from './release-stack';
import { stackBreaks } from './stack-breaks';

/** What defines the stacks of layouts. */
export type Layouts = { readonly [layout: string]: Define };

/** What came of synthesizing a layout as a release recorded it. */
type Again = { readonly stacks: RecordedStacks } | { readonly message: string };

/**
 * Compares a record with what its layouts give now, as they were written then: what is written otherwise today would
 * hide what happens to users, who change nothing but the version. Of today's layouts, all stacks must still be there.
 * Records with the same flags and sources share what is synthesized.
 */
export function layoutBreaks(today: Layouts, sets?: string[]): (record: ReleaseRecord) => Break[] {
  const known = new Map<string, unknown>();
  const once = <T>(key: unknown[], make: () => T): T => {
    const text = JSON.stringify(key);
    const value = known.has(text) ? (known.get(text) as T) : make();
    known.set(text, value);
    return value;
  };

  const compared = (
    { version, flags, environments, layouts, sources }: ReleaseRecord,
    layout: string,
    name: string,
  ) => {
    const place: Place = { release: version, layout, flags: name };
    const [define, set, env] = [today[layout], flags[name], environments?.[name]];
    const current = () => define && once([layout, set, env], () => recordedStacks(define, set, env));
    const again: Again | undefined =
      sources && once([sources, layout, set, env], () => attempt(() => recordedAgain(sources, layout, set, env)));
    const failed: Break[] =
      again === undefined || 'stacks' in again
        ? []
        : [{ verb: 'breaks', what: 'layout', name: layout, place, detail: `as it was written, ${again.message}` }];
    const now = again !== undefined && 'stacks' in again ? again.stacks : current();
    const before = layouts[layout][name];
    // Most commits change no template, and following what may be replaced takes longer than all else.
    return now === undefined || isDeepStrictEqual(before, now)
      ? failed
      : [...failed, ...stackBreaks(before, now, place), ...termBreaks(before, now, place)];
  };

  const gone = ({ version, flags, environments, layouts, sources }: ReleaseRecord, layout: string): Break[] => {
    const define = today[layout];
    if (define === undefined) {
      return [{ verb: 'removes', what: 'layout', name: layout, place: { release: version } }];
    }
    // Names do not depend on flags. Without sources, today's layout is compared as a whole.
    const [[name, before]] = Object.entries(layouts[layout]);
    const [set, env] = [flags[name], environments?.[name]];
    const names = sources && once(['names', layout, set, env], () => stackNames(define, set, env));
    const place = { release: version, layout, flags: name };
    const detail = 'the layout of today does not have it';
    return Object.keys(before)
      .filter((stack) => names?.includes(stack) === false)
      .map((stack): Break => ({ verb: 'removes', what: 'stack', name: stack, place, detail }));
  };

  return (record) =>
    Object.entries(record.layouts).flatMap(([layout, byFlags]) => [
      ...gone(record, layout),
      ...Object.keys(byFlags)
        .filter((name) => sets?.includes(name) ?? true)
        .flatMap((name) => compared(record, layout, name)),
    ]);
}

function recordedAgain(
  sources: NonNullable<ReleaseRecord['sources']>,
  layout: string,
  ...settings: [flags: object, env: Parameters<typeof recordedStacks>[2]]
): RecordedStacks {
  return withLayouts(sources, (layouts) => recordedStacks(layouts[layout], ...settings));
}

function attempt(make: () => RecordedStacks): Again {
  try {
    return { stacks: make() };
  } catch (error) {
    return { message: `it does not synthesize any more: ${(error as Error).message}` };
  }
}
