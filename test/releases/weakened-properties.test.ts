import { GUARDED_PROPERTIES } from './property-table';
import { lostTagsOf, worsenedIn } from './weakened-properties';

type Properties = { [property: string]: unknown };

const KEY = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const encrypted = (SSEAlgorithm: string, KMSMasterKeyID?: unknown) => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }],
  },
});
const selecting = (...fields: object[]) => ({ AdvancedEventSelectors: [{ Name: 'a', FieldSelectors: fields }] });
const ARNS = (...StartsWith: unknown[]) => ({ Field: 'resources.ARN', StartsWith });
const NOT = (...NotEquals: unknown[]) => ({ Field: 'eventSource', NotEquals });
const DATA = { Field: 'eventCategory', Equals: ['Data'] };
const locking = (Mode: string) => ({ ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode } } } });
const replicating = (...Rules: object[]) => ({ ReplicationConfiguration: { Rules } });
const TO = { Status: 'Enabled', Destination: { Bucket: 'b' } };
const METADATA = (MinimumInstanceMetadataServiceVersion: string) => ({
  InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion },
});
const PUBLIC = (on: boolean) => ({ PublicAccessBlockConfiguration: { BlockPublicAcls: on, BlockPublicPolicy: true } });
const LOGGED = { LoggingConfiguration: { DestinationBucketName: { Ref: 'L' }, LogFilePrefix: 'a/' } };

const WORSE: [type: string, before: Properties, after: Properties][] = [
  ['AWS::Budgets::Budget', { NotificationsWithSubscribers: [80, 100] }, { NotificationsWithSubscribers: [100] }],
  ['AWS::KMS::Key', {}, { Enabled: false }],
  ['AWS::KMS::Key', { EnableKeyRotation: true }, { EnableKeyRotation: false }],
  ['AWS::KMS::Key', { EnableKeyRotation: true }, {}],
  ['AWS::KMS::Key', { RotationPeriodInDays: 90 }, {}],
  ['AWS::KMS::Key', {}, { PendingWindowInDays: 7 }],
  ['AWS::S3::Bucket', encrypted('aws:kms', KEY('K')), encrypted('AES256')],
  ['AWS::S3::Bucket', encrypted('aws:kms', KEY('K')), encrypted('aws:kms', KEY('L'))],
  ['AWS::S3::Bucket', encrypted('aws:kms', KEY('K')), encrypted('aws:kms')],
  ['AWS::S3::Bucket', encrypted('aws:kms:dsse', KEY('K')), encrypted('aws:kms', KEY('K'))],
  ['AWS::S3::Bucket', encrypted('aws:kms', KEY('K')), {}],
  ['AWS::S3::Bucket', PUBLIC(true), PUBLIC(false)],
  ['AWS::S3::Bucket', LOGGED, {}],
  ['AWS::S3::Bucket', LOGGED, { LoggingConfiguration: { ...LOGGED.LoggingConfiguration, LogFilePrefix: 'b/' } }],
  ['AWS::S3::Bucket', replicating(TO), {}],
  ['AWS::S3::Bucket', replicating(TO), replicating({ ...TO, Status: 'Disabled' })],
  ['AWS::S3::Bucket', locking('COMPLIANCE'), locking('GOVERNANCE')],
  ['AWS::S3::Bucket', { OwnershipControls: { Rules: [] } }, {}],
  ['AWS::CloudTrail::Trail', { IsLogging: true }, { IsLogging: false }],
  ['AWS::CloudTrail::Trail', selecting(DATA, ARNS('a', 'b')), selecting(DATA, ARNS('a'))],
  ['AWS::CloudTrail::Trail', selecting(DATA), selecting(DATA, ARNS('a'))],
  ['AWS::CloudTrail::Trail', selecting(DATA), selecting(DATA, NOT('a'))],
  ['AWS::CloudTrail::Trail', selecting(DATA), {}],
  ['AWS::CloudTrail::Trail', { EventSelectors: [{ ReadWriteType: 'All' }] }, { EventSelectors: [] }],
  ['AWS::CloudTrail::Trail', { S3BucketName: { Ref: 'A' } }, { S3BucketName: { Ref: 'B' } }],
  ['AWS::CloudTrail::Trail', { EnableLogFileValidation: true }, {}],
  ['AWS::CloudTrail::EventDataStore', {}, { TerminationProtectionEnabled: false }],
  ['AWS::SageMaker::NotebookInstance', { LifecycleConfigName: { Ref: 'C' } }, {}],
  ['AWS::SageMaker::NotebookInstance', { RoleArn: KEY('R') }, { RoleArn: KEY('S') }],
  ['AWS::SageMaker::NotebookInstance', { RootAccess: 'Disabled' }, { RootAccess: 'Enabled' }],
  ['AWS::SageMaker::NotebookInstance', { RootAccess: 'Disabled' }, {}],
  ['AWS::SageMaker::NotebookInstance', { DirectInternetAccess: 'Disabled' }, {}],
  ['AWS::SageMaker::NotebookInstance', { KmsKeyId: KEY('K') }, {}],
  ['AWS::SageMaker::NotebookInstance', METADATA('2'), METADATA('1')],
  ['AWS::Logs::LogGroup', { KmsKeyId: KEY('K') }, {}],
  ['AWS::IAM::Role', { PermissionsBoundary: { Ref: 'P' } }, {}],
  ['AWS::IAM::Role', { MaxSessionDuration: 43200 }, {}],
  ['AWS::EC2::VPCEndpoint', { PrivateDnsEnabled: true }, { PrivateDnsEnabled: false }],
  ['AWS::DynamoDB::Table', { DeletionProtectionEnabled: true }, {}],
  ['AWS::EFS::FileSystem', { BackupPolicy: { Status: 'ENABLED' } }, { BackupPolicy: { Status: 'DISABLED' } }],
  ['AWS::SNS::Topic', { KmsMasterKeyId: KEY('K') }, {}],
  ['AWS::SecretsManager::Secret', { KmsKeyId: KEY('K') }, {}],
];

