import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { fail, requireDuration } from '../private/checks';
import { CALLING_BASE, CALLING_OWNER } from '../private/identity';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { isOneOf, listObjects, requireOwnAccount, requirePatterns, useKey } from './s3-sync';

/**
 * How notebooks are copied to S3.
 *
 * All of `~/SageMaker` goes to `users/<owner>/notebooks/<name of the notebook>/` in the bucket, soon after each start
 * and then again and again, by `aws s3 sync` without deletion: what is deleted in a notebook stays in its backup.
 * Symbolic links, and with them mounts, are not followed. Caches, `node_modules` and `.ml-infra` are left out.
 */
export interface BackupOptions {
  /**
   * Bucket for the copies, in the account of the notebooks. Its versions are what brings back an overwritten file, and
   * its lifecycle rules decide how long.
   *
   * @default - The bucket for artifacts of the base.
   */
  readonly bucket?: s3.IBucket;

  /**
   * How often copies are made while a notebook runs: whole minutes from 60 to 10080, a week.
   *
   * @default Duration.days(1)
   */
  readonly every?: Duration;

  /**
   * Patterns for what else is left out, relative to `~/SageMaker`, as the AWS CLI takes them: `*` stands for any
   * characters, slashes among them. At most 50.
   *
   * @default - Nothing else is left out.
   */
  readonly exclude?: string[];
}

/** Copies of `~/SageMaker` in S3, and back. `ownBuckets` are those of the base, where owners have their rights already. */
export function bindBackup(
  scope: IConstruct,
  options: BackupOptions,
  artifacts: s3.IBucket,
  ownBuckets: s3.IBucket[] = [artifacts],
): BoundFeature {
  const { bucket = artifacts, every = Duration.days(1), exclude = [] } = options;
  requireOwnAccount(scope, 'backup.bucket', bucket);
  if (every.isUnresolved()) {
    fail(scope, 'backup.every', 'known at synthesis, because notebooks get it in a file', 'a deploy-time value');
  }
  requireDuration(scope, 'backup.every', every, 'minutes', 60, 10_080);
  requirePatterns(scope, 'backup.exclude', exclude, 0);
  const own = isOneOf(scope, bucket, ownBuckets);
  return {
    name: LifecycleFeature.BACKUP,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 14_400,
    // Another bucket may serve several bases, in which different people have the same name.
    settings: { bucket: bucket.bucketName, byBase: !own, everySeconds: every.toSeconds(), exclude },
    statements: own ? [] : writeBackups(scope, bucket),
  };
}

/** The rights of each owner on the own backups, by the tag of the role. A role without the tag has none. */
function writeBackups(scope: IConstruct, bucket: s3.IBucket): iam.PolicyStatement[] {
  const area = `${CALLING_BASE}/users/${CALLING_OWNER}/notebooks/*`;
  return [
    listObjects(bucket, area),
    new iam.PolicyStatement({
      actions: ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject'],
      resources: [bucket.arnForObjects(area)],
    }),
    ...useKey(scope, bucket, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}
