import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { type Break, keyOf, sentenceOf } from './break';
import { names, readBreakingPage, refusal } from './breaking-page';
import { recordedStacks } from './recorded-template';
import { type Layouts, layoutBreaks } from './release-layout-breaks';
import { KEPT, type ReleaseRecord, readRecord, recordedVersions, writeRecord } from './release-record';
import { sourcesOf } from './release-sources';
import { byAge, isVersion, newest, releasesIn } from './release-version';

/** What is compared with the records, and by which rules. */
export interface Upgrade {
  /** Folder of the records. */
  readonly records: string;

  /** The layouts of today. */
  readonly layouts: Layouts;

  /** The file that exports them as `LAYOUTS`, which is recorded with all that it takes from below `root`. */
  readonly written?: { readonly root: string; readonly entry: string };

  /** Text of BREAKING.md. */
  readonly breaking: string;

  /** Text of CHANGELOG.md: each release in it must have a record. */
  readonly changelog: string;

  /**
   * The sets of flags to compare, where it must be quick. Which entries of BREAKING.md concern nobody is not known then.
   *
   * @default - All that are recorded.
   */
  readonly sets?: string[];

  /** The release that is about to be recorded, and may be in the changelog before. */
  readonly upcoming?: string;
}

/** What came of a comparison. */
export interface Findings {
  /** Sentences about what must not be. */
  readonly problems: string[];

  /** Sentences for people to read. */
  readonly notes: string[];

  /** The releases that were compared with, the oldest first. */
  readonly releases: string[];
}

/** Finds breaks of the API between releases and today; left out where only templates are compared. */
export type ApiCheck = (releases: ReleaseRecord[]) => Promise<Break[]>;

/** The sets of feature flags under which records are made. */
const FLAGS: ReleaseRecord['flags'] = {
  none: {},
  recommended: flagsOf(recommended),
  'recommended-in-region': flagsOf(recommended),
};

/** The sets of which the account and the region are known, as they are to most apps. */
const ENVIRONMENTS: NonNullable<ReleaseRecord['environments']> = {
  'recommended-in-region': { account: '111111111111', region: 'eu-central-1' },
};

/** Compares what users of the last releases have deployed with what the same apps give now. */
export async function compareWithReleases(upgrade: Upgrade, apiCheck?: ApiCheck): Promise<Findings> {
  const releases = newest(recordedVersions(upgrade.records), KEPT);
  const { entries, problems } = readBreakingPage(upgrade.breaking, releases.at(-1));
  const listed = releasesIn(upgrade.changelog).filter((version) => version !== upgrade.upcoming);
  const missing = newest(listed, KEPT).filter((version) => !releases.includes(version));
  const lost = missing.map((version) => `${version} is in CHANGELOG.md and has no record in ${upgrade.records}`);
  const { records, unreadable } = readAll(upgrade.records, releases);
  const found = [
    ...records.flatMap(layoutBreaks(upgrade.layouts, upgrade.sets)),
    ...((await apiCheck?.(records)) ?? []),
  ];
  const refused = found.flatMap((each) => {
    const reason = refusal(entries, each);
    return reason === undefined ? [] : [`${sentenceOf(each)}. ${reason}`];
  });
  const idle = entries.filter(
    (entry) =>
      upgrade.sets === undefined &&
      (apiCheck !== undefined || entry.verb !== 'breaks') &&
      !found.some((each) => names(entry, each)),
  );
  const [latest] = releases.slice(-1);
  const isPlanned = ({ version }: { version: string }) => latest !== undefined && byAge(version, latest) > 0;
  const idleLine = (entry: (typeof entries)[number]) => `BREAKING.md, ${entry.version}: ${keyOf(entry as Break)}`;
  return {
    releases,
    problems: [
      ...problems,
      ...lost,
      ...unreadable,
      ...new Set(refused),
      ...idle.filter(isPlanned).map((entry) => `${idleLine(entry)} happens to no user of the last releases`),
    ],
    notes: [
      ...(releases.length === 0 ? ['no release has a record yet: nothing to compare with'] : []),
      ...idle.filter((entry) => !isPlanned(entry)).map((entry) => `stale  ${idleLine(entry)} concerns no release`),
    ],
  };
}

/** Records a release, and returns what became too old. Throws where the version may not break what it breaks. */
export function recordRelease(upgrade: Upgrade, version: string, core: string, assembly: object): string[] {
  if (!isVersion(version)) {
    throw new Error(`a release must be recorded as a version such as 0.1.0, got: ${version}`);
  }
  const later = readBreakingPage(upgrade.breaking).entries.find((entry) => byAge(entry.version, version) > 0);
  if (later !== undefined) {
    throw new Error(`BREAKING.md tells of breaks in ${later.version}, so that ${version} would break users unsaid`);
  }
  const layouts = Object.fromEntries(
    Object.entries(upgrade.layouts).map(([layout, define]) => [
      layout,
      Object.fromEntries(
        Object.entries(FLAGS).map(([name, flags]) => [name, recordedStacks(define, flags, ENVIRONMENTS[name])]),
      ),
    ]),
  );
  const sources = upgrade.written && sourcesOf(upgrade.written.root, upgrade.written.entry);
  const record = { version, core, flags: FLAGS, environments: ENVIRONMENTS, layouts, assembly, sources };
  return writeRecord(upgrade.records, record);
}

function readAll(folder: string, versions: string[]): { records: ReleaseRecord[]; unreadable: string[] } {
  const records: ReleaseRecord[] = [];
  const unreadable: string[] = [];
  for (const version of versions) {
    try {
      records.push(readRecord(folder, version));
    } catch (error) {
      unreadable.push(`the record of ${version} cannot be read: ${(error as Error).message}`);
    }
  }
  return { records, unreadable };
}

function flagsOf({ default: _, ...flags }: { [flag: string]: unknown }): { [flag: string]: unknown } {
  return flags;
}
