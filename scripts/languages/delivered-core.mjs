import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '../packages/commands.mjs';
import { root } from '../packages/staging.mjs';

const require = createRequire(import.meta.url);

const CORE = 'aws-cdk-lib';
const MEMORY = join(root, '.cache', 'languages', 'delivered.json');

/**
 * The newest core that the registry of a language delivers within the peers of the library. What a registry lists is
 * not asked: some list versions that they refuse, and others deliver versions that they do not list. The answer holds
 * for a day.
 *
 * @param {string} language
 * @param {(version: string) => boolean} delivers whether the tool of the language gets this version
 */
export function newestDelivered(language, delivers) {
  const range = admittedRange();
  const day = new Date().toISOString().slice(0, 10);
  const known = remembered();
  if (known[language]?.range === range && known[language].day === day) {
    return known[language].core;
  }
  const candidates = admittedCores();
  const core = candidates.find(delivers);
  if (core === undefined) {
    throw new Error(`${language}: its registry must deliver one of ${CORE} ${candidates.join(', ')}, got: none`);
  }
  mkdirSync(dirname(MEMORY), { recursive: true });
  writeFileSync(MEMORY, `${JSON.stringify({ ...known, [language]: { range, day, core } }, undefined, 2)}\n`);
  return core;
}

/** Versions of the core on npm that the library admits, the newest first. */
export function admittedCores() {
  const { rcompare } = require('semver'); // there once it is installed
  const found = run(root, 'npm', ['view', `${CORE}@${admittedRange()}`, 'version', '--json', '--loglevel=error']);
  return [JSON.parse(found)].flat().sort(rcompare);
}

function admittedRange() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).peerDependencies[CORE];
}

function remembered() {
  try {
    return JSON.parse(readFileSync(MEMORY, 'utf8'));
  } catch {
    return {}; // not there yet, or half written by another run
  }
}
