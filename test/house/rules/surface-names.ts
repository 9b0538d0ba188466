import { type ApiType, type Assembly, membersOf, spelled, typesOf } from '../assembly';

const INTERFACE_NAME = /^I[A-Z]/;
const STRUCT_ENDING = /(Props|Options|Attributes)$/;

/** Names mean the same in every language: `I...` is an interface of behaviour; C# wants no member named like its type. */
export function surfaceNames(assembly: Assembly): string[] {
  return typesOf(assembly).flatMap((type) => [...typeNameViolations(type), ...memberNameViolations(type)]);
}

function typeNameViolations(type: ApiType): string[] {
  const isBehaviour = type.kind === 'interface' && !type.datatype;
  const beginsWithI = INTERFACE_NAME.test(type.name);
  const rules = [
    ...(isBehaviour && !beginsWithI ? ['must begin with I, being an interface of behaviour'] : []),
    ...(isBehaviour && STRUCT_ENDING.test(type.name)
      ? ['must not begin with I and a capital: jsii takes it for behaviour']
      : []),
    ...(!isBehaviour && beginsWithI
      ? ['must not begin with I and a capital, which is for interfaces of behaviour']
      : []),
  ];
  return rules.map((rule) => `${spelled(type)} ${rule}`);
}

function memberNameViolations(type: ApiType): string[] {
  const likeInterface = (type.properties ?? []).filter(
    ({ name }) => INTERFACE_NAME.test(name) && !/^[A-Z0-9_]+$/.test(name),
  );
  const likeType = membersOf(type).filter(({ name }) => inCSharp(name) === inCSharp(type.name));
  return [
    ...likeInterface.map((prop) => `${spelled(type, prop)} must not be named like an interface`),
    ...likeType.map((member) => `${spelled(type, member)} must not be named like its type`),
  ];
}

/** As jsii spells a name in C#: `thing_name` and `thingName` both become `ThingName`. */
function inCSharp(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
}
