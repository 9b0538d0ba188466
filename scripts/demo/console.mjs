const terminal = process.stdout.isTTY === true;
const coloured = terminal && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const WIDTH = 76;

export const verbose = process.argv.includes('--verbose');

const paint = (code) => (text) => (coloured ? `\u001B[${code}m${text}\u001B[0m` : text);
export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);

/** A failure that its message explains; `output` is what the failed tool printed. */
export class Failure extends Error {
  constructor(message, output = '') {
    super(message);
    this.output = output;
  }
}

/** Throws a failure unless what the library promises holds. */
export function expect(holds, message) {
  if (!holds) {
    throw new Failure(message);
  }
}

export function print(text = '') {
  console.log(text.replace(/^(?=.)/gm, '  '));
}

/** Does some work and prints one line about it: its title, and how long it took. */
export async function step(title, work) {
  const start = performance.now();
  const line = (mark) => `  ${mark} ${title.padEnd(WIDTH - 12)}${dim(elapsed(start))}`;
  if (terminal) {
    process.stdout.write(`  ${dim('…')} ${title}${verbose ? '\n' : ''}`);
  }
  const rewind = terminal && !verbose ? '\r\u001B[K' : '';
  try {
    const result = await work();
    console.log(rewind + line(green('✓')));
    return result;
  } catch (error) {
    console.log(rewind + line(red('✗')));
    throw error;
  }
}

/** Prints rows below a head, in columns as wide as they need to be. */
export function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('   ')
      .trimEnd();
  print([dim(line(head)), ...rows.map(line)].map((text) => `  ${text}`).join('\n'));
}

/** Says what failed, with the end of what the failed tool printed. */
export function explain(failure) {
  const tail = failure.output.trim().split('\n').slice(-25).join('\n');
  console.error(`\n  ${red(failure.message)}`);
  if (tail) {
    console.error(`\n${tail.replace(/^/gm, '    ')}`);
  }
}

function elapsed(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`.padStart(8);
}
