import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imported, withExtracts, withSingleFigures } from './import.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const EXTRACTS = join(HERE, 'extracts');

/** A table from the files that it began with, or else from a present one, with what stands in this folder. */
export function importedFrom(files, present) {
  const table = present ?? { ...imported(...files.map(json)), inputs: Object.fromEntries(files.map(digest)) };
  const extracts = readdirSync(EXTRACTS)
    .sort()
    .map((name) => [basename(name, '.json'), json(join(EXTRACTS, name))]);
  return withSingleFigures(withExtracts(table, extracts), json(join(HERE, 'single-figures.json')));
}

function digest(file) {
  return [basename(file), createHash('sha256').update(readFileSync(file)).digest('hex')];
}

function json(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
