import { type Decision, decisions } from './decision';
import type { Scene } from './scene';

const BUCKETS = ['dev/datasets', 'dev/models', 'dev/artifacts', 'dev/accesslogs'];
const LOGGED = BUCKETS.slice(0, 3);
const OBJECT = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];
const ACCOUNT = '111122223333';
const LOG_CONTEXT = 'kms:EncryptionContext:aws:logs:arn';

/** What buckets and keys say themselves, also to those whom their own policies allow everything. */
export function resourceDecisions(scene: Scene): Decision[] {
  const plain = { 'aws:SecureTransport': 'false' };
  const old = { 's3:TlsVersion': '1.1' };
  const logging = 'logging.s3.amazonaws.com';
  const [here, abroad] = ['logs.eu-central-1.amazonaws.com', 'logs.us-east-1.amazonaws.com'];
  const group = (region: string, account: string) => ({
    [LOG_CONTEXT]: `arn:aws:logs:${region}:${account}:log-group:a`,
  });
  const objects = BUCKETS.map((bucket) => `${bucket}/users/alice/a`);
  return [
    ...decisions([
      ['admin', 'may', OBJECT, objects],
      ['admin', 'may not', OBJECT, objects, plain],
      ['admin', 'may not', OBJECT, objects, old],
      ['admin', 'may not', ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'], BUCKETS, plain],
      ['admin', 'may not', ['s3:ListBucket', 's3:ListBucketVersions', 's3:GetBucketPolicy'], BUCKETS, old],
      ['stranger', 'may not', [...OBJECT, 's3:PutObjectAcl', 's3:GetObjectVersion'], objects],
      ['stranger', 'may not', ['s3:ListBucket', 's3:PutBucketPolicy', 's3:GetBucketPolicy'], BUCKETS],
      [[logging, here, 'sagemaker.amazonaws.com'], 'may not', OBJECT, objects.slice(0, 3)],

      ['stranger', 'may not', [...USE, 'kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'], 'dev/key'],
      // That it may with the right context, the simulator cannot tell: it knows no key of an encryption context.
      [here, 'may not', USE, 'dev/key', group('eu-central-1', '444455556666')],
      [here, 'may not', USE, 'dev/key', group('us-east-1', ACCOUNT)],
      [here, 'may not', USE, 'dev/key'],
      [abroad, 'may not', USE, 'dev/key', group('eu-central-1', ACCOUNT)],
      [here, 'may not', ['kms:CreateGrant', 'kms:PutKeyPolicy'], 'dev/key', group('eu-central-1', ACCOUNT)],
      [['sagemaker.amazonaws.com', logging], 'may not', USE, 'dev/key', group('eu-central-1', ACCOUNT)],
    ]),
    ...LOGGED.flatMap((bucket) => {
      const source = { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': scene.target(bucket).arn };
      const log = `dev/accesslogs/${bucket.slice('dev/'.length)}/a.log`;
      const wrong = { ...source, 'aws:SourceArn': scene.target('prod/datasets').arn };
      return decisions([
        [logging, 'may', 's3:PutObject', log, source],
        [logging, 'may not', 's3:PutObject', 'dev/accesslogs/other/a.log', source],
        [logging, 'may not', 's3:PutObject', log, { ...source, 'aws:SourceAccount': '444455556666' }],
        [logging, 'may not', 's3:PutObject', log, { 'aws:SourceArn': source['aws:SourceArn'] }],
        [logging, 'may not', 's3:PutObject', log, { 'aws:SourceAccount': ACCOUNT }],
        [logging, 'may not', 's3:PutObject', log, wrong],
        [logging, 'may not', 's3:PutObject', log, { ...source, ...plain }],
        [logging, 'may not', 's3:PutObject', log, { ...source, ...old }],
        [logging, 'may not', ['s3:GetObject', 's3:DeleteObject', 's3:PutObjectAcl'], log, source],
        [['logs.eu-central-1.amazonaws.com', 'stranger'], 'may not', 's3:PutObject', log, source],
      ]);
    }),
  ];
}
