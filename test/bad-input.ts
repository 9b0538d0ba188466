import * as fs from 'node:fs';
import * as path from 'node:path';

/** The one form of all errors. */
export const REFUSAL = /^(?<path>[^:]+): '(?<prop>[^']+)' must be (?<rule>.+), got: (?<got>.*)$/s;

const FIGURES = path.join(__dirname, '..', '.cache', 'figures');
let refusals = 0;

/** Expects that something is refused, in the form of all errors: where, for which prop, and what it shows of the value. */
export function expectRefusal(where: string, prop: string, got: string, define: () => unknown): void {
  const error = thrownBy(define);
  const found = REFUSAL.exec(error?.message ?? 'nothing was refused')?.groups;

  expect(error?.constructor).toBe(Error);
  expect([error?.message, found?.path, found?.prop]).toEqual([error?.message, where, prop]);
  expect(error?.message.endsWith(`, got: ${got}`) || error?.message).toBe(true);
  refusals += 1;
}

/** What a definition throws; undefined if it does not. */
export function thrownBy(define: () => unknown): Error | undefined {
  try {
    define();
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

/** A text as an error shows it: in quotes if it could not be seen otherwise. */
export function shown(text: string): string {
  const visible = text !== '' && text === text.trim() && !/\p{Cc}/u.test(text);
  return visible ? text : `'${JSON.stringify(text).slice(1, -1)}'`;
}

/**
 * Writes how many inputs a test file saw refused, and the sum of all files, for docs/security-posture.md. Files run side
 * by side: whoever is last sees the parts of the others.
 */
export function writeFigures(part: string, figures: { readonly [name: string]: number } = { refusals }): void {
  const parts = path.join(FIGURES, 'refusals');
  fs.mkdirSync(parts, { recursive: true });
  fs.writeFileSync(path.join(parts, `${part}.json`), JSON.stringify(figures));
  const sums: { [name: string]: number } = {};
  for (const file of fs.readdirSync(parts)) {
    for (const [name, count] of Object.entries<number>(JSON.parse(fs.readFileSync(path.join(parts, file), 'utf8')))) {
      sums[name] = (sums[name] ?? 0) + count;
    }
  }
  fs.writeFileSync(path.join(FIGURES, 'refusals.json'), `${JSON.stringify(sums)}\n`);
}
