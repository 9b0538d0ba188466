import { columnsOf } from '../diagram/text-width';
import { Terminal } from '../terminal';
import { money } from './money';
import { beside, GAP, shortOf, wrapped } from './text-layout';

/** What is written on. */
export type Look = Pick<Terminal, 'colors' | 'width'>;

/** Lists longer than this are shortened. */
export const MOST = 25;

/** The path beside the words where it fits, else below them. */
export function described(text: string, path: string, room: number, dim: (text: string) => string): string[] {
  const [words, where] = [wrapped(text, room), shortOf(path, room)];
  if (where === '') {
    return words;
  }
  const fits = words.length === 1 && columnsOf(`${words[0]}${GAP}${where}`) <= room;
  return fits ? [`${words[0]}${GAP}${dim(where)}`] : [...words, dim(where)];
}

/** The sum of what a list is shortened by; nothing where it is not. */
export function moreLine(usd: readonly number[], width: number, { colors, width: columns }: Look): string[] {
  const sum = money(usd.reduce((total, each) => total + each, 0)).padStart(width);
  const body = (room: number) => wrapped(`in ${usd.length} more lines: --all`, room).map((line) => colors.dim(line));
  return usd.length === 0 ? [] : beside({ text: sum, columns: sum.length }, columns, body);
}
