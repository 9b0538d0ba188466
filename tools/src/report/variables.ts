/** A part of a text: as it stands, or what stands in `${...}`. */
export interface Part {
  readonly text: string;
  readonly variable?: string;
}

/** Takes a text apart at its variables. Reads it once, however many of them never end. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (let end = endOf(text, done); end >= 0; end = endOf(text, done)) {
    const start = text.lastIndexOf('${', end);
    parts.push(
      { text: text.slice(done, start) },
      { text: text.slice(start, end + 1), variable: text.slice(start + 2, end) },
    );
    done = end + 1;
  }
  return [...parts, { text: text.slice(done) }].filter((part) => part.text !== '');
}

/** Where the first variable after a place ends. */
function endOf(text: string, from: number): number {
  const start = text.indexOf('${', from);
  return start < 0 ? -1 : text.indexOf('}', start);
}

/** Where one of some characters stands outside of braces, from a place on. */
export function outside(text: string, characters: string, from = 0): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') {
      depth += 1;
    } else if (text[at] === '}') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && characters.includes(text[at])) {
      return at;
    }
  }
  return -1;
}

/** `arn`, partition, service, region, account and name of an ARN. */
export function fieldsOfArn(text: string): string[] | undefined {
  const fields: string[] = [];
  let start = 0;
  while (fields.length < 5) {
    const colon = outside(text, ':', start);
    if (colon < 0) {
      return undefined;
    }
    fields.push(text.slice(start, colon));
    start = colon + 1;
  }
  return fields[0] === 'arn' ? [...fields, text.slice(start)] : undefined;
}
