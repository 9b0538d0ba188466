// What notebooks cost at synthesis, against a raw app with the same resources.
//
//   npm run benchmark                  everything; writes benchmark/RESULTS.md
//   npm run benchmark -- --quick       fewer points and runs; writes nothing
//   npm run benchmark -- --check       fails when a target is missed
//   npm run benchmark -- estimates     cost estimates and facts only; writes their section
//   npm run benchmark -- languages     sizes of the packages and times in Python only; writes their section
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { ESTIMATES, measureEstimatesAndFacts } from './estimates.mjs';
import { LANGUAGES, measureLanguages } from './languages.mjs';
import { interleaved, measureLoading, measurePoint, median } from './processes.mjs';
import { render } from './results.mjs';
import { sectionOf, withSection } from './sections.mjs';

const options = new Set(process.argv.slice(2));
const unknown = [...options].find((option) => !['--quick', '--check', 'estimates', 'languages'].includes(option));
if (unknown !== undefined) {
  console.error(`options are --quick, --check, estimates and languages, got: ${unknown}`);
  process.exit(2);
}
const library = new URL('../lib/index.js', import.meta.url);
if (!existsSync(library)) {
  console.error('lib/ is missing: npx projen compile');
  process.exit(2);
}

const file = new URL('RESULTS.md', import.meta.url);
const before = readFileSync(file, 'utf8');
const quick = options.has('--quick');
if (options.has('languages')) {
  say('packages and Python');
  const section = await measureLanguages();
  finish(section, withSection(before, LANGUAGES, section.text));
}
if (options.has('estimates')) {
  const section = estimates();
  finish(section, quick ? undefined : withSection(before, ESTIMATES, section.text));
}

const plan = quick
  ? { sizes: [1, 100], runs: 3, most: 400, slopeRuns: 3, loadingRuns: 7, fleets: [100, 2000], fleetRuns: 2 }
  : { sizes: [1, 10, 100, 400], runs: 5, most: 1200, slopeRuns: 9, loadingRuns: 25, fleets: [100, 2000], fleetRuns: 5 };
const both = (points) => points.flatMap((point) => ['floor', 'ours'].map((variant) => ({ ...point, variant })));
const owners = [false, true];

say(`sizes ${plan.sizes.join(', ')}: ${plan.runs} runs`);
const sizes = owners.flatMap((owned) => {
  const points = both(plan.sizes.map((notebooks) => ({ notebooks, owned })));
  const results = interleaved(points, plan.runs, measurePoint);
  return plan.sizes.map((notebooks) => {
    const of = (variant) =>
      results.get(points.find((point) => point.variant === variant && point.notebooks === notebooks));
    const [floor, ours] = [of('floor'), of('ours')];
    requireSameResources(floor[0], ours[0]);
    return { notebooks, owned, floor: typical(floor), ours: typical(ours) };
  });
});

say(`slopes up to ${plan.most}: ${plan.slopeRuns} runs`);
const slopes = owners.map((owned) => {
  // A small app is measured twice in each run: its noise weighs as much as that of a large one, and it is quick.
  const points = both([1, plan.most, 1].map((notebooks) => ({ notebooks, owned })));
  const results = interleaved(points, plan.slopeRuns, measurePoint);
  const least = (variant, notebooks, figure) => {
    const same = points.filter((point) => point.variant === variant && point.notebooks === notebooks);
    return Math.min(...same.flatMap((point) => results.get(point).map((result) => result[figure])));
  };
  const slope = (variant) => {
    const rise = (figure) => (least(variant, plan.most, figure) - least(variant, 1, figure)) / (plan.most - 1);
    return {
      cpuMs: rise('cpuMs'),
      bytes: rise('bytes'),
      resources: rise('resources'),
      rssMb: least(variant, plan.most, 'rssMb'),
      exports: least(variant, plan.most, 'exports'),
      outputs: least(variant, plan.most, 'outputs'),
    };
  };
  return { owned, most: plan.most, floor: slope('floor'), ours: slope('ours') };
});

