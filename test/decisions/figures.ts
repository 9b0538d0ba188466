import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the figures of the last run lie; docs/security-posture.md is made from them. */
const FOLDER = join(__dirname, '..', '..', '.cache', 'figures');

/** Keeps the figures of a test for the page on security. */
export function keepFigures(name: string, figures: object): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(figures, undefined, 2)}\n`);
}
