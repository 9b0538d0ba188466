import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { highlightsOf, releasedVersions, withRelease } from './changelog.mjs';
import { commitOfRelease, git, listOfCommits, refuseShallow, weightiestChange } from './commits.mjs';
import { renewedMentions } from './mentions.mjs';
import { compareVersions, isVersion, nextVersion } from './versions.mjs';

const BRANCHES = /^(main|release\/.+)$/;
const FOLDER = 'test/releases';
const RECORDS = 'scripts/check-releases.mjs';

/**
 * Writes a release into the work tree, for a commit that a maintainer makes.
 *
 * @param {string} root the repository
 * @param {string | undefined} wanted the version, or undefined for the one that the commits call for
 * @returns what was prepared, for whoever reviews it
 */
export function prepareRelease(root, wanted) {
  refuseWorkTree(root);
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
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
  compare(root);
  const mentions = renewedMentions(root, version);
  const changes = [{ file: 'CHANGELOG.md', text: withRelease(changelog, { version, date, commits }) }, ...mentions];
  writeAll(root, changes, version);
  const bumped = mentions.map(({ file }) => file);
  return { version, last, bumped, highlights, recorded: `${FOLDER}/${version}` };
}

/** Writes all files and the record of a version, or nothing. */
function writeAll(root, changes, version) {
  const before = changes.map(({ file }) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const write = ({ file, text }) => writeFileSync(join(root, file), text);
  try {
    changes.forEach(write);
    run(root, 'node', RECORDS, '--record', version);
  } catch (error) {
    before.forEach(write);
    rmSync(join(root, FOLDER, version), { recursive: true, force: true });
    const removed = git(root, 'ls-files', '-z', '--deleted', '--', FOLDER).split('\0').filter(Boolean);
    if (removed.length > 0) {
      git(root, 'checkout', '--', ...removed);
    }
    throw new Error(`${error.message}. Nothing is prepared: the files are as they were.`, { cause: error });
  }
}

/** What the commits since the last release call for; `next` is undefined where users get nothing new. */
export function releaseToCome(root) {
  refuseShallow(root);
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
  if (exists || existsSync(join(root, FOLDER, version))) {
    throw new Error(`Version ${version} exists already: a version is released once`);
  }
  if (last && compareVersions(version, last) < 0) {
    throw new Error(`Version ${version} is lower than ${last}, which was released last`);
  }
  const lowest = nextVersion(last, change);
  if (lowest && compareVersions(version, lowest) < 0) {
    const because = last ? `there is a ${change} since ${last}` : 'it is the first release';
    throw new Error(`Version ${version} is too low: ${because}, so it must be at least ${lowest}`);
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

/** Compiles, since the API that is compared and recorded is that of what was compiled last, and compares. */
function compare(root) {
  if (existsSync(join(root, '.projenrc.ts'))) {
    run(root, 'npx', 'projen', 'compile');
  }
  run(root, 'node', RECORDS);
}

function run(root, command, ...options) {
  const shell = process.platform === 'win32';
  if (spawnSync(command, options, { cwd: root, stdio: 'inherit', shell }).status !== 0) {
    throw new Error(`${command} ${options.join(' ')} failed: the lines above say why`);
  }
}
