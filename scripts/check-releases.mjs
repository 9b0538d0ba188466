// Compares what users of the last three releases have deployed, and the API that they use, with what is here.
//
//   node scripts/check-releases.mjs                    fails where an upgrade hurts and BREAKING.md does not name it
//   node scripts/check-releases.mjs --templates        without the API, which takes a compiled library
//   node scripts/check-releases.mjs --record 0.1.0     compares, writes the record of a release, and removes the oldest of four
//
// `--records <folder>` and `--breaking <file>` are for trying things out.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const require = createRequire(import.meta.url);
require('./posture/typescript.cjs');
const { apiBreaks } = require('../test/releases/api-breaks.ts');
const { compareWithReleases, recordRelease } = require('../test/releases/check-releases.ts');
const { LAYOUTS } = require('../test/releases/release-layouts.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    breaking: { type: 'string', default: join(root, 'BREAKING.md') },
    record: { type: 'string' },
    records: { type: 'string', default: join(root, 'test', 'releases') },
    templates: { type: 'boolean', default: false },
  },
});
const upgrade = {
  records: resolve(options.records),
  layouts: LAYOUTS,
  written: { root, entry: join(root, 'test', 'releases', 'release-layouts.ts') },
  breaking: readFileSync(options.breaking, 'utf8'),
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  upcoming: options.record,
};

try {
  const isHarmless = await check();
  if (options.record !== undefined && isHarmless) {
    record(options.record);
  }
  process.exitCode = isHarmless ? 0 : 1;
} catch (error) {
  console.error(`fail  ${error.message}`);
  process.exitCode = 1;
}

/** Prints what is found, and returns whether nothing of it must stop a release. */
async function check() {
  const api = (releases) => (releases.length === 0 ? [] : apiBreaks(releases, assembly()));
  const { problems, notes, releases } = await compareWithReleases(upgrade, options.templates ? undefined : api);
  for (const note of notes) {
    console.log(note);
  }
  for (const problem of problems) {
    console.error(`fail  ${problem}`);
  }
  const layouts = Object.keys(LAYOUTS).join(', ');
  const what = options.templates ? 'templates only; the API was not compared' : 'templates and API';
  console.log(`compared with ${releases.join(', ') || 'no release'}: ${layouts} (${what})`);
  return problems.length === 0;
}

function record(version) {
  const { version: core } = require('aws-cdk-lib/package.json');
  const old = recordRelease(upgrade, version, core, assembly());
  console.log(`recorded ${version} in ${join(upgrade.records, version)}`);
  for (const each of old) {
    console.log(`removed the record of ${each}: only the last three are compared with`);
  }
}

/** The API of the library as it was compiled last. */
function assembly() {
  const file = join(root, '.jsii');
  if (!existsSync(file)) {
    throw new Error('the library is not compiled, so there is no API to compare: run `npx projen compile` before');
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}
