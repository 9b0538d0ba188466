import { type Assembly, type TypeReference, typesOf } from '../assembly';
import { referencesOf } from '../references';

const CFN = /^aws-cdk-lib\.(.+\.)?Cfn[A-Z]/;

/** The public API mentions no type that another language cannot spell, and none that belongs to CloudFormation. */
export function surfaceTypes(assembly: Assembly): string[] {
  const references = typesOf(assembly).flatMap(referencesOf);
  return references.flatMap(({ place, type }) => violationsIn(type).map((rule) => `${place} must not ${rule}`));
}

function violationsIn(type: TypeReference): string[] {
  const { fqn, primitive, collection } = type;
  const isNestedMap = collection?.kind === 'map' && collection.elementtype.collection !== undefined;
  return [
    ...(fqn !== undefined && CFN.test(fqn) ? [`show ${fqn}, a type of CloudFormation`] : []),
    ...(primitive === 'any' || primitive === 'json' ? [`be ${primitive}; name what it may hold`] : []),
    ...(type.union ? ['be a union; use a class with a factory for each form'] : []),
    ...(type.intersection ? ['be an intersection; declare an interface that extends both'] : []),
    ...(isNestedMap ? ['be a map of collections; declare a struct for its values'] : []),
  ];
}
