import semver from 'semver';

/** The version from which the library is counted: what is released first. */
const FIRST = '0.1.0';

/** Whether a text is a version that can be released; there are no pre-releases. */
export function isVersion(text) {
  return semver.valid(text) === text && semver.prerelease(text) === null;
}

/** Negative where a version is lower than another one, positive where it is higher. */
export const compareVersions = semver.compare;

/**
 * The lowest version that may follow.
 *
 * @param {string | undefined} last the version released last
 * @param {'breaking' | 'feature' | 'fix' | undefined} change the weightiest change since
 * @returns {string | undefined} undefined where nothing has changed for users
 */
export function nextVersion(last, change) {
  if (!last || !change) {
    return last ? undefined : FIRST;
  }
  return semver.inc(last, { breaking: breakingPart(last), feature: 'minor', fix: 'patch' }[change]);
}

/** The first version that may break who asks for a version: the end of a range of pip. */
export function ceilingOf(version) {
  return semver.inc(version, breakingPart(version)).replace(/(\.0)+$/, '');
}

/** The part of a version that goes up where something breaks. */
function breakingPart(version) {
  return semver.major(version) > 0 ? 'major' : 'minor';
}
