type Json = { [key: string]: unknown };

/** Lists of a policy in which the order means nothing. The core sorts them or not, by a feature flag. */
const IN_ANY_ORDER = /\/(Action|Resource)$/;

/** What differs between two templates, one line for each value: where, what was there, and what is there now. */
export function differences(before: unknown, after: unknown, path = ''): string[] {
  if (Array.isArray(before) && Array.isArray(after) && IN_ANY_ORDER.test(path)) {
    const texts = [before, after].map((list) => list.map((each) => JSON.stringify(each)));
    const [gone, come] = [
      texts[0].filter((one) => !texts[1].includes(one)),
      texts[1].filter((one) => !texts[0].includes(one)),
    ];
    return [...gone.map((text) => `${path}: without ${text}`), ...come.map((text) => `${path}: with ${text}`)];
  }
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], `${path}/${key}`));
  }
  return before === after ? [] : [`${path}: ${apart(before, after).join(' -> ')}`];
}

/** A template with what is known once it is deployed, such as `AWS::Region`, in place of the references to it. */
export function deployed(value: unknown, known: Record<string, string>): unknown {
  if (!isObject(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((each) => deployed(each, known));
  }
  if (typeof value.Ref === 'string' && value.Ref in known) {
    return known[value.Ref];
  }
  if (typeof value['Fn::Sub'] === 'string') {
    const text = value['Fn::Sub'].replace(/\$\{(AWS::\w+)\}/g, (all, name) => known[name] ?? all);
    return text.includes('${') ? { 'Fn::Sub': text } : text;
  }
  const entries = Object.entries(value).map(([key, each]) => [key, deployed(each, known)]);
  return 'Fn::Join' in value ? joined(Object.fromEntries(entries)) : Object.fromEntries(entries);
}

/** The core writes neighbouring texts of a join as one, depending on what it knows. */
function joined(join: { 'Fn::Join': [string, unknown[]] }): unknown {
  const [delimiter, parts] = join['Fn::Join'];
  const merged: unknown[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') {
      merged[merged.length - 1] = `${last}${delimiter}${part}`;
    } else {
      merged.push(part);
    }
  }
  return merged.length === 1 && typeof merged[0] === 'string' ? merged[0] : { 'Fn::Join': [delimiter, merged] };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** Two values as text. Of two texts only what comes after their common beginning. */
function apart(before: unknown, after: unknown): string[] {
  if (typeof before !== 'string' || typeof after !== 'string') {
    return [before, after].map((value) => (value === undefined ? 'nothing' : JSON.stringify(value)));
  }
  const start = [...before].findIndex((character, index) => character !== after[index]);
  const common = start === -1 ? before.length : start;
  return [before, after].map((text) => `${common > 0 ? '...' : ''}${JSON.stringify(text.slice(common))}`);
}
