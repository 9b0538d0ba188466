import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const tool = createRequire(import.meta.url).resolve('commit-and-tag-version/bin/cli.js');
const HEADER = /^(\w+)(?:\([^)]*\))?(!)?: /;
const WEIGHTS = { feat: 'feature', fix: 'fix', perf: 'fix', revert: 'fix' };

/** What git prints; throws what it says where it fails. */
export function git(root, ...options) {
  const { status, stdout, stderr } = spawnSync('git', options, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (status !== 0) {
    throw new Error(`git ${options[0]} failed: ${stderr.trim()}`);
  }
  return stdout.trim();
}

/**
 * The commit that released a version: the one that brought its heading into the changelog. Tags are not asked, since a
 * clone need not have them.
 */
export function commitOfRelease(root, version) {
  const commit = git(root, 'log', '--format=%H', `-S## ${version} (`, '--', 'CHANGELOG.md').split('\n').at(-1);
  if (!commit) {
    throw new Error(`The commit of release ${version} is not in this clone: run git fetch --unshallow first`);
  }
  return commit;
}

/** Throws where a clone does not have all commits, which decide on the version and stand in the changelog. */
export function refuseShallow(root) {
  if (git(root, 'rev-parse', '--is-shallow-repository') === 'true') {
    throw new Error('This clone does not have all commits since the release before: run git fetch --unshallow first');
  }
}

/** The weightiest change among the commits after one, or of all commits. */
export function weightiestChange(root, since) {
  const changes = commitsSince(root, since).map(changeOf);
  return ['breaking', 'feature', 'fix'].find((change) => changes.includes(change));
}

function commitsSince(root, since) {
  const range = since ? [`${since}..HEAD`] : ['HEAD'];
  return git(root, 'log', '--no-merges', '--format=%B%x00', ...range)
    .split('\0')
    .map((message) => message.trim())
    .filter((message) => message !== '');
}

function changeOf(message) {
  const [, type, mark] = HEADER.exec(message) ?? [];
  return mark || /^BREAKING[ -]CHANGE: /m.test(message) ? 'breaking' : WEIGHTS[type];
}

/** The list of commits since a release, by type, as commit-and-tag-version writes it. */
export function listOfCommits(root, { last, version }) {
  const clone = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    git(root, 'clone', '--quiet', '--shared', '--no-tags', root, clone);
    if (last) {
      git(clone, 'tag', `v${last}`, commitOfRelease(root, last));
    }
    const manifest = join(clone, 'package.json');
    const bumped = { ...JSON.parse(readFileSync(manifest, 'utf8')), version: last ?? '0.0.0' };
    writeFileSync(manifest, JSON.stringify(bumped));
    const config = {
      releaseAs: version,
      header: '',
      infile: 'commits.md',
      skip: { commit: true, tag: true },
      types: [
        { type: 'feat', section: 'Features' },
        { type: 'fix', section: 'Bug fixes' },
        { type: 'perf', section: 'Performance' },
        { type: 'revert', section: 'Reverts' },
      ],
    };
    writeFileSync(join(clone, '.versionrc.json'), JSON.stringify(config));
    const { status, stderr } = spawnSync(process.execPath, [tool], { cwd: clone, encoding: 'utf8' });
    if (status !== 0) {
      throw new Error(`commit-and-tag-version failed: ${stderr.trim()}`);
    }
    const list = withoutHeading(readFileSync(join(clone, 'commits.md'), 'utf8'));
    return list.replaceAll('<', '&lt;'); // what authors of commits write is text, and no HTML where the changelog is shown
  } finally {
    rmSync(clone, { recursive: true, force: true });
  }
}

/** The heading is the changelog's own: it has the date, and no link that needs tags. */
function withoutHeading(list) {
  return list
    .replace(/^#+ \[?\d+\.\d+\.\d+\b.*$/m, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
