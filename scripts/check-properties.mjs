// Looks for an app that breaks a property: `check-properties.mjs [runs]`, by a seed of its own each time or by that of
// the variable PROPERTY_SEED. Then cfn-lint looks at the templates of these apps.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonEnv } from './python-env.mjs';

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));

/** Warnings of cfn-lint that are not faults, and why. Regions are the ones of the apps. */
const ALLOWED = {
  W2001: 'parameters of a published base are read even where nothing uses them, so that a missing one fails at once',
  W8001: 'whether a published base has a boundary is asked before it is known that a role is defined',
  W3005: 'dependencies that the core writes although a reference says the same',
};
const REGIONS = ['eu-central-1', 'us-east-1', 'cn-north-1', 'us-gov-west-1'];

const runs = Number(process.argv[2] ?? 100);
const seed = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(tmpdir(), 'properties-'));
try {
  console.log(
    `${runs} apps by the seed ${seed}; to see them again: PROPERTY_SEED=${seed} node scripts/check-properties.mjs`,
  );
  const properties = checkProperties();
  await checkTemplates();
  mkdirSync('.cache/figures', { recursive: true });
  writeFileSync('.cache/figures/properties.json', `${JSON.stringify({ properties, runs })}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Runs the properties, and returns how many they are. */
function checkProperties() {
  const report = join(folder, 'report.json');
  const templates = join(folder, 'templates');
  const env = { ...process.env, PROPERTY_RUNS: runs, PROPERTY_SEED: seed, PROPERTY_TEMPLATES: templates };
  const jest = ['node_modules/jest/bin/jest.js', '--ci', '--json', `--outputFile=${report}`];
  const { status, stderr } = spawnSync(process.execPath, [...jest, 'test/properties/properties.test.ts'], {
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    console.error(stderr);
    console.error(`A property is broken, with the seed ${seed}.`);
    process.exit(1);
  }
  const [{ assertionResults }] = JSON.parse(readFileSync(report, 'utf8')).testResults;
  const found = assertionResults.filter(({ ancestorTitles }) => ancestorTitles[0].startsWith('any app'));
  return found.length;
}

/** Has cfn-lint check each template for the region that its app is for; those of apps for any region, for all. */
async function checkTemplates() {
  const bin = await pythonEnv('checkers', 'scripts/posture/requirements.txt');
  if (!bin) {
    console.error('skipped: cfn-lint did not look at the templates; that takes Python 3.9 or later.');
    process.exit(process.env.CI ? 1 : 0);
  }
  const files = readdirSync(join(folder, 'templates'));
  const found = ['any', ...REGIONS].flatMap((region) =>
    lint(
      bin,
      files.filter((file) => file.split('.')[1] === region),
      region === 'any' ? REGIONS : [region],
    ),
  );
  const refused = found.filter(({ Rule }) => !Rule.Id.startsWith('I') && ALLOWED[Rule.Id] === undefined);
  const counts = Object.entries(ALLOWED).map(([id, reason]) => {
    return `  ${id} ${found.filter(({ Rule }) => Rule.Id === id).length} times: ${reason}`;
  });
  console.log([`cfn-lint read ${files.length} templates. Allowed:`, ...counts].join('\n'));
  if (refused.length > 0) {
    for (const { Rule, Message, Filename, Location } of refused.slice(0, 20)) {
      console.error(`${Rule.Id} ${Message} (${Filename}: ${Location.Path?.join('/')})`);
    }
    console.error(`cfn-lint refuses ${refused.length} things, with the seed ${seed}.`);
    process.exit(1);
  }
}

function lint(bin, files, regions) {
  if (files.length === 0) {
    return [];
  }
  const paths = files.map((file) => join(folder, 'templates', file));
  const options = ['--format', 'json', '--regions', ...regions, '--template', ...paths];
  const { stdout, stderr, error } = spawnSync(join(bin, 'cfn-lint'), options, {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error || stderr) {
    throw error ?? new Error(stderr);
  }
  return JSON.parse(stdout);
}
