import { files, type SourceTree } from '../source-tree';

const LONGEST = 400;
const MEDIAN = 100;

/** Files stay short enough to be read whole; tables of data (`*-table.ts`) are exempt. */
export function size(tree: SourceTree): string[] {
  const sources = files(tree, /^src\/.*(?<!-table)\.ts$/).map(([path, text]) => ({ path, lines: linesOf(text) }));
  const long = sources.filter(({ lines }) => lines > LONGEST);
  const median = medianOf(sources.map(({ lines }) => lines));
  return [
    ...long.map(({ path, lines }) => `${path} must have at most ${LONGEST} lines, got: ${lines}`),
    ...(median > MEDIAN ? [`the files of src must have a median of at most ${MEDIAN} lines, got: ${median}`] : []),
  ];
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function medianOf(lengths: number[]): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const pair = sorted.length % 2 === 0 ? sorted.slice(middle - 1, middle + 1) : [sorted[middle]];
  return pair.length === 0 ? 0 : pair.reduce((sum, length) => sum + length, 0) / pair.length;
}
