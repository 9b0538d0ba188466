// Builds the packages of all languages from the compiled work tree, and says how large they are.
//
//   node scripts/packages.mjs [--target js,python,java,go,dotnet] [--outdir .cache/packages] [--version 0.1.0]
//
// Where a toolchain is missing, its package is skipped; `--require java,go` (or `all`) makes that a failure.
import { parseArgs } from 'node:util';
import { buildPackages, TARGETS } from './packages/build.mjs';

const { values: options } = parseArgs({
  options: {
    target: { type: 'string', default: TARGETS.join(',') },
    outdir: { type: 'string' },
    version: { type: 'string' },
    require: { type: 'string', default: '' },
  },
});
const targets = options.target.split(',');
const unknown = targets.filter((target) => !TARGETS.includes(target));
if (unknown.length > 0) {
  console.error(`'--target' must be some of ${TARGETS.join(',')}, got: ${unknown.join(',')}`);
  process.exit(2);
}

const { outdir, version } = options;
const { packages, problems, warnings } = await buildPackages({ targets, outdir, version });
for (const { target, skipped, files, folder, reused, seconds } of packages) {
  if (skipped) {
    console.log(`skipped  ${target}: ${skipped}`);
  } else {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const largest = files.slice(0, 3).map(({ name, bytes: each }) => `${name} ${kilobytes(each)}`);
    const took = reused ? 'unchanged' : `${seconds.toFixed(0)} s`;
    console.log(`built    ${target}: ${files.length} files, ${kilobytes(bytes)} (${took}) in ${folder}`);
    console.log(largest.map((line) => `         ${line}`).join('\n'));
  }
}
const required = options.require === 'all' ? targets : options.require.split(',');
const failures = [
  ...problems,
  ...packages
    .filter(({ target, skipped }) => skipped && required.includes(target))
    .map(({ target }) => `${target} was skipped`),
];
for (const warning of warnings) {
  console.log(`warning  ${warning}`);
}
for (const failure of failures) {
  console.log(`fail     ${failure}`);
}
process.exit(failures.length > 0 ? 1 : 0);

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
