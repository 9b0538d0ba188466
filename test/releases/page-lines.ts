/** A line of a page in Markdown. */
export interface Line {
  /** The first line is 1. */
  readonly number: number;

  readonly text: string;
}

const FENCE = /^\s*(`{3,}|~{3,})(.*)$/;

/** The lines of a page that its readers see as text: without comments, and without what stands between fences. */
export function linesOf(page: string): { lines: Line[]; problems: string[] } {
  const lines: Line[] = [];
  let fence: { mark: string; number: number } | undefined;
  let comment: number | undefined;
  page
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .forEach((whole, index) => {
      const number = index + 1;
      if (fence !== undefined) {
        const [, mark, more] = whole.match(FENCE) ?? [];
        fence = mark?.startsWith(fence.mark) && more.trim() === '' ? undefined : fence;
        return;
      }
      const read = uncommented(whole, comment !== undefined);
      comment = read.isOpen ? (comment ?? number) : undefined;
      const [, mark] = read.text.match(FENCE) ?? [];
      if (mark !== undefined) {
        fence = { mark, number };
      } else {
        lines.push({ number, text: read.text });
      }
    });
  const open = [fence && `fence of line ${fence.number}`, comment && `comment of line ${comment}`].filter(Boolean);
  return {
    lines,
    problems: open.map((what) => `BREAKING.md: the ${what} has no end, so that what follows is not read`),
  };
}

/** A line without what of it is a comment, and whether a comment goes on after it. */
function uncommented(line: string, isInside: boolean): { text: string; isOpen: boolean } {
  const from = isInside ? 0 : line.indexOf('<!--');
  if (from === -1) {
    return { text: line, isOpen: false };
  }
  const to = line.indexOf('-->', from);
  if (to === -1) {
    return { text: line.slice(0, from), isOpen: true };
  }
  const rest = uncommented(line.slice(to + '-->'.length), false);
  return { text: line.slice(0, from) + rest.text, isOpen: rest.isOpen };
}
