import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { PURPOSES } from './purposes';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const WRITE = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:ListMultipartUploadParts', 's3:PutObject'];

/** The three buckets, as the statements need them. */
export interface StorageParts extends IConstruct {
  readonly datasets: s3.IBucket;
  readonly models: s3.IBucket;
  readonly artifacts: s3.IBucket;
  readonly encryptionKey?: kms.IKey;
}

/** What an owner may do: use the own areas, read what others share and what the team has. */
export function ownerStatements(storage: StorageParts, owner: string): iam.PolicyStatement[] {
  const areas = [`users/${owner}/*`, 'shared/*', ...allPurposes()];
  return [
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: bucketArns(storage),
      conditions: { StringLike: { 's3:prefix': areas } },
    }),
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: bucketArns(storage) }),
    new iam.PolicyStatement({
      actions: READ,
      resources: [...inEach(storage, `users/${owner}/*`), ...inEach(storage, 'shared/*'), ...teamData(storage)],
    }),
    new iam.PolicyStatement({
      actions: WRITE,
      resources: [...inEach(storage, `users/${owner}/*`), ...inEach(storage, `shared/${owner}/*`)],
    }),
    ...keyStatements(storage, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** What anybody may do who reads what the team has and what owners share. */
export function readSharedStatements(storage: StorageParts): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: bucketArns(storage),
      conditions: { StringLike: { 's3:prefix': ['shared/*', ...allPurposes()] } },
    }),
    new iam.PolicyStatement({ actions: READ, resources: [...inEach(storage, 'shared/*'), ...teamData(storage)] }),
    ...keyStatements(storage, ['kms:Decrypt']),
  ];
}

/** What anybody may do who looks after the team's data. */
export function writeSharedStatements(storage: StorageParts): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({ actions: WRITE, resources: teamData(storage) }),
    ...keyStatements(storage, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

function bucketArns({ datasets, models, artifacts }: StorageParts): string[] {
  return [datasets, models, artifacts].map((bucket) => bucket.bucketArn);
}

function inEach({ datasets, models, artifacts }: StorageParts, pattern: string): string[] {
  return [datasets, models, artifacts].map((bucket) => bucket.arnForObjects(pattern));
}

function teamData(storage: StorageParts): string[] {
  const names = Object.keys(PURPOSES) as (keyof typeof PURPOSES)[];
  return names.flatMap((name) => PURPOSES[name].map((purpose) => storage[name].arnForObjects(`${purpose}/*`)));
}

function allPurposes(): string[] {
  return Object.values(PURPOSES).flatMap((purposes) => purposes.map((purpose) => `${purpose}/*`));
}

/** Keys are only of use through S3: the ARNs above decide which objects. */
function keyStatements(storage: StorageParts, actions: string[]): iam.PolicyStatement[] {
  const buckets = [storage.datasets, storage.models, storage.artifacts];
  const keys = [storage.encryptionKey, ...buckets.map((bucket) => bucket.encryptionKey)];
  const keyArns = new Set(keys.filter((key) => key !== undefined).map((key) => key.keyArn));
  if (keyArns.size === 0) {
    return [];
  }
  const { region, urlSuffix } = Stack.of(storage);
  return [
    new iam.PolicyStatement({
      actions,
      resources: [...keyArns],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
    }),
  ];
}
