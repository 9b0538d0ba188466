import { columnsOf, fitted } from '../diagram/text-width';
import { shown } from '../terminal';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const SHORTEST_BAR = '▏';
const LEAST_ROOM = 16;

/** Between two columns. */
export const GAP = '  ';

/** A bar as long as its share of the largest amount, in eighths of a character; what costs anything has one. */
export function barOf(amount: number, largest: number, width: number): string {
  const eighths = amount > 0 && largest > 0 ? Math.round((amount / largest) * width * 8) : 0;
  const bar = `${'█'.repeat(Math.floor(eighths / 8))}${EIGHTHS[eighths % 8]}`;
  return (bar === '' && amount > 0 ? SHORTEST_BAR : bar).padEnd(width);
}

/** The largest of any number of amounts, at least nothing. */
export function largestOf(amounts: readonly number[]): number {
  return amounts.reduce((largest, amount) => Math.max(largest, amount), 0);
}

/** Width of a column of amounts. */
export function amountWidth(amounts: readonly string[]): number {
  return largestOf(amounts.map(({ length }) => length));
}

/** What begins a row: its columns are counted without its colours. */
export interface Lead {
  readonly text: string;
  readonly columns: number;
}

/** A text beside what begins its row, or below it where a terminal is too narrow for both. */
export function beside({ text, columns }: Lead, width: number, body: (room: number) => string[]): string[] {
  const room = width - columns - GAP.length;
  if (room < LEAST_ROOM) {
    return [text, ...body(width - GAP.length).map((line) => `${GAP}${line}`)];
  }
  const [first, ...others] = body(room);
  const indent = ' '.repeat(columns);
  return [`${text}${GAP}${first}`, ...others.map((line) => `${indent}${GAP}${line}`)];
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
