import { columnsOf, fitted } from '../diagram/text-width';
import { shown } from '../terminal';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const SHORTEST_BAR = '▏';

/** A bar as long as its share of the largest amount, in eighths of a character; what costs anything has one. */
export function barOf(amount: number, largest: number, width: number): string {
  const eighths = amount > 0 && largest > 0 ? Math.round((amount / largest) * width * 8) : 0;
  const bar = `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8]}`;
  return (bar === '' && amount > 0 ? SHORTEST_BAR : bar).padEnd(width);
}

/** Width of a column of amounts. */
export function amountWidth(amounts: readonly string[]): number {
  return Math.max(0, ...amounts.map(({ length }) => length));
}

/** A text on one line that fits. */
export function cell(text: string, width: number): string {
  return fitted(shown(text), (candidate) => columnsOf(candidate) <= width);
}

/** A path that fits: its end tells more than its beginning. */
export function shortOf(path: string, width: number): string {
  const ids = shown(path).split('/');
  while (ids.length > 1 && columnsOf(`…/${ids.join('/')}`) > width) {
    ids.shift();
  }
  const whole = ids.join('/') === shown(path);
  return whole && columnsOf(shown(path)) <= width ? shown(path) : cell(`…/${ids.join('/')}`, width);
}

/** A text on as many lines as it takes, each after an indent. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of shown(text).split(' ')) {
    if (line !== '' && columnsOf(`${indent}${line} ${word}`) > width) {
      lines.push(`${indent}${line}`);
      line = `${indent === '' ? '' : '  '}${word}`;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, `${indent}${line}`].map((each) => cell(each, width));
}
