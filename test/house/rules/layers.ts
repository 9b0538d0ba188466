import { areaOf, floorOf, HIDDEN_AREAS } from '../floors';
import { type Import, importsIn } from '../imports';
import type { SourceTree } from '../source-tree';

/** Imports between areas point down only. Of floor 0, `environment` may import `private`, but not the other way round. */
export function layers(tree: SourceTree): string[] {
  return importsIn(tree).flatMap((found) => {
    const rule = brokenBy(found);
    return rule === undefined ? [] : [`${found.file} imports '${found.specifier}': ${rule}`];
  });
}

function brokenBy({ file, target }: Import): string | undefined {
  if (target === undefined) {
    return undefined;
  }
  if (target !== 'src' && !target.startsWith('src/')) {
    return 'an import must stay inside src';
  }
  const from = areaOf(file);
  const to = areaOf(`${target}/`);
  if (from === undefined) {
    return brokenByIndex(target, to);
  }
  if (to === undefined || target === 'src/index') {
    return 'the index of src is for users; an area must import the area it needs';
  }
  return from === to ? undefined : (brokenDirection(from, to) ?? brokenDoor(target, to));
}

function brokenByIndex(target: string, to: string | undefined): string | undefined {
  if (to !== undefined && HIDDEN_AREAS.includes(to)) {
    return `${to} must not be exported`;
  }
  return target === `src/${to}` ? undefined : 'the index of src must export areas through their index';
}

function brokenDirection(from: string, to: string): string | undefined {
  if (floorOf(from) < 0 || floorOf(to) < 0) {
    return undefined;
  }
  if (to === 'private' || (to === 'environment' && from !== 'private')) {
    return undefined;
  }
  if (floorOf(from) === floorOf(to)) {
    return `${from} and ${to} share floor ${floorOf(from)} and must not meet; what connects them lives a floor above`;
  }
  return floorOf(from) > floorOf(to)
    ? undefined
    : `${from} (floor ${floorOf(from)}) must not know ${to} (floor ${floorOf(to)})`;
}

function brokenDoor(target: string, to: string): string | undefined {
  if (to === 'private') {
    return target === 'src/private' ? "private must be imported by file, like '../private/checks'" : undefined;
  }
  return target === `src/${to}` ? undefined : `${to} must be imported through its index`;
}
