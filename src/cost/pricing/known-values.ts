import { flattened, isIntrinsic, isMap, Properties } from '../../private/template';

/** Beyond it, a number is a mistake or stands for a value that only the deployment knows. */
const LARGEST = 1e12;

/** A quantity, also one that is written as text. Undefined for what is none or is known only at deployment. */
export function knownQuantity(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && number <= LARGEST ? number : undefined;
}

/** A quantity, or what CloudFormation takes where the property is left out. */
export function quantityOr(value: unknown, omitted: number): number | undefined {
  return value === undefined || value === null ? omitted : knownQuantity(value);
}

/** A text that is known before deployment. */
export function knownText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !value.includes('${') ? value : undefined;
}

/** Whether a switch is on. Undefined where only the deployment knows. */
export function knownSwitch(value: unknown): boolean | undefined {
  if (value === undefined || value === null) {
    return false;
  }
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  return text === true || text === 'true' ? true : text === false || text === 'false' ? false : undefined;
}

/** Elements of a list. Undefined where only the deployment knows the list. */
export function knownList(value: unknown): readonly unknown[] | undefined {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : undefined;
}

/** A property that holds properties, empty where it holds none or an intrinsic function. */
export function propertiesIn(value: unknown): Properties {
  return isMap(value) && !isIntrinsic(value) ? value : {};
}

/** Tags in either form: a list of keys and values, or a map. */
export function tagsOf(properties: Properties): ReadonlyMap<string, string> {
  const tags = properties.Tags ?? properties.FileSystemTags;
  const pairs = Array.isArray(tags)
    ? tags.map(propertiesIn).map(({ Key, Value }) => [Key, Value])
    : Object.entries(propertiesIn(tags));
  return new Map(
    pairs
      .filter(([key, value]) => typeof key === 'string' && value !== undefined && value !== null && value !== '')
      .map(([key, value]) => [String(key), legible(value)]),
  );
}

/** Malformed functions make no text. */
function legible(value: unknown): string {
  try {
    return flattened(value);
  } catch {
    return '${...}';
  }
}