// With its default limit of resources per stack the library counts before it is too late.
const limited = both([{ notebooks: 400, owned: false, limit: 500 }]);
const counted = interleaved(limited, plan.runs, measurePoint);
const limit = { floor: typical(counted.get(limited[0])), ours: typical(counted.get(limited[1])) };

say(`fleets of ${plan.fleets.join(' and ')}: ${plan.fleetRuns} runs`);
const fleetPoints = [0, ...plan.fleets].map((notebooks) => ({ variant: 'fleet', notebooks, owned: true, limit: 500 }));
const fleetResults = interleaved(fleetPoints, plan.fleetRuns, measurePoint);
const [empty, ...fleets] = fleetPoints.map((point) => ({
  notebooks: point.notebooks,
  ...leastOf(fleetResults.get(point), ['cpuMs', 'rssMb', 'templates', 'bytes', 'largestBytes']),
}));
for (const fleet of fleets) {
  fleet.cpuMsPerNotebook = (fleet.cpuMs - empty.cpuMs) / fleet.notebooks;
}

say(`loading: ${plan.loadingRuns} runs`);
const sets = { core: ['aws-cdk-lib'], package: ['..'] };
const loaded = interleaved(Object.values(sets), plan.loadingRuns, measureLoading);
const loading = Object.fromEntries(
  Object.entries(sets).map(([name, modules]) => {
    const times = loaded.get(modules).map(({ wallMs }) => wallMs);
    return [name, { median: median(times), least: Math.min(...times) }];
  }),
);

const extra = estimates();

const require = createRequire(import.meta.url);
const version = (name) => JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')).version;
const machine = [
  `${os.cpus().length} cores (${os.cpus()[0].model.trim()})`,
  `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
  `load average ${os.loadavg()[0].toFixed(1)} at the end`,
  `Node ${process.versions.node}`,
  `aws-cdk-lib ${version('aws-cdk-lib')}`,
  `constructs ${version('constructs')}`,
].join(', ');
const { text, missed } = render({ plan, sizes, slopes, limit, fleets, loading, machine });
finish(
  { text: `${text}${extra.text}`, missed: [...missed, ...extra.missed] },
  quick ? undefined : `${text}${sectionOf(before, LANGUAGES)}${extra.text}`,
);

function estimates() {
  const runs = quick ? 3 : 9;
  say(`estimates and facts: ${runs} runs`);
  return measureEstimatesAndFacts(runs);
}

/** Shows what was measured, writes the new results if there are any, and ends. */
function finish(measured, results) {
  process.stdout.write(`\n${measured.text}`);
  if (results !== undefined) {
    writeFileSync(file, results);
  }
  if (options.has('--check') && measured.missed.length > 0) {
    console.error(`missed: ${measured.missed.join('; ')}`);
    process.exit(1);
  }
  process.exit();
}

function typical(results) {
  return Object.fromEntries(
    ['cpuMs', 'rssMb', 'bytes', 'resources', 'outputs', 'exports'].map((figure) => [
      figure,
      median(results.map((result) => result[figure])),
    ]),
  );
}

function leastOf(results, figures) {
  return Object.fromEntries(figures.map((figure) => [figure, Math.min(...results.map((result) => result[figure]))]));
}

function requireSameResources(floor, ours) {
  const types = new Set([...Object.keys(floor.types), ...Object.keys(ours.types)]);
  const different = [...types].filter((type) => floor.types[type] !== ours.types[type]);
  if (different.length > 0) {
    const counts = different.map((type) => `${type}: ${floor.types[type] ?? 0} there, ${ours.types[type] ?? 0} here`);
    console.error(`benchmark/floor.cjs no longer defines the same resources as the library: ${counts.join('; ')}`);
    process.exit(2);
  }
}

function say(text) {
  process.stderr.write(`${text} ...\n`);
}
