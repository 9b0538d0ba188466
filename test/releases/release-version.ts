/** The parts of a version such as `0.1.0`. */
type Parts = [major: number, minor: number, patch: number];

/** Whether a text is a version that leaves a record. Prereleases leave none: nobody upgrades from them in peace. */
export function isVersion(text: string): boolean {
  return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(text);
}

/** Orders versions, the oldest first. */
export function byAge(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index === -1 ? 0 : left[index] - right[index];
}

/** The newest versions of a list, the oldest of them first. */
export function newest(versions: string[], count: number): string[] {
  return [...new Set(versions)].sort(byAge).slice(-count);
}

/** Whether a version may break users of an older one, as semantic versioning has it: below 1.0.0, the minor says so. */
export function mayBreak(version: string, older: string): boolean {
  const [[major, minor], [olderMajor, olderMinor]] = [partsOf(version), partsOf(older)];
  return major === olderMajor ? major === 0 && minor > olderMinor : major > olderMajor;
}

/** The first version that may break users of another. */
export function nextBreaking(version: string): string {
  const [major, minor] = partsOf(version);
  return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
}

/** The versions that a changelog has a heading for, such as `## [0.1.0](https://...) (2026-11-21)`. */
export function releasesIn(changelog: string): string[] {
  return [...changelog.matchAll(/^#{1,3} \[?v?(\d+\.\d+\.\d+)(?=[\] (]|$)/gm)].map(([, version]) => version);
}

function partsOf(version: string): Parts {
  return version.split('.').map(Number) as Parts;
}
