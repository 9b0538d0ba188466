import { type ApiType, type Callable, type Named, spelled, type TypeReference } from './assembly';

/** A place of the public API where a type is mentioned. */
export interface Reference {
  readonly place: string;
  readonly type: TypeReference;
}

/** Every type mentioned by a type: where it stands in collections, unions and intersections, both the whole and its parts. */
export function referencesOf(type: ApiType): Reference[] {
  const parents = [type.base, ...(type.interfaces ?? [])].filter((fqn) => fqn !== undefined);
  const named = [...(type.properties ?? []), ...(type.methods ?? [])].filter((member) => !isDictated(type, member));
  return [
    ...parents.map((fqn) => ({ place: spelled(type), type: { fqn } })),
    ...callableReferences(`${spelled(type)}.constructor`, type.initializer ?? {}),
    ...named.flatMap((member) => memberReferences(spelled(type, member), member)),
  ];
}

/** A type and all types within it. */
export function within(type: TypeReference): TypeReference[] {
  const parts = [
    ...(type.union?.types ?? []),
    ...(type.intersection?.types ?? []),
    ...(type.collection ? [type.collection.elementtype] : []),
  ];
  return [type, ...parts.flatMap(within)];
}

/** Whether another package declared the member first, so that its form is not ours to choose. */
export function isDictated(type: ApiType, member: Named): boolean {
  const assembly = type.fqn.split('.')[0];
  return member.overrides !== undefined && !member.overrides.startsWith(`${assembly}.`);
}

function memberReferences(place: string, member: Callable & { readonly type?: TypeReference }): Reference[] {
  const own = member.type === undefined ? [] : within(member.type).map((type) => ({ place, type }));
  return [...own, ...callableReferences(place, member)];
}

function callableReferences(place: string, { parameters, returns }: Callable): Reference[] {
  return [
    ...(parameters ?? []).flatMap(({ name, type }) =>
      within(type).map((found) => ({ place: `${place}(${name})`, type: found })),
    ),
    ...(returns === undefined ? [] : within(returns.type).map((found) => ({ place: `${place}()`, type: found }))),
  ];
}
