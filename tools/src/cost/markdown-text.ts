/** Rows of a table that stay readable in a comment. */
export const MOST = 10;

/** A comment on GitHub takes 65,536 characters. */
const MOST_FOLDED = 100;

/** A table behind its summary; nothing where it has no rows. */
export function folded(summary: string, head: string[], rows: string[][], all: boolean): string {
  const shown = all ? rows : cut(rows, MOST_FOLDED, head.length);
  return rows.length === 0 ? '' : details(summary, table(head, shown));
}

export function details(summary: string, content: string): string {
  return content === '' ? '' : `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** The first rows, and how many more there are. */
export function cut(rows: string[][], most: number, columns: number): string[][] {
  const more = [`and ${rows.length - most} more`, ...Array(columns - 1).fill('')];
  return rows.length > most ? [...rows.slice(0, most), more] : rows;
}

/** A table whose columns of amounts, which are the last ones, are aligned to the right. */
export function table(head: string[], rows: string[][]): string {
  const sides = head.map((name) => (/USD|Before|After|Difference|Resources/.test(name) ? '---:' : '---'));
  return [head, sides, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A text that stands for several of its kind. */
export function counted(count: number, text: string): string {
  return `${count > 1 ? `${count} × ` : ''}${escaped(text)}`;
}

/** A text in which nothing is Markdown, HTML, a mention of somebody or a link. */
export function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>&#|~!$@]/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/:\/\//g, '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;');
}

/** Code in which nothing ends it, nor the cell of a table: Markdown has no escape for these, HTML has. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === '') {
    return '';
  }
  return /[\\`|]/.test(line) ? `<code>${escaped(line)}</code>` : `\`${line}\``;
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
