import { compareVersions } from './versions.mjs';

const UNRELEASED = '## Unreleased';
const HEADING = /^## (\d+\.\d+\.\d+) \((\d{4}-\d{2}-\d{2})\)$/gm;

/** The versions that a changelog lists, the newest first. */
export function releasedVersions(changelog) {
  return [...changelog.matchAll(HEADING)].map(([, version]) => version).sort((a, b) => compareVersions(b, a));
}

/** What a changelog says of a version, without the heading. */
export function notesOf(changelog, version) {
  return sectionOf(changelog, `## ${version} (`);
}

/** What is written by hand of the release to come. */
export function highlightsOf(changelog) {
  return sectionOf(changelog, UNRELEASED);
}

/** The changelog with a release on top: what was written by hand, and below it the list of its commits. */
export function withRelease(changelog, { version, date, commits }) {
  const highlights = highlightsOf(changelog);
  const body = [`## ${version} (${date})`, highlights, commits].filter((part) => part !== '').join('\n\n');
  const before = changelog.slice(0, changelog.indexOf(UNRELEASED));
  const start = before.length + UNRELEASED.length;
  const rest = changelog.slice(start + lengthOfSection(changelog.slice(start)));
  return `${before}${UNRELEASED}\n\n${body}\n${rest === '' ? '' : `\n${rest}`}`;
}

function sectionOf(changelog, heading) {
  const lines = changelog.split('\n');
  const first = lines.findIndex((line) => line.startsWith(heading));
  if (first < 0) {
    throw new Error(`CHANGELOG.md has no heading '${heading.trim()}': add it above the newest release`);
  }
  const text = lines.slice(first + 1).join('\n');
  return text.slice(0, lengthOfSection(text)).trim();
}

function lengthOfSection(text) {
  const next = text.search(/^## /m);
  return next < 0 ? text.length : next;
}
