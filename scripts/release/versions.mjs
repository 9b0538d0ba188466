/** The version from which the library is counted: what is released first. */
const FIRST = '0.1.0';
const FORM = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/;

/** Whether a text is a version that can be released; there are no pre-releases. */
export function isVersion(text) {
  return FORM.test(text);
}

/** Negative where a version is lower than another one, positive where it is higher. */
export function compareVersions(one, other) {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const index = a.findIndex((number, place) => number !== b[place]);
  return index < 0 ? 0 : a[index] - b[index];
}

/**
 * The lowest version that may follow.
 *
 * @param {string | undefined} last the version released last
 * @param {'breaking' | 'feature' | 'fix' | undefined} change the weightiest change since
 * @returns {string | undefined} undefined where nothing has changed for users
 */
export function nextVersion(last, change) {
  if (!last) {
    return FIRST;
  }
  const [major, minor, patch] = numbersOf(last);
  const steps = {
    breaking: major > 0 ? [major + 1, 0, 0] : [0, minor + 1, 0],
    feature: [major, minor + 1, 0],
    fix: [major, minor, patch + 1],
  };
  return steps[change]?.join('.');
}

/** The first version that may break who asks for a version: the end of a range of pip. */
export function ceilingOf(version) {
  const [major, minor] = numbersOf(version);
  return major > 0 ? `${major + 1}` : `0.${minor + 1}`;
}

function numbersOf(version) {
  return FORM.exec(version).slice(1).map(Number);
}
