import { AREAS, areaOf } from '../floors';
import { paths, type SourceTree } from '../source-tree';

/** Nothing but `index.ts` lies loose in `src`, and each folder there is an area with a floor. */
export function placement(tree: SourceTree): string[] {
  const loose = paths(tree, /^src\/[^/]+$/).filter((path) => path !== 'src/index.ts');
  const folders = new Set(
    paths(tree, /^src\//)
      .map(areaOf)
      .filter((area) => area !== undefined),
  );
  const unknown = [...folders].filter((area) => !AREAS.includes(area));
  return [
    ...loose.map((path) => `${path} lies loose in src; only index.ts may, move it into an area`),
    ...unknown.map((area) => `src/${area} has no floor; areas are: ${AREAS.join(', ')}`),
  ];
}
