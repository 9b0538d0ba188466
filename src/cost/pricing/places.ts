import type { WrittenFacts } from '../../private/facts';
import type { CostedResource, EstimateInput } from './model';

const RESOURCE = /\/(Resource|Default)$/;

/** Where a resource stands among constructs: at its own path if that is known, else at that of the construct around it. */
export function placeOf({ fullPath, path }: CostedResource): string {
  return fullPath ?? path;
}

/**
 * Facts at the places of resources: usage may be stated on the one resource of a construct. Where the full path of that
 * resource is not known, facts of a path that looks like it are its own, unless a construct of that name stands there.
 */
export function placed({ facts, resources }: EstimateInput): WrittenFacts[] {
  const cut = new Set(resources.filter(({ fullPath }) => fullPath === undefined).map(({ path }) => path));
  const isLike = (path: string) => RESOURCE.test(path) && cut.has(path.replace(RESOURCE, ''));
  const like = new Set(facts.map(({ path }) => path).filter(isLike));
  const constructs = [...like].filter((path) =>
    resources.some((resource) => `${placeOf(resource)}/`.startsWith(`${path}/`)),
  );
  const moved = new Set([...like].filter((path) => !constructs.includes(path)));
  return facts.map((each) => (moved.has(each.path) ? { ...each, path: each.path.replace(RESOURCE, '') } : each));
}
