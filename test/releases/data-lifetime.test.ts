import { shortenedIn } from './data-lifetime';

const FOREVER = { Status: 'Enabled', Prefix: 'models/' };

const bucket = (...Rules: object[]) => resource('AWS::S3::Bucket', { LifecycleConfiguration: { Rules } });
const expiring = (days: number, more?: object) => bucket({ ...FOREVER, ExpirationInDays: days, ...more });
const versions = (NoncurrentVersionExpiration: object) => bucket({ ...FOREVER, NoncurrentVersionExpiration });
const logs = (RetentionInDays?: number) => resource('AWS::Logs::LogGroup', RetentionInDays ? { RetentionInDays } : {});

test.each<[string, Resource, Resource]>([
  ['logs that were kept for good', logs(), logs(3653)],
  ['logs', logs(365), logs(30)],
  ['objects that were kept for good', bucket(), expiring(3650)],
  ['objects', expiring(90), expiring(30)],
  ['objects under another prefix', expiring(90), expiring(90, { Prefix: 'datasets/' })],
  ['objects with another tag', expiring(90), expiring(90, { TagFilters: [{ Key: 'a', Value: 'b' }] })],
  ['old versions', versions({ NoncurrentDays: 90 }), versions({ NoncurrentDays: 30 })],
  ['the number of old versions', versions({ NewerNoncurrentVersions: 9 }), versions({ NewerNoncurrentVersions: 1 })],
  ['what a rule kept that was off', expiring(30, { Status: 'Disabled' }), expiring(30)],
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
])('%s may be kept', (_, before, after) => {
  expect(shortenedIn(before, after)).toEqual([]);
});

type Resource = ReturnType<typeof resource>;

function resource(Type: string, Properties: object) {
  return { Type, Path: 'A', Properties };
}
