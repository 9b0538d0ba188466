import { isDeepStrictEqual } from 'node:util';
import { GUARDED_PROPERTIES } from './property-table';
import type { RecordedResource } from './recorded-template';

/** Tags by which rights, schedules and bills know what belongs to whom. */
const OWN_TAGS = 'ml-';

/** What an update in place makes worse of a resource. Parameters and mappings must have been seen through. */
export function worsenedIn(old: RecordedResource, now: RecordedResource): string[] {
  const worse = (GUARDED_PROPERTIES[old.Type] ?? []).filter(({ property, isWorse }) =>
    isWorse(propertyOf(old, property), propertyOf(now, property)),
  );
  return worse.map(({ property, loses }) => {
    const [from, to] = [old, now].map((each) => JSON.stringify(propertyOf(each, property)) ?? 'nothing');
    return `${property} from ${from} to ${to}: ${loses}`;
  });
}

/** Tags of the library that a resource lost, or that say something else: one sentence, or none. */
export function lostTagsOf(old: RecordedResource, now: RecordedResource): string[] {
  const after = tagsOf(now);
  const lost = [...tagsOf(old)]
    .filter(([key, value]) => key.startsWith(OWN_TAGS) && !isDeepStrictEqual(value, after.get(key)))
    .map(([key]) => key);
  return lost.length === 0 ? [] : [`tags gone or changed: ${lost.join(', ')}; rights, schedules and bills go by them`];
}

// biome-ignore lint/suspicious/noExplicitAny: a property as a template writes it
function propertyOf({ Properties }: RecordedResource, property: string): any {
  return property.split('.').reduce((node, name) => node?.[name], Properties);
}

/** Tags, which most types have as a list, and some as an object. */
function tagsOf({ Properties }: RecordedResource): Map<string, unknown> {
  const tags = Properties.Tags ?? Properties.FileSystemTags ?? {};
  return new Map(Array.isArray(tags) ? tags.map(({ Key, Value }) => [Key, Value]) : Object.entries(tags));
}
