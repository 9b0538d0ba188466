import type { Assembly } from '../assembly/model';
import { Right } from './rights';
import { ANY_OWNER, RoleGroup } from './roles';

/**
 * Puts together groups whose rights are the same, or differ in the name of the owner alone, as where each role has a
 * policy of its own: of many owners, a page would repeat the same rights for each.
 */
export function alike(groups: readonly RoleGroup[], { stacks }: Pick<Assembly, 'stacks'>): RoleGroup[] {
  const places = new Map(stacks.map(({ path, account, region }) => [path, [account, region]]));
  const found = new Map<string, { readonly first: RoleGroup; readonly any: Growing; count: number }>();
  for (const group of groups) {
    const any = ofAnyOwner(group);
    const { roles, ...content } = any;
    const [{ owner, path: _, stack, ...about }] = roles;
    // Rights do not repeat account and region, so equal ones are the same only there.
    const key = JSON.stringify([content, about, owner === undefined, places.get(stack)]);
    const same = found.get(key);
    if (same) {
      same.any.roles.push(...roles);
      same.count += 1;
    } else {
      found.set(key, { first: group, any, count: 1 });
    }
  }
  return [...found.values()].map(({ first, any, count }) => (count === 1 ? first : any));
}

interface Growing extends RoleGroup {
  readonly roles: RoleGroup['roles'][number][];
}

/** Where all roles of a group are of one owner, `‹owner›` stands for its name. */
function ofAnyOwner(group: RoleGroup): Growing {
  const roles = [...group.roles];
  const [owner, another] = new Set(roles.map((role) => role.owner));
  if (owner === undefined || another !== undefined) {
    return { ...group, roles };
  }
  const name = new RegExp(`(?<![\\p{L}\\p{N}])${escaped(owner)}(?![\\p{L}\\p{N}])`, 'gu');
  const rights = group.rights.map((right) => withoutName(right, (text) => text.replace(name, ANY_OWNER)));
  return { ...group, roles, rights };
}

/** Only where `ofOwner` puts the name in again. */
function withoutName(right: Right, change: (text: string) => string): Right {
  const places = right.places.map((place) => ({
    ...place,
    name: change(place.name),
    within: place.within.map(change),
  }));
  return { ...right, places, conditions: right.conditions.map(change) };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/-/g, '\\x2d');
}
