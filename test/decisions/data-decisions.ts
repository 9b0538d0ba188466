import { type Decision, decisions } from './decision';
import { ODD_TAGS } from './scene';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const WRITE = ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];
const BUCKETS = ['dev/datasets', 'dev/models', 'dev/artifacts'];
const ODD = [...Object.keys(ODD_TAGS), 'untagged'].map((name) => `${name}@dev`);
const VERSIONS = [
  's3:DeleteObjectVersion',
  's3:PutObjectRetention',
  's3:BypassGovernanceRetention',
  's3:RestoreObject',
];
const BUCKET_LEVEL = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:GetBucketPolicy',
  's3:ListBucketMultipartUploads',
  's3:ListBucketVersions',
  's3:PutBucketPolicy',
  's3:PutBucketVersioning',
  's3:PutEncryptionConfiguration',
  's3:PutLifecycleConfiguration',
];

const inEach = (key: string) => BUCKETS.map((bucket) => `${bucket}/${key}`);
const below = (prefix: string) => ({ 's3:prefix': prefix });

/** Whose objects somebody reaches. */
export function dataDecisions(): Decision[] {
  return decisions([
    // The own area, in each bucket.
    ['alice@dev', 'may', [...READ, ...WRITE], inEach('users/alice/a.csv')],
    ['alice@dev', 'may', 's3:GetObject', ['dev/datasets/users/alice/deep/er/a.csv', 'dev/datasets/users/alice/']],
    ['bob@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/bob/a.csv'],
    ['alice-b@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/alice-b/a.csv'],
    ['guest@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/guest/a.csv'],
    ['team@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/team/a.csv'],
    ['alice@prod', 'may', [...READ, ...WRITE], 'prod/datasets/users/alice/a.csv'],
    ['alice@far', 'may', [...READ, ...WRITE], 'far/datasets/users/alice/a.csv'],

    // The areas of others, also of those whose names look alike.
    ['alice@dev', 'may not', [...READ, ...WRITE], inEach('users/bob/a.csv')],
    ['alice@dev', 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice-b/a.csv'],
    ['alice@dev', 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice2/a.csv'],
    ['alice-b@dev', 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice/a.csv'],
    ['alice2@dev', 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice/a.csv'],
    ['alice@dev', 'may not', 's3:GetObject', ['dev/datasets/users/a.csv', 'dev/datasets/users/Alice/a.csv']],
    [
      'alice@dev',
      'may not',
      's3:GetObject',
      ['dev/datasets/users/alicea.csv', 'dev/datasets/backup/users/alice/a.csv'],
    ],
    [['team@dev', 'guest@dev'], 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice/a.csv'],
    ['alice@dev', 'may not', READ, 'dev/datasets/users/team/a.csv'],

    // What owners show: written by the owner, read by all.
    ['alice@dev', 'may', [...READ, ...WRITE], inEach('shared/alice/a.csv')],
    [['bob@dev', 'alice2@dev', 'team@dev', 'guest@dev'], 'may', READ, 'dev/models/shared/alice/a.bin'],
    [['bob@dev', 'alice-b@dev', 'alice2@dev', 'team@dev'], 'may not', WRITE, 'dev/models/shared/alice/a.bin'],
    ['alice@dev', 'may not', WRITE, [...inEach('shared/alice-b/a.bin'), 'dev/models/shared/a.bin']],

    // What the team has: read by all, written by nobody who only owns a notebook.
    ['alice@dev', 'may', READ, ['raw', 'processed', 'interim', 'external'].map((area) => `dev/datasets/${area}/a.csv`)],
    ['alice@dev', 'may', READ, ['trained', 'artifacts', 'experiments'].map((area) => `dev/models/${area}/a.bin`)],
    ['team@dev', 'may', READ, ['code', 'output', 'reports'].map((area) => `dev/artifacts/${area}/a.py`)],
    [['alice@dev', 'team@dev'], 'may not', WRITE, ['dev/datasets/raw/a.csv', 'dev/models/production/a.bin']],
    ['alice@dev', 'may not', READ, ['dev/datasets/other/a.csv', 'dev/datasets/a.csv', 'dev/models/raw/a.csv']],

    // Listing takes a prefix, and one that is one's own.
    ['alice@dev', 'may', 's3:ListBucket', BUCKETS, below('users/alice/')],
    ['alice@dev', 'may', 's3:ListBucket', BUCKETS[0], below('users/alice/deep/')],
    ['alice@dev', 'may', 's3:ListBucket', BUCKETS[0], below('shared/')],
    ['alice@dev', 'may', 's3:ListBucket', BUCKETS[0], below('shared/bob/')],
    ['alice@dev', 'may', 's3:ListBucket', BUCKETS[0], below('raw/')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS[0], below('')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS, below('users/bob/')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS[0], below('users/')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS[0], below('users/alice')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS[0], below('users/alice2/')],
    ['alice@dev', 'may not', 's3:ListBucket', BUCKETS[0], below('users/alice-b/')],
    ['alice@dev', 'may', 's3:GetBucketLocation', BUCKETS],

    // Buckets themselves, versions, and who else may read.
    ['alice@dev', 'may not', BUCKET_LEVEL, 'dev/datasets', below('users/alice/')],
    ['alice@dev', 'may not', [...VERSIONS, 's3:PutObjectAcl', 's3:PutObjectTagging'], 'dev/datasets/users/alice/a.csv'],
    ['alice@dev', 'may not', ['s3:PutObjectLegalHold', 's3:ReplicateObject'], 'dev/datasets/shared/alice/a.csv'],
    ['alice@dev', 'may not', ['s3:CreateBucket', 's3:ListBucket'], 'arn:aws:s3:::bucket-of-my-own'],
    ['alice@dev', 'may not', ['s3:GetObject', 's3:DeleteObject', 's3:PutObject'], 'dev/accesslogs/datasets/a.log'],
    ['alice@dev', 'may not', ['s3:GetBucketLocation', 's3:ListBucket'], 'dev/accesslogs', below('users/alice/')],

    // Only with TLS, and no old one.
    ['alice@dev', 'may not', 's3:GetObject', 'dev/datasets/users/alice/a.csv', { 'aws:SecureTransport': 'false' }],
    ['alice@dev', 'may not', 's3:PutObject', 'dev/datasets/users/alice/a.csv', { 's3:TlsVersion': '1.1' }],
    ['admin', 'may not', 's3:GetObject', 'dev/models/users/alice/a.bin', { 'aws:SecureTransport': 'false' }],

    // Other bases of the account.
    [
      'alice@dev',
      'may not',
      [...READ, ...WRITE],
      ['prod/datasets/users/alice/a.csv', 'far/datasets/users/alice/a.csv'],
    ],
    [
      'alice@dev',
      'may not',
      READ,
      ['prod/datasets/shared/alice/a.csv', 'far/datasets/raw/a.csv', 'prod/models/trained/a'],
    ],
    ['alice@prod', 'may not', [...READ, ...WRITE], 'dev/datasets/users/alice/a.csv'],
    ['team@prod', 'may not', READ, 'dev/datasets/raw/a.csv'],
    ['alice@far', 'may not', READ, 'dev/datasets/users/alice/a.csv'],
    ['alice@dev', 'may not', ['s3:ListBucket', 's3:GetBucketLocation'], 'prod/datasets', below('users/alice/')],

    // Roles with the policies, and no tag or an odd one.
    [ODD, 'may not', READ, 'dev/datasets/users/alice/a.csv'],
    [ODD, 'may not', WRITE, ['dev/datasets/users/alice/a.csv', 'dev/datasets/shared/alice/a.csv']],
    [ODD, 'may not', 's3:ListBucket', 'dev/datasets', below('users/alice/')],
    [ODD, 'may not', 's3:ListBucket', 'dev/datasets', below('users/')],
    [ODD, 'may not', 's3:GetObject', 'dev/datasets/users/a.csv'],

    // People who were granted one thing.
    ['scientist', 'may', [...READ, ...WRITE], 'dev/datasets/users/alice/a.csv'],
    ['scientist', 'may not', [...READ, ...WRITE], ['dev/datasets/users/bob/a.csv', 'dev/datasets/users/alice2/a.csv']],
    ['reader', 'may', READ, ['dev/datasets/raw/a.csv', 'dev/models/shared/alice/a.bin']],
    ['reader', 'may not', READ, ['dev/datasets/users/alice/a.csv', 'prod/datasets/raw/a.csv']],
    ['reader', 'may not', WRITE, ['dev/datasets/raw/a.csv', 'dev/models/shared/alice/a.bin']],
    ['reader', 'may', 's3:ListBucket', 'dev/datasets', below('raw/')],
    ['reader', 'may not', 's3:ListBucket', 'dev/datasets', below('users/alice/')],
    ['curator', 'may', WRITE, ['dev/datasets/raw/a.csv', 'dev/models/production/a.bin', 'dev/artifacts/code/a.py']],
    [
      'curator',
      'may not',
      WRITE,
      ['dev/datasets/users/alice/a.csv', 'dev/datasets/shared/alice/a.csv', 'dev/datasets/a'],
    ],
  ]);
}

/** What may be done with keys. */
export function keyDecisions(): Decision[] {
  const s3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const sagemaker = { 'kms:ViaService': 'sagemaker.eu-central-1.amazonaws.com' };
  const abroad = { 'kms:ViaService': 'sagemaker.us-east-1.amazonaws.com' };
  const forAws = { 'kms:GrantIsForAWSResource': 'true' };
  const use = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const admin = ['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:PutKeyPolicy', 'kms:Encrypt', 'kms:ReEncryptFrom'];
  return decisions([
    [['alice@dev', 'team@dev', 'guest@dev'], 'may', use, 'dev/key', s3],
    ['alice@prod', 'may', use, 'prod/key', s3],
    ['alice@dev', 'may not', use, 'dev/key'],
    ['alice@dev', 'may not', use, 'dev/key', sagemaker],
    ['alice@dev', 'may not', use, 'dev/key', { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }],
    ['alice@dev', 'may not', use, 'dev/key', { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' }],
    ['alice@dev', 'may not', use, ['prod/key', 'far/key'], s3],
    ['alice@prod', 'may not', use, 'dev/key', s3],
    ['alice@dev', 'may not', admin, 'dev/key', s3],
    ['alice@dev', 'may not', admin, 'dev/key', sagemaker],
    ['alice@dev', 'may not', admin, 'dev/key', { ...sagemaker, ...forAws }],
    ['reader', 'may', 'kms:Decrypt', 'dev/key', s3],
    ['reader', 'may not', 'kms:GenerateDataKey', 'dev/key', s3],
    ['curator', 'may', use, 'dev/key', s3],

    ['alice@dev', 'may', 'kms:CreateGrant', 'dev/key', { ...sagemaker, ...forAws }],
    ['alice@dev', 'may not', 'kms:CreateGrant', 'dev/key', sagemaker],
    ['alice@dev', 'may not', 'kms:CreateGrant', 'dev/key', { ...sagemaker, 'kms:GrantIsForAWSResource': 'false' }],
    ['alice@dev', 'may not', 'kms:CreateGrant', 'dev/key', forAws],
    ['alice@dev', 'may not', 'kms:CreateGrant', 'dev/key', { ...abroad, ...forAws }],
    ['alice@dev', 'may not', 'kms:CreateGrant', 'dev/key', { ...s3, ...forAws }],
    ['alice@dev', 'may not', 'kms:CreateGrant', ['prod/key', 'far/key'], { ...sagemaker, ...forAws }],
    ['alice@dev', 'may not', ['kms:RevokeGrant', 'kms:RetireGrant'], 'dev/key', { ...sagemaker, ...forAws }],
  ]);
}
