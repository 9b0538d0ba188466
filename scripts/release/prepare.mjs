import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { highlightsOf, releasedVersions, withRelease } from './changelog.mjs';
import { commitOfRelease, git, listOfCommits, weightiestChange } from './commits.mjs';
import { bumpMentions } from './mentions.mjs';
import { compareVersions, isVersion, nextVersion } from './versions.mjs';

const BRANCHES = /^(main|release\/.+)$/;

/**
 * Writes a release into the work tree, for a commit that a maintainer makes.
 *
 * @param {string} root the repository
 * @param {string | undefined} wanted the version, or undefined for the one that the commits call for
 * @returns what was prepared, for whoever reviews it
 */
export function prepareRelease(root, wanted) {
  refuseWorkTree(root);
  const file = join(root, 'CHANGELOG.md');
  const changelog = readFileSync(file, 'utf8');
  const { last, change, next } = releaseToCome(root);
  const version = wanted ?? next;
  if (!version) {
    throw new Error(`Nothing to release: no commit since ${last} is a feature, a fix or a breaking change`);
  }
  refuseVersion(root, { version, last, change, changelog });
  refuseSilence(root, { version, last, change });

  const commits = listOfCommits(root, { last, version });
  const date = new Date().toISOString().slice(0, 10);
  const highlights = highlightsOf(changelog) !== '';
  writeFileSync(file, withRelease(changelog, { version, date, commits }));
  const bumped = bumpMentions(root, version);
  record(root, version);
  return { version, last, bumped, highlights, recorded: `test/releases/${version}` };
}

/** What the commits since the last release call for; `next` is undefined where users get nothing new. */
export function releaseToCome(root) {
  const [last] = releasedVersions(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'));
  const change = weightiestChange(root, last && commitOfRelease(root, last));
  return { last, change, next: nextVersion(last, change) };
}

function refuseWorkTree(root) {
  const branch = git(root, 'rev-parse', '--abbrev-ref', 'HEAD');
  if (!BRANCHES.test(branch)) {
    throw new Error(`A release is prepared on main or release/<name>, got: ${branch}`);
  }
  const dirty = git(root, 'status', '--porcelain');
  if (dirty) {
    throw new Error(`A release is prepared on a clean work tree; commit or remove first:\n${dirty}`);
  }
}

function refuseVersion(root, { version, last, change, changelog }) {
  if (!isVersion(version)) {
    throw new Error(`A version is three numbers such as 0.2.0, got: ${version}`);
  }
  const exists = releasedVersions(changelog).includes(version) || git(root, 'tag', '--list', `v${version}`) !== '';
  if (exists || existsSync(join(root, 'test', 'releases', version))) {
    throw new Error(`Version ${version} exists already: a version is released once`);
  }
  if (last && compareVersions(version, last) < 0) {
    throw new Error(`Version ${version} is lower than ${last}, which was released last`);
  }
  const lowest = nextVersion(last, change);
  if (last && lowest && compareVersions(version, lowest) < 0) {
    throw new Error(
      `Version ${version} is too low: there is a ${change} since ${last}, so it must be at least ${lowest}`,
    );
  }
}

/** Users must be able to read what breaks, and what breaks must be announced by the version. */
function refuseSilence(root, { version, last, change }) {
  if (!last) {
    return;
  }
  const entries = entriesOf(root, 'BREAKING.md', version);
  if (entries && change !== 'breaking') {
    throw new Error(
      `BREAKING.md names breaks in ${version}, and no commit since ${last} is breaking: mark the commit ('feat!: ...')`,
    );
  }
  if (change === 'breaking' && !entries && !entriesOf(root, 'MIGRATION.md', version)) {
    throw new Error(
      `A commit since ${last} is breaking, and neither BREAKING.md nor MIGRATION.md has a heading '## ${version}': ` +
        'say there what users must do',
    );
  }
}

/** Whether a file has something to say below the heading of a version. */
function entriesOf(root, name, version) {
  const file = join(root, name);
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, section = ''] = text.split(new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b.*$`, 'm'));
  return section.split(/^## /m)[0].trim() !== '';
}

/** Keeps what examples synthesize to, and the API: the API is that of what was compiled last. */
function record(root, version) {
  const script = join('scripts', 'check-releases.mjs');
  const compile = existsSync(join(root, '.projenrc.ts')) ? [['npx', 'projen', 'compile']] : [];
  for (const [command, ...options] of [...compile, ['node', script, '--record', version]]) {
    const shell = process.platform === 'win32';
    if (spawnSync(command, options, { cwd: root, stdio: 'inherit', shell }).status !== 0) {
      throw new Error(`${command} ${options.join(' ')} failed: the lines above say why`);
    }
  }
}
