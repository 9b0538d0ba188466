/** Text that is HTML already. */
export class Html {
  constructor(private readonly text: string) {}

  public toString(): string {
    return this.text;
  }
}

/** What may stand in a template: text is escaped, lists follow each other, `undefined` and `false` are nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[];

/** HTML in which every value is escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(strings.reduce((text, string, index) => `${text}${markup(values[index - 1])}${string}`));
}

/** Puts together what stands one after the other. */
export function joined(contents: readonly Content[], separator: Content): Html {
  return new Html(contents.map(markup).join(markup(separator)));
}

/** A path or a name, which may go on in a next line after a slash, and where a word of it begins. */
export function breakable(text: string): Html {
  return joined(text.split(/(?<=\/)|(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})/u), html`<wbr>`);
}

/** Makes text of an app harmless in HTML, in attributes too. */
export function escaped(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\t\n\r]+/g, ' ')
    .replace(STEERING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** Characters that no page may hold, and those that turn the direction of what follows them. */
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const ENTITIES: { [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markup(content: Content): string {
  if (content instanceof Html) {
    return content.toString();
  }
  if (Array.isArray(content)) {
    return content.map(markup).join('');
  }
  return content === undefined || content === false ? '' : escaped(String(content));
}
