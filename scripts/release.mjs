// Releases the library, up to what is uploaded; docs/releasing.md says when and by whom.
//
//   npm run release -- next                      the version that the commits since the last release call for
//   npm run release -- prepare [<version>]       writes the release into the work tree, for a commit
//   npm run release -- build [--outdir dist]     builds all packages of HEAD from a checkout of its own
//   npm run release -- verify [<folder>]         checks what was built
//   npm run release -- version                   the version that CHANGELOG.md lists last
//
// `--root <folder>` does it to another repository; `build --unless-tagged` builds nothing where the version has a tag.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { releasedVersions } from './release/changelog.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: dirname(dirname(fileURLToPath(import.meta.url))) },
    outdir: { type: 'string', default: 'dist' },
    'unless-tagged': { type: 'boolean', default: false },
  },
});
const root = resolve(values.root);
const [command, argument] = positionals;
const commands = { next, prepare, build, verify, version };
if (!commands[command]) {
  console.error(`The first word must be one of ${Object.keys(commands).join(', ')}, got: ${command ?? 'nothing'}`);
  process.exit(2);
}
try {
  await commands[command]();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

async function next() {
  const { releaseToCome } = await import('./release/prepare.mjs');
  const { last, next: version } = releaseToCome(root);
  console.log(version ?? `nothing to release since ${last}`);
}

async function prepare() {
  const { prepareRelease } = await import('./release/prepare.mjs');
  const { version: prepared, last, bumped, highlights, recorded } = prepareRelease(root, argument);
  const review = [
    `CHANGELOG.md: the section ${prepared}${highlights ? '' : ' has no words of your own above the commits: write some'}`,
    ...bumped,
    recorded,
  ];
  console.log(`Prepared ${prepared}${last ? `, after ${last}` : ', the first release'}. Review:`);
  console.log(review.map((line) => `  ${line}`).join('\n'));
  console.log(
    `Then commit on a branch, and open a pull request:\n` +
      `  git add ${recorded} && git commit --all --message 'chore: release ${prepared}'`,
  );
}

async function build() {
  const { buildRelease } = await import('./release/build.mjs');
  const start = Date.now();
  const { version: released, built } = buildRelease(root, {
    outdir: values.outdir,
    unlessTagged: values['unless-tagged'],
  });
  if (built) {
    const minutes = ((Date.now() - start) / 60_000).toFixed(1);
    console.log(`Built ${released} in ${minutes} min.`);
    await report(resolve(root, values.outdir));
  }
}

async function verify() {
  await report(resolve(root, argument ?? values.outdir));
}

function version() {
  const [newest] = releasedVersions(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  if (!newest) {
    throw new Error('CHANGELOG.md lists no release');
  }
  console.log(newest);
}

async function report(dist) {
  const { verifyRelease } = await import('./release/verify.mjs');
  const { sizes, problems } = verifyRelease(dist, root);
  for (const { file, bytes } of sizes) {
    console.log(`${`${Math.round(bytes / 1000)} kB`.padStart(9)}  ${file}`);
  }
  for (const problem of problems) {
    console.error(`fail  ${problem}`);
  }
  console.log(problems.length > 0 ? `${problems.length} problems` : 'The packages are in order.');
  process.exitCode = problems.length > 0 ? 1 : 0;
}
