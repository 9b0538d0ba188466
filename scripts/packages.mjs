// Builds the packages of all languages from the work tree, and says how large they are. Installs and compiles first what
// is missing or old.
//
//   node scripts/packages.mjs [--target js,python,java,go,dotnet] [--outdir .cache/packages] [--version 0.1.0]
//
// Where a toolchain is missing, its package is skipped; `--require java,go` (or `all`) makes that a failure.
import { chosen, optionsOf } from './packages/options.mjs';
import { TARGETS } from './packages/targets.mjs';

const options = optionsOf({
  target: { type: 'string', default: TARGETS.join(',') },
  outdir: { type: 'string' },
  version: { type: 'string' },
  require: { type: 'string', default: '' },
});
const targets = chosen(options, 'target', TARGETS);
const required = requiredTargets();

try {
  await import('./install.mjs');
  const { buildPackages } = await import('./packages/build.mjs');
  const { outdir, version } = options;
  process.exitCode = report(await buildPackages({ targets, outdir, version })) ? 0 : 1;
} catch (error) {
  console.error(`fail     ${error.message}`);
  process.exitCode = 1;
}

function requiredTargets() {
  if (options.require === '') {
    return [];
  }
  return options.require === 'all' ? targets : chosen(options, 'require', TARGETS);
}

function report({ packages, problems }) {
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
  const skipped = packages.filter(({ target, skipped: because }) => because && required.includes(target));
  const failures = [...problems, ...skipped.map(({ target }) => `${target} was skipped`)];
  for (const failure of failures) {
    console.log(`fail     ${failure}`);
  }
  return failures.length === 0;
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