test.each(WORSE)('%s %j is worse as %j', (type, before, after) => {
  expect(worsenedIn(resource(type, before), resource(type, after))).toHaveLength(1);
  expect(worsenedIn(resource(type, before), resource(type, before))).toEqual([]);
});

test.each<[type: string, before: Properties, after: Properties]>([
  ['AWS::KMS::Key', { Enabled: false, EnableKeyRotation: false }, { EnableKeyRotation: true }],
  ['AWS::KMS::Key', { PendingWindowInDays: 7 }, { PendingWindowInDays: 30 }],
  ['AWS::S3::Bucket', encrypted('AES256'), encrypted('aws:kms', KEY('K'))],
  ['AWS::S3::Bucket', encrypted('aws:kms', KEY('K')), encrypted('aws:kms', { Ref: 'K' })],
  ['AWS::S3::Bucket', {}, { ...PUBLIC(true), ...LOGGED, ...replicating(TO) }],
  ['AWS::S3::Bucket', replicating(TO), replicating({ ...TO, Destination: { Bucket: 'c' } }, TO)],
  ['AWS::CloudTrail::Trail', selecting(DATA, ARNS('a')), selecting(DATA, ARNS('a', 'b'))],
  ['AWS::CloudTrail::Trail', selecting(DATA, ARNS('a')), selecting(DATA)],
  ['AWS::CloudTrail::Trail', selecting(DATA, NOT('a', 'b')), selecting(DATA, NOT('a'))],
  ['AWS::SageMaker::NotebookInstance', {}, { RootAccess: 'Disabled', LifecycleConfigName: 'a' }],
  ['AWS::Other::Type', { Enabled: true }, {}],
])('%s %j is no worse as %j', (type, before, after) => {
  expect(worsenedIn(resource(type, before), resource(type, after))).toEqual([]);
});

test('what is worse is said with what it was, and why that hurts', () => {
  const [key, disabled] = [{}, { Enabled: false }].map((each) => resource('AWS::KMS::Key', each));

  expect(worsenedIn(key, disabled)).toEqual(['Enabled from nothing to false: what it has encrypted cannot be read']);
});

test('each type of the table has a property that a test makes worse', () => {
  expect([...new Set(WORSE.map(([type]) => type))].sort()).toEqual(Object.keys(GUARDED_PROPERTIES).sort());
});

describe('tags', () => {
  const tagged = (...tags: [key: string, value: unknown][]) =>
    resource('AWS::IAM::Role', { Tags: tags.map(([Key, Value]) => ({ Key, Value })) });
  const OWNER = tagged(['ml-owner', 'alice'], ['team', 'vision']);

  test.each([
    ['gone', tagged(['team', 'vision'])],
    ['another', tagged(['ml-owner', 'bob'], ['team', 'vision'])],
    ['gone with all others', resource('AWS::IAM::Role', {})],
  ])('of the library may not be %s', (_, after) => {
    expect(lostTagsOf(OWNER, after)).toEqual([expect.stringContaining('tags gone or changed: ml-owner;')]);
  });

  test('of the app, and new ones, may', () => {
    expect(lostTagsOf(OWNER, tagged(['ml-new', 'a'], ['ml-owner', 'alice']))).toEqual([]);
  });

  test('count also where they are an object', () => {
    const [old, now] = [{ 'ml-base': 'a' }, {}].map((Tags) => resource('AWS::SSM::Parameter', { Tags }));

    expect(lostTagsOf(old, now)).toHaveLength(1);
  });
});

function resource(Type: string, Properties: Properties) {
  return { Type, Path: 'A', Properties };
}
