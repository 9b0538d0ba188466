import { type ApiType, type Assembly, spelled, typesOf } from '../assembly';
import { referencesOf, within } from '../references';

/** Users hand over objects, never the string of an ARN. Attributes that a construct gives out may be ARNs. */
export function arnInputs(assembly: Assembly): string[] {
  return [...inputs(assembly)].flatMap((struct) =>
    (struct.properties ?? [])
      .filter(
        ({ name, type }) =>
          /(^arns?|Arns?)$/.test(name) && within(type).some(({ primitive }) => primitive === 'string'),
      )
      .map((prop) => `${spelled(struct, prop)} must be an interface such as kms.IKey, not the string of an ARN`),
  );
}

/** Structs that a parameter takes, with those which they extend or hold. */
function inputs(assembly: Assembly): Set<ApiType> {
  const found = new Set<ApiType>();
  const collect = (fqn: string | undefined): void => {
    const struct = assembly.types?.[fqn ?? ''];
    if (!struct?.datatype || found.has(struct)) {
      return;
    }
    found.add(struct);
    referencesOf(struct).forEach(({ type }) => {
      collect(type.fqn);
    });
  };
  const callables = typesOf(assembly).flatMap((type) => [type.initializer ?? {}, ...(type.methods ?? [])]);
  const parameters = callables.flatMap((callable) => callable.parameters ?? []);
  parameters
    .flatMap(({ type }) => within(type))
    .forEach(({ fqn }) => {
      collect(fqn);
    });
  return found;
}
