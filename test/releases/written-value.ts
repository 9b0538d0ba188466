import { isDeepStrictEqual } from 'node:util';

/** Part of a text: what is written, or a reference and whatever else is known only once it is deployed. */
type Part = string | { readonly deployed: unknown };

/**
 * Whether two values of templates say the same, letter by letter. It does not matter which function puts a text
 * together. `Ref` and `Fn::GetAtt` are different values also where they are about one resource.
 */
export function saysTheSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(partsOf(one), partsOf(other));
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON
function partsOf(value: any): Part[] {
  if (typeof value === 'string') {
    return [value];
  }
  const [delimiter, list] = value?.['Fn::Join'] ?? [];
  if (Array.isArray(list)) {
    return merged(list.flatMap((each, index) => [...(index === 0 ? [] : [delimiter]), ...partsOf(each)]));
  }
  const sub = value?.['Fn::Sub'];
  if (sub !== undefined) {
    const [text, values] = Array.isArray(sub) ? sub : [sub, {}];
    return merged(`${text}`.split(/(\$\{[^}]*\})/).flatMap((each) => partsOfSub(each, values)));
  }
  const attribute = value?.['Fn::GetAtt'];
  if (typeof attribute === 'string') {
    const [id, ...rest] = attribute.split('.');
    return [{ deployed: { 'Fn::GetAtt': [id, rest.join('.')] } }];
  }
  return [{ deployed: value }];
}

/** A piece of the text of `Fn::Sub`: a reference, a value that comes with it, or letters. */
function partsOfSub(piece: string, values: { [name: string]: unknown }): Part[] {
  const name = piece.match(/^\$\{([^!].*)\}$/)?.[1].trim();
  if (name === undefined) {
    return [piece.replace(/^\$\{!/, '${')];
  }
  if (name in values) {
    return partsOf(values[name]);
  }
  return partsOf(name.includes('.') && !name.startsWith('AWS::') ? { 'Fn::GetAtt': name } : { Ref: name });
}

/** Letters beside letters are one text. */
function merged(parts: Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts.filter((each) => each !== '')) {
    const last = all[all.length - 1];
    if (typeof last === 'string' && typeof part === 'string') {
      all[all.length - 1] = last + part;
    } else {
      all.push(part);
    }
  }
  return all;
}
