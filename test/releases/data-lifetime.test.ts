import { shortenedIn } from './data-lifetime';

const FOREVER = { Status: 'Enabled', Prefix: 'models/' };

const bucket = (...Rules: object[]) => resource('AWS::S3::Bucket', { LifecycleConfiguration: { Rules } });
const expiring = (days: number, more?: object) => bucket({ ...FOREVER, ExpirationInDays: days, ...more });
const versions = (NoncurrentVersionExpiration: object) => bucket({ ...FOREVER, NoncurrentVersionExpiration });
const tagged = (Value: string) => ({ TagFilters: [{ Key: 'a', Value }] });
const archiving = (StorageClass: string, TransitionInDays: number) =>
  bucket({ ...FOREVER, Transitions: [{ StorageClass, TransitionInDays }] });
const tiering = (AccessTier: string, Days: number) =>
  resource('AWS::S3::Bucket', {
    IntelligentTieringConfigurations: [{ Id: 'a', Status: 'Enabled', Tierings: [{ AccessTier, Days }] }],
  });
const locked = (DefaultRetention: object) =>
  resource('AWS::S3::Bucket', { ObjectLockConfiguration: { Rule: { DefaultRetention } } });
const events = (RetentionPeriod?: number) => resource('AWS::CloudTrail::EventDataStore', { RetentionPeriod });
const logs = (RetentionInDays?: number) => resource('AWS::Logs::LogGroup', RetentionInDays ? { RetentionInDays } : {});

test.each<[string, Resource, Resource]>([
  ['logs that were kept for good', logs(), logs(3653)],
  ['logs', logs(365), logs(30)],
  ['objects that were kept for good', bucket(), expiring(3650)],
  ['objects', expiring(90), expiring(30)],
  ['objects under another prefix', expiring(90), expiring(90, { Prefix: 'datasets/' })],
  ['objects with another tag', expiring(90, tagged('a')), expiring(90, tagged('b'))],
  ['old versions', versions({ NoncurrentDays: 90 }), versions({ NoncurrentDays: 30 })],
  ['the number of old versions', versions({ NewerNoncurrentVersions: 9 }), versions({ NewerNoncurrentVersions: 1 })],
  ['what a rule kept that was off', expiring(30, { Status: 'Disabled' }), expiring(30)],
  [
    'the newest of old versions',
    versions({ NoncurrentDays: 30, NewerNoncurrentVersions: 9 }),
    versions({ NoncurrentDays: 30 }),
  ],
  ['objects, up to a day', bucket(), bucket({ ...FOREVER, ExpirationDate: '2027-01-01T00:00:00Z' })],
  [
    'objects, up to an earlier day',
    bucket({ ...FOREVER, ExpirationDate: '2028-01-01T00:00:00Z' }),
    bucket({ ...FOREVER, ExpirationDate: '2027-01-01T00:00:00Z' }),
  ],
  ['objects of all sizes', expiring(30, { ObjectSizeGreaterThan: 1024 }), expiring(30)],
  ['large objects', expiring(30, { ObjectSizeLessThan: 1024 }), expiring(30, { ObjectSizeLessThan: 4096 })],
  ['objects under any prefix', expiring(30), expiring(30, { Prefix: undefined })],
  ['objects without a tag', expiring(30, tagged('a')), expiring(30)],
  ['what is archived and has to be restored', bucket(), archiving('GLACIER', 90)],
  ['what is archived deeply', archiving('GLACIER', 90), archiving('DEEP_ARCHIVE', 90)],
  ['what is archived later', archiving('GLACIER', 90), archiving('GLACIER', 30)],
  [
    'old versions that are archived',
    bucket(),
    bucket({ ...FOREVER, NoncurrentVersionTransitions: [{ StorageClass: 'GLACIER', TransitionInDays: 30 }] }),
  ],
  ['what nobody reads', tiering('ARCHIVE_ACCESS', 180), tiering('ARCHIVE_ACCESS', 90)],
  ['what is locked', locked({ Days: 30 }), locked({ Days: 7 })],
  ['what is locked for years', locked({ Years: 1 }), locked({ Days: 30 })],
  ['what is locked at all', locked({ Days: 30 }), resource('AWS::S3::Bucket', {})],
  ['events', events(2557), events(366)],
  ['events by default', events(2557), events()],
])('%s may not be kept for a shorter time', (_, before, after) => {
  expect(shortenedIn(before, after)).toHaveLength(1);
});

test.each<[string, Resource, Resource]>([
  ['logs longer', logs(30), logs(365)],
  ['logs for good', logs(30), logs()],
  ['objects longer', expiring(30), expiring(90)],
  ['objects for good', expiring(30), bucket()],
  [
    'as long by two rules',
    expiring(30),
    bucket({ ...FOREVER, ExpirationInDays: 90 }, { ...FOREVER, ExpirationInDays: 30 }),
  ],
  ['nothing of uploads that nobody ended', bucket(), bucket({ ...FOREVER, AbortIncompleteMultipartUpload: {} })],
  ['what a wider rule deleted', expiring(30), expiring(30, { Prefix: 'models/old/', ObjectSizeGreaterThan: 9 })],
  ['more old versions', versions({ NoncurrentDays: 30 }), versions({ NoncurrentDays: 30, NewerNoncurrentVersions: 9 })],
  ['what is read at once', bucket(), archiving('GLACIER_IR', 0)],
  ['what was archived', archiving('DEEP_ARCHIVE', 90), archiving('GLACIER', 90)],
  ['objects that expired, in an archive', expiring(30), archiving('GLACIER', 30)],
  ['what is locked longer', locked({ Days: 30 }), locked({ Years: 1 })],
  ['events longer', events(), events(2557)],
])('%s may be kept', (_, before, after) => {
  expect(shortenedIn(before, after)).toEqual([]);
});

type Resource = ReturnType<typeof resource>;

function resource(Type: string, Properties: object) {
  return { Type, Path: 'A', Properties };
}
