// Builds delete what an earlier build left, so they must know that it was one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

/** What a folder of packages has from the moment a build starts to fill it. */
export const MARKER = '.cdk-ml-infra-build';

/** What projen writes into the folder before a build of the workflow starts. */
const OF_PROJEN = ['changelog.md', 'releasetag.txt', 'version.txt'];

/** Marks a folder as a build's, and returns its path; throws where a build could delete what is not its own. */
export function claimOutdir(root, outdir) {
  const folder = refuseForeign(root, outdir);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARKER), 'A build may delete all that is in this folder.\n');
  return folder;
}

/** The path of a folder that a build may empty; throws where that is not certain, and writes nothing. */
export function refuseForeign(root, outdir) {
  const folder = realPathOf(resolve(root, outdir));
  const refuse = (rule) => {
    throw new Error(`'--outdir' must be ${rule}, got: ${outdir}`);
  };
  if (isWithin(realpathSync(root), folder)) {
    refuse('a folder below the repository or beside it, since a build deletes what is in it');
  }
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) {
      refuse('a folder');
    }
    const [tracked] = trackedIn(folder);
    if (tracked) {
      refuse(`a folder without files of git, and ${tracked} is one`);
    }
    if (!isOfBuild(folder)) {
      refuse('a new or an empty folder, or one that a build made before');
    }
  }
  return folder;
}

function isOfBuild(folder) {
  const names = readdirSync(folder);
  const byProjen = OF_PROJEN.every((name) => names.includes(name)) && names.length === OF_PROJEN.length;
  // Builds before there was a marker left a stamp in each folder of packages.
  return names.includes(MARKER) || byProjen || names.every((name) => existsSync(join(folder, name, '.built-from')));
}

/** Files below a folder that git tracks, in whichever repository it lies. */
function trackedIn(folder) {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout.split('\0').filter((name) => name !== '') : [];
}

function isWithin(inner, outer) {
  const way = relative(outer, inner);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || resolve(way) === way);
}

/** The real path of what need not exist yet: of its nearest folder that does. */
function realPathOf(path) {
  if (existsSync(path) || dirname(path) === path) {
    return existsSync(path) ? realpathSync(path) : path;
  }
  return join(realPathOf(dirname(path)), basename(path));
}
