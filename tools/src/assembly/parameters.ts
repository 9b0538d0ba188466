import { isObject, Json } from './json-files';

/** Longer values, which no tag can hold, stay references, so that none grows from stack to stack. */
const LONGEST = 1000;

/** What a stack passes to one nested in it, in its own terms. */
export function parametersFor(passed: Json, own: Json): Json {
  return Object.fromEntries(
    Object.entries(passed)
      .map(([name, value]) => [name, withParameters(value, own)] as const)
      .filter(([, value]) => JSON.stringify(value).length <= LONGEST),
  );
}

/** A value in which each reference to a parameter is what was passed for it. */
export function withParameters(value: unknown, parameters: Json): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => withParameters(each, parameters));
  }
  if (!isObject(value)) {
    return value;
  }
  const { Ref: name } = value;
  return typeof name === 'string' && Object.keys(value).length === 1 && Object.hasOwn(parameters, name)
    ? parameters[name]
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withParameters(each, parameters)]));
}
