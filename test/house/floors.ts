/** The areas of each floor, the lowest floor first: the picture in ARCHITECTURE.md. */
export const FLOORS: readonly (readonly string[])[] = [
  ['environment', 'private'],
  ['network', 'storage', 'access', 'code', 'lifecycle'],
  ['shared'],
  ['notebook', 'studio', 'workstation', 'data', 'model', 'tracking'],
  ['pipeline', 'serving', 'monitoring', 'delivery'],
  ['cost', 'compliance'],
];

export const AREAS: readonly string[] = FLOORS.flat();

/** Areas of which users see nothing. */
export const HIDDEN_AREAS: readonly string[] = ['access', 'private'];

/** Number of the floor on which an area lives; -1 for a folder that is no area. */
export function floorOf(area: string): number {
  return FLOORS.findIndex((areas) => areas.includes(area));
}

/** Area of a path below `src`, such as `network` of `src/network/ml-network.ts`. */
export function areaOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}
