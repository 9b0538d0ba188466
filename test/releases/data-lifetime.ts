import { isDeepStrictEqual } from 'node:util';
import type { RecordedResource } from './recorded-template';

/** How long something is kept: how many days or versions, of what. */
type Lifetimes = Map<string, number>;

// biome-ignore lint/suspicious/noExplicitAny: properties as a template writes them
type Properties = any;

/** Where a resource keeps data for a shorter time than before: what is older is gone with the update. */
export function shortenedIn(old: RecordedResource, now: RecordedResource): string[] {
  const [before, after] = [old, now].map(lifetimesOf);
  const shorter = [...after].filter(([what, time]) => time < (before.get(what) ?? Number.POSITIVE_INFINITY));
  return [
    ...shorter.map(([what, time]) => `${what} is kept for ${time}, was ${before.get(what) ?? 'kept for good'}`),
    ...unversioned(old.Properties, now.Properties),
  ];
}

function lifetimesOf({ Type, Properties }: RecordedResource): Lifetimes {
  if (Type === 'AWS::Logs::LogGroup') {
    const days = Properties.RetentionInDays;
    return new Map(days === undefined ? [] : [['RetentionInDays', days]]);
  }
  return Type === 'AWS::S3::Bucket' ? ofRules(Properties.LifecycleConfiguration?.Rules ?? []) : new Map();
}

function ofRules(rules: Properties[]): Lifetimes {
  const lifetimes: Lifetimes = new Map();
  for (const rule of rules.filter(({ Status }) => Status !== 'Disabled')) {
    const of = JSON.stringify([rule.Prefix ?? '', rule.TagFilters ?? []]);
    const { NoncurrentDays: days, NewerNoncurrentVersions: versions } = rule.NoncurrentVersionExpiration ?? {};
    const times = {
      ExpirationInDays: rule.ExpirationInDays,
      NoncurrentDays: days ?? rule.NoncurrentVersionExpirationInDays,
      NewerNoncurrentVersions: versions,
    };
    for (const [name, time] of Object.entries(times)) {
      const what = `${name} ${of}`;
      if (time !== undefined) {
        lifetimes.set(what, Math.min(time, lifetimes.get(what) ?? time));
      }
    }
  }
  return lifetimes;
}

/** Without versions, what is overwritten is gone at once. */
function unversioned(old: Properties, now: Properties): string[] {
  const isLess =
    old.VersioningConfiguration?.Status === 'Enabled' &&
    !isDeepStrictEqual(old.VersioningConfiguration, now.VersioningConfiguration);
  return isLess ? ['versions are no longer kept'] : [];
}
