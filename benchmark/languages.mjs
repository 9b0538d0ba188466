// How large the packages are, and what the library costs in Python: a section of RESULTS.md.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { createApp } from '../scripts/languages/create-app.mjs';
import * as python from '../scripts/languages/python.mjs';
import { appEnvironment } from '../scripts/languages/run-app.mjs';
import { buildPackages } from '../scripts/packages/build.mjs';
import { MOST_BYTES } from '../scripts/packages/contents.mjs';
import { root } from '../scripts/packages/staging.mjs';
import { interleaved, median } from './processes.mjs';
import { table } from './sections.mjs';

const RUNS = 5;
const CORE_ALONE = 'import aws_cdk';
/** The modules of the core that the library's classes stand on; `import aws_cdk` alone leaves them for later. */
const FLOOR = 'import aws_cdk, aws_cdk.aws_ec2';
const IMPORT = 'import aws_cdk, cdk_ml_infra';
const STATEMENTS = [CORE_ALONE, FLOOR, IMPORT];
const MOST_IMPORT = 1.3; // times the floor
export const LANGUAGES = '\n## Packages and Python\n';

/** The section, and which of its targets are missed. */
export async function measureLanguages() {
  const packages = await buildPackages();
  const because = python.missing();
  const times = because ? undefined : measurePython(packages);
  const tarball = largest(packages, 'js', /\.tgz$/).bytes;
  const ratio = times && times.get(IMPORT).least / times.get(FLOOR).least;
  const missed = [
    ...(tarball < MOST_BYTES ? [] : ['size of the tarball']),
    ...(ratio === undefined || ratio <= MOST_IMPORT ? [] : ['import in Python']),
  ];
  const text = `${LANGUAGES}
Rerun this section alone with \`npm run benchmark -- languages\`. Measured on ${os.cpus().length} cores (${os.cpus()[0].model.trim()}), load average
${os.loadavg()[0].toFixed(1)} at the end.

${table(['package', 'kB', 'at most'], sizes(packages))}

${because ? `Python was not measured: ${because}.` : pythonText(times, ratio)}
`;
  return { text, missed };
}

function sizes(packages) {
  const of = (label, target, pattern, most = '') => {
    const skipped = packages.packages.find((each) => each.target === target).skipped;
    return [label, skipped ? `not built: ${skipped}` : kilobytes(largest(packages, target, pattern).bytes), most];
  };
  const sources = packages.packages.find(({ target }) => target === 'go');
  const go = sources.skipped
    ? `not built: ${sources.skipped}`
    : kilobytes(sources.files.reduce((sum, { bytes }) => sum + bytes, 0));
  return [
    of('npm: tarball', 'js', /\.tgz$/, kilobytes(MOST_BYTES)),
    ['npm: `.jsii` in it', kilobytes(statSync(join(root, '.jsii')).size), ''],
    of('Python: wheel', 'python', /\.whl$/),
    of('Python: source distribution', 'python', /\.tar\.gz$/),
    of('Java: jar', 'java', /\d\.jar$/),
    ['Go: all files of the module', go, ''],
  ];
}

function largest(packages, target, pattern) {
  return packages.packages.find((each) => each.target === target).files.find(({ name }) => pattern.test(name));
}

/** Milliseconds by what was run: medians, plain and with `-O`, and the least of the plain runs, which noise disturbs less. */
function measurePython(packages) {
  const core = python.core();
  const folder = join(root, '.cache', 'languages', 'benchmark-python');
  createApp('team', 'python', folder);
  const command = join(python.environment(folder, packages, core), 'python');
  const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  const env = {
    ...appEnvironment(context, join(folder, 'cdk.out')),
    CDK_VALIDATION: 'false',
    PYTHONDONTWRITEBYTECODE: '', // a user's Python keeps what it compiled
  };
  const cases = ['synth', ...STATEMENTS].flatMap((work) => [[], ['-O']].map((options) => ({ work, options })));
  const once = ({ work, options }) => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(command, [...options, ...(work === 'synth' ? ['app.py'] : ['-c', work])], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) {
      throw new Error(stderr);
    }
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  interleaved(cases, 1, once); // compiles to bytecode and unpacks, which an installed app does once
  const results = interleaved(cases, RUNS, once);
  const of = (work, options) =>
    results.get(cases.find((each) => each.work === work && each.options.length === options));
  return new Map(
    ['synth', ...STATEMENTS].map((work) => [
      work,
      { plain: median(of(work, 0)), optimized: median(of(work, 1)), least: Math.min(...of(work, 0)) },
    ]),
  );
}

function pythonText(times, ratio) {
  const base = times.get(CORE_ALONE).plain;
  const rows = [
    [`\`${CORE_ALONE}\``, times.get(CORE_ALONE)],
    [`\`${FLOOR}\``, times.get(FLOOR)],
    [`\`${IMPORT}\``, times.get(IMPORT)],
    ['synthesis of `examples/team/python`', times.get('synth')],
  ];
  const columns = (milliseconds) => [(milliseconds / 1000).toFixed(2), (milliseconds / base).toFixed(2)];
  return `Seconds in Python, from the start of a process to its end: medians of ${RUNS} fresh processes each, in turns. The ratio is
to \`${CORE_ALONE}\` alone, without \`-O\`. CDK's validation of templates is off.

${table(
  ['', 's', 'ratio', 's with `-O`', 'ratio'],
  rows.map(([label, { plain, optimized }]) => [label, ...columns(plain), ...columns(optimized)]),
)}

At the least, the import takes ${(times.get(IMPORT).least / 1000).toFixed(2)} s, ${ratio.toFixed(2)} times the ${(times.get(FLOOR).least / 1000).toFixed(2)} s of the modules of the core that the library stands
on (\`aws_ec2\` and what that imports); at most ${MOST_IMPORT} is allowed: ${ratio <= MOST_IMPORT ? 'holds' : '**missed**'}.`;
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(0);
}
