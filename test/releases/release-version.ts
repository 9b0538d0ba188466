import { compare, gte, inc, major, prerelease, valid } from 'semver';

/** Whether a text is a version that leaves a record. Prereleases leave none: nobody upgrades from them in peace. */
export function isVersion(text: string): boolean {
  return valid(text) === text && prerelease(text) === null;
}

/** Orders versions, the oldest first. */
export const byAge: (one: string, other: string) => number = compare;

/** The newest versions of a list, the oldest of them first. */
export function newest(versions: string[], count: number): string[] {
  return [...new Set(versions)].sort(byAge).slice(-count);
}

/** Whether a version may break users of an older one, as semantic versioning has it: below 1.0.0, the minor says so. */
export function mayBreak(version: string, older: string): boolean {
  return gte(version, nextBreaking(older));
}

/** The first version that may break users of another. */
export function nextBreaking(version: string): string {
  return inc(version, major(version) === 0 ? 'minor' : 'major')!;
}

/** The versions that a changelog has a heading for, such as `## [0.1.0](https://...) (2026-11-21)`. */
export function releasesIn(changelog: string): string[] {
  return [...changelog.matchAll(/^#{1,3} \[?v?(\d+\.\d+\.\d+)(?=[\] (]|$)/gm)].map(([, version]) => version);
}
