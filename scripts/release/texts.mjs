import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from './changelog.mjs';
import { git } from './commits.mjs';
import { sha256 } from './packages.mjs';
import { isVersion } from './versions.mjs';

/**
 * What is wrong with the texts of a release, as sentences; what is missing is found elsewhere.
 *
 * @param {string} root the repository; where it has the commit of the release, that is where the changelog must come from
 */
export function problemsOfTexts(dist, { version, root }) {
  const of = (name, check) =>
    existsSync(join(dist, name)) ? check(readFileSync(join(dist, name), 'utf8')).map((said) => `${name} ${said}`) : [];
  return [
    ...(isVersion(version) ? [] : [`version.txt must be three numbers such as 0.2.0, got: ${version}`]),
    ...of('releasetag.txt', (text) =>
      unless(text.trim() === `v${version}`, `must say v${version}, got: ${text.trim()}`),
    ),
    ...of('changelog.md', (text) => problemsOfChangelog(text, { dist, version, root })),
    ...of('release.json', (text) => problemsOfRelease(text, version)),
    ...of('sbom.cdx.json', (text) => problemsOfBill(text, dist, version)),
  ];
}

function problemsOfRelease(text, version) {
  const { version: own, commit } = parsed(text);
  return [
    ...unless(own === version, `must say the version ${version}, got: ${own}`),
    ...unless(/^[0-9a-f]{40}$/.test(commit), `must say a commit, got: ${commit}`),
  ];
}

function problemsOfChangelog(text, { dist, version, root }) {
  const { commit } = existsSync(join(dist, 'release.json')) ? parsed(readFileSync(join(dist, 'release.json'))) : {};
  const committed = committedNotes(root, commit, version);
  return [
    ...unless(text.trim() !== '', 'is empty'),
    ...(text.match(/^##? .*$/gm)?.map((line) => `must be of one release, got the heading: ${line}`) ?? []),
    ...unless(
      committed === undefined || committed === text.trim(),
      `must be what CHANGELOG.md says of ${version} in ${commit}`,
    ),
  ];
}

/** What the changelog says of a version in a commit; undefined where the repository does not have that. */
function committedNotes(root, commit, version) {
  try {
    return root && commit ? notesOf(git(root, 'show', `${commit}:CHANGELOG.md`), version) : undefined;
  } catch {
    return undefined;
  }
}

function problemsOfBill(text, dist, version) {
  const { metadata, components = [] } = parsed(text);
  const own = metadata?.component?.version;
  return [
    ...unless(own === version, `must be of the version ${version}, got: ${own}`),
    ...components.flatMap(({ hashes: [hash] = [], properties = [] }) => {
      const file = properties.find(({ name }) => name === 'cdk-ml-infra:file')?.value;
      const isRight = !file || !hash || (existsSync(join(dist, file)) && hash.content === digestOf(join(dist, file)));
      return unless(isRight, `has another digest of ${file}`);
    }),
  ];
}

function digestOf(file) {
  return sha256(readFileSync(file));
}

function unless(isRight, sentence) {
  return isRight ? [] : [sentence];
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
