import type { Break, Place } from './break';
import { interfaceBreaks, locks, unpublishedReads } from './interface-breaks';
import { fixedNames, sharedNames } from './physical-names';
import type { RecordedStacks } from './recorded-template';
import { resourceBreaks } from './resource-breaks';

/** What a user meets who deployed these stacks with a release, and upgrades the library to what is here. */
export function stackBreaks(before: RecordedStacks, after: RecordedStacks, place: Place): Break[] {
  const ofOld = Object.entries(before).flatMap(([stack, old]): Break[] => {
    const now = after[stack];
    const at = { ...place, stack };
    return now === undefined
      ? [{ verb: 'removes', what: 'stack', name: stack, place, detail: 'with all that it holds' }]
      : [...resourceBreaks(old, now), ...interfaceBreaks(old, now)].map((found) => ({ ...found, place: at }));
  });
  const ofNew = Object.entries(after)
    .filter(([stack]) => before[stack] === undefined)
    .flatMap(([stack, now]) => locks(now).map((found) => ({ ...found, place: { ...place, stack } })));
  const ofAll = [...unpublishedReads(before, after), ...fixedNames(before, after), ...sharedNames(before, after)];
  return [...ofOld, ...ofNew, ...ofAll.map(([stack, found]) => ({ ...found, place: { ...place, stack } }))];
}
