import { isDeepStrictEqual } from 'node:util';
import { type Action, actionsOf, hasBeen } from './lifecycle-actions';
import type { RecordedResource } from './recorded-template';

// biome-ignore lint/suspicious/noExplicitAny: properties as a template writes them
type Properties = any;

/** What the core of CloudTrail takes where no retention is written. */
const EVENT_DAYS = 366;

/** Where a resource keeps data for a shorter time than before: what is older is gone with the update. */
export function shortenedIn(old: RecordedResource, now: RecordedResource): string[] {
  const [before, after] = [old, now].map(daysKept);
  const isShorter = before !== undefined && after !== undefined && after < before;
  return [
    ...(isShorter ? [`kept for ${after} days, was ${before === Number.POSITIVE_INFINITY ? 'for good' : before}`] : []),
    ...(old.Type === 'AWS::S3::Bucket' ? ofBucket(old.Properties, now.Properties) : []),
  ];
}

function daysKept({ Type, Properties }: RecordedResource): number | undefined {
  switch (Type) {
    case 'AWS::Logs::LogGroup':
      return Properties.RetentionInDays ?? Number.POSITIVE_INFINITY;
    case 'AWS::CloudTrail::EventDataStore':
      return Properties.RetentionPeriod ?? EVENT_DAYS;
    default:
      return undefined;
  }
}

function ofBucket(old: Properties, now: Properties): string[] {
  const before = actionsOf(old);
  const fresh = actionsOf(now).filter((action) => !before.some((known) => hasBeen(action, known)));
  return [...fresh.map(sentenceOf), ...unversioned(old, now), ...unlocked(old, now)];
}

function sentenceOf({ on, does, when, kept, filter }: Action): string {
  const after = when.days === undefined ? `from ${when.date} on` : `after ${when.days} days`;
  const but = kept === 0 ? '' : `, but for ${kept} versions`;
  return `${on} ${does} ${after}${but}, where ${JSON.stringify(filter)}; no rule did so for all of them as soon`;
}

/** Without versions, what is overwritten is gone at once. */
function unversioned(old: Properties, now: Properties): string[] {
  const isLess =
    old.VersioningConfiguration?.Status === 'Enabled' &&
    !isDeepStrictEqual(old.VersioningConfiguration, now.VersioningConfiguration);
  return isLess ? ['versions are no longer kept'] : [];
}

/** What is locked for fewer days can be deleted sooner. */
function unlocked(old: Properties, now: Properties): string[] {
  const [before, after] = [old, now].map(({ ObjectLockConfiguration: lock }) => {
    const { Days = 0, Years = 0 } = lock?.Rule?.DefaultRetention ?? {};
    return Days + 365 * Years;
  });
  return after < before ? [`new objects are locked for ${after} days, were for ${before}`] : [];
}
