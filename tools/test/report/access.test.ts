import { accessOf, isUnread } from '../../src/report/access';

test.each([
  ['s3:GetObject', 'read'],
  ['s3:ListBucket', 'read'],
  ['S3:getobject', 'read'],
  ['s3:GetObject*', 'read'],
  ['s3:Get*', 'use'],
  ['s3:ListMultipartUploadParts', 'write'],
  ['s3:PutObject', 'write'],
  ['sagemaker:CreateTrainingJob', 'write'],
  ['iam:PassRole', 'use'],
  ['s3:*', 'do anything with'],
  ['*', 'do anything with'],
  ['s3:?*', 'do anything with'],
  ['s3:*Object', 'act on'],
  ['s3:{Operation}', 'act on'],
  ['{{"Fn::Select":[0,"x"]}}', 'act on'],
  ['constructor:toString', 'write'],
])('%s is to %s', (action, access) => {
  expect(accessOf(action)).toBe(access);
});

test.each([
  ['Encrypt', 'use'],
  ['Decrypt', 'use'],
  ['DescribeKey', 'use'],
  ['GenerateDataKey*', 'use'],
  ['GenerateDataKeyWithoutPlaintext', 'use'],
  ['ReEncrypt*', 'use'],
  ['ListAliases', 'read'],
  ['PutKeyPolicy', 'write'],
  ['ScheduleKeyDeletion', 'write'],
  ['CreateGrant', 'write'],
  ['De*', 'write'],
])('kms:%s is to %s', (name, access) => {
  expect(accessOf(`kms:${name}`)).toBe(access);
  expect(accessOf(`KMS:${name}`)).toBe(access);
});

test.each([
  'states:TestState',
  'ec2:GetPasswordData',
  'ec2:Get*',
  'sts:GetFederationToken',
  'sts:Get*',
  'redshift:GetClusterCredentials',
  'redshift:GetClusterCredentialsWithIAM',
  'redshift:G?t*Credentials',
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGet*',
])('%s gives more than it reads', (action) => {
  expect(accessOf(action)).toBe('use');
});

test('patterns are told apart from those that give secrets', () => {
  expect(accessOf('ec2:GetConsole*')).toBe('read');
  expect(accessOf('ec2:Get?')).toBe('read');
});

test('names of any length take little time', () => {
  const started = performance.now();
  accessOf(`sts:g${'*a'.repeat(50_000)}`);

  expect(performance.now() - started).toBeLessThan(1_000);
});

test('what stands in braces is not read', () => {
  expect([isUnread('s3:{X}'), isUnread('s3:GetObject')]).toEqual([true, false]);
});
