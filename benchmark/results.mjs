// Turns figures into the text of RESULTS.md, and says which targets are missed.
import { check, missedOf, table, targets } from './sections.mjs';

const TARGETS = { cpu: 1.25, memory: 1.08, loadingMs: 100, fleet: 1.1 };

export function render({ plan, sizes, slopes, limit, fleets, loading, machine }) {
  const [fewer, many] = fleets;
  const overhead = loading.package.median - loading.core.median;
  const checks = [
    ...slopes.flatMap(({ owned, most, floor, ours }) => {
      const kind = `notebook ${withOwner(owned)}`;
      const resources = owned ? 2 : 1;
      return [
        check(`CPU per ${kind}`, ours.cpuMs / floor.cpuMs, TARGETS.cpu, 'x the floor'),
        check(`memory at ${most}, ${withOwner(owned)}`, ours.rssMb / floor.rssMb, TARGETS.memory, 'x the floor'),
        check(`resources per ${kind}`, ours.resources, resources, ''),
        check(`exports, ${withOwner(owned)}`, ours.exports, 0, ''),
        check(`outputs, ${withOwner(owned)}`, ours.outputs, 0, ''),
      ];
    }),
    check(
      `CPU per notebook of a fleet of ${many.notebooks}`,
      many.cpuMsPerNotebook / fewer.cpuMsPerNotebook,
      TARGETS.fleet,
      `x that of one of ${fewer.notebooks}`,
    ),
    check('loading the package', overhead, TARGETS.loadingMs, 'ms over aws-cdk-lib'),
  ];
  const text = `# What notebooks cost at synthesis

Each figure is that of an app with one base, one lifecycle configuration and N notebooks in one stack, against the
floor: an app that defines the same resources by hand, flat in the stack, and loads the same modules
(\`benchmark/floor.cjs\`). Every point is a fresh process; points of both apps take turns.

Rerun it with \`npm run benchmark\`. \`-- --quick\` takes fewer points and writes nothing, \`-- --check\` fails when a target
is missed.

Measured on ${machine}.

## Targets

${targets(checks)}

## Slopes

What one more notebook costs, between N = 1 and N = ${slopes[0].most}: least of ${plan.slopeRuns} runs. Memory is the most that the process
held at N = ${slopes[0].most}.

${table(
  [
    '',
    'CPU, ms: floor',
    'library',
    'ratio',
    'memory, MiB: floor',
    'library',
    'ratio',
    'bytes: floor',
    'library',
    'ratio',
    'resources',
  ],
  slopes.map(({ owned, floor, ours }) => [
    withOwner(owned),
    ...pair(floor.cpuMs, ours.cpuMs, 2),
    ...pair(floor.rssMb, ours.rssMb, 0),
    ...pair(floor.bytes, ours.bytes, 0),
    round(ours.resources),
  ]),
)}

## Whole apps

Medians of ${plan.runs} runs. Bytes are those of the template without white space.

${table(
  [
    'N',
    'owner',
    'CPU, ms: floor',
    'library',
    'ratio',
    'memory, MiB: floor',
    'library',
    'ratio',
    'KiB: floor',
    'library',
    'ratio',
    'resources',
  ],
  sizes.map(({ notebooks, owned, floor, ours }) => [
    notebooks,
    owned ? 'yes' : 'no',
    ...pair(floor.cpuMs, ours.cpuMs, 0),
    ...pair(floor.rssMb, ours.rssMb, 0),
    ...pair(floor.bytes / 1024, ours.bytes / 1024, 0),
    ours.resources,
  ]),
)}

At the 500 resources that CloudFormation takes per stack, the library counts what a stack holds and refuses a notebook too
many. With that, 400 notebooks without an owner take ${limit.ours.cpuMs.toFixed(0)} ms of CPU, the floor ${limit.floor.cpuMs.toFixed(0)} ms (ratio ${(limit.ours.cpuMs / limit.floor.cpuMs).toFixed(2)}).

## Fleets

An \`MlNotebookFleet\` with owners over 16 nested stacks (\`benchmark/fleet.cjs\`), with the limit of resources: least of
${plan.fleetRuns} runs. CPU per notebook is what the app takes above one with an empty fleet; that of small fleets carries most of
the cost of the nested stacks.

${table(
  ['N', 'CPU, ms', 'CPU per notebook, ms', 'memory, MiB', 'templates', 'the largest, KiB', 'all, KiB'],
  fleets.map(({ notebooks, cpuMs, cpuMsPerNotebook, rssMb, templates, largestBytes, bytes }) => [
    notebooks,
    cpuMs.toFixed(0),
    cpuMsPerNotebook.toFixed(2),
    rssMb.toFixed(0),
    templates,
    (largestBytes / 1024).toFixed(0),
    (bytes / 1024).toFixed(0),
  ]),
)}

## Loading

\`require('aws-cdk-lib')\` takes ${loading.core.median.toFixed(0)} ms, the package ${loading.package.median.toFixed(0)} ms: medians of ${plan.loadingRuns} runs; at the least
${loading.core.least.toFixed(0)} and ${loading.package.least.toFixed(0)} ms. \`aws-cdk-lib\` loads next to nothing until a class is used, so part of the difference is what any
app with a stack loads anyway.

## What to make of it

- CPU is user and system time of the whole process, which other work on the machine disturbs less than wall time, but
  does: single runs differ by 10 to 30 %, ratios of medians at small N by 10 %. The targets are set on slopes of minima,
  and these still differ by 0.1 between one benchmark and the next on a busy machine.
- CDK's validation of templates is off (\`CDK_VALIDATION=false\`), as is its limit of resources per stack, but where the
  text says so. With validation on, either app takes several seconds more, and the ratios come closer to 1.
- Below 100 notebooks loading modules outweighs everything else.
`;
  return { text, missed: missedOf(checks) };
}

function pair(floor, ours, digits) {
  return [floor.toFixed(digits), ours.toFixed(digits), (ours / floor).toFixed(2)];
}

function withOwner(owned) {
  return owned ? 'with an owner' : 'without an owner';
}

function round(value) {
  return String(Math.round(value * 100) / 100);
}
