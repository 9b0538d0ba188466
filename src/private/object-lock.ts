import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { fail, requireDuration, requireKnown, requirePattern } from './checks';
import { DURATION, FLAG, Kinds, oneOf, TEXT } from './kinds';

/** Longest default retention that S3 takes, 100 years. */
const LONGEST = 36_500;

/** What the props of a construct say about Object Lock. */
export interface ObjectLockSettings {
  readonly objectLockRetention?: Duration;
  readonly objectLockMode?: s3.ObjectLockMode;
  readonly objectLockComplianceReason?: string;
  readonly objectLockNewBuckets?: boolean;
}

/** The kinds of the props. */
export const OBJECT_LOCK_KINDS: Kinds<ObjectLockSettings> = {
  objectLockRetention: DURATION,
  objectLockMode: oneOf('ObjectLockMode', s3.ObjectLockMode),
  objectLockComplianceReason: TEXT,
  objectLockNewBuckets: FLAG,
};

/** Object Lock of a bucket: each new version of an object cannot be deleted for a number of days. */
export interface ObjectLock {
  readonly mode: s3.ObjectLockMode;
  readonly days: number;

  /** Whether the bucket is made with the lock. In one that exists it is turned on instead. */
  readonly isNewBucket: boolean;
}

/** The lock that the props of a construct ask for. What would lose data, or could not be undone, is refused. */
export function requireObjectLock(
  scope: IConstruct,
  settings: ObjectLockSettings,
  removalPolicy: RemovalPolicy,
): ObjectLock | undefined {
  const { objectLockRetention: retention, objectLockMode: mode, objectLockNewBuckets } = settings;
  if (retention === undefined) {
    requireNothingElse(scope, { ...settings });
    return undefined;
  }
  requireDuration(scope, 'objectLockRetention', retention, 'days', 1, LONGEST);
  if (retention.isUnresolved()) {
    fail(scope, 'objectLockRetention', 'known at synthesis, because lifecycle rules must not be shorter', retention);
  }
  requireReason(scope, settings);
  if (removalPolicy === RemovalPolicy.DESTROY) {
    const rule =
      "left out where data may be removed, as no object can be deleted before its time; leave out the context key 'cdk-ml-infra:removeData', or the lock";
    fail(scope, 'objectLockRetention', rule, retention);
  }
  return {
    mode: mode ?? s3.ObjectLockMode.GOVERNANCE,
    days: retention.toDays(),
    isNewBucket: objectLockNewBuckets ?? false,
  };
}

/** Requires that no lifecycle rule is to delete versions of objects while they are locked; `remedy` says what else to do. */
export function requireOutlasting(
  scope: IConstruct,
  lock: ObjectLock,
  rules: s3.LifecycleRule[],
  remedy: string,
): void {
  const known = rules
    .flatMap(({ expiration, noncurrentVersionExpiration }) => [expiration, noncurrentVersionExpiration])
    .filter((age) => age !== undefined && !age.isUnresolved())
    .map((age) => (age as Duration).toDays());
  const shortest = Math.min(...known);
  if (lock.days > shortest) {
    const rule = `at most ${shortest} days, after which versions of objects are to be deleted; ${remedy}`;
    fail(scope, 'objectLockRetention', rule, Duration.days(lock.days));
  }
}

/**
 * Locks what is written to a bucket from now on.
 *
 * `ObjectLockEnabled` of the bucket can only be given when it is made: CloudFormation replaces a bucket for which it
 * changes, and data stays behind in the old one. `ObjectLockConfiguration` alone is an update in place.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
 */
export function lockObjects(bucket: s3.Bucket, { mode, days, isNewBucket }: ObjectLock): void {
  const resource = bucket.node.defaultChild as s3.CfnBucket;
  resource.objectLockEnabled = isNewBucket ? true : undefined;
  resource.objectLockConfiguration = {
    objectLockEnabled: 'Enabled',
    rule: { defaultRetention: { mode, days } },
  };
}

function requireNothingElse(scope: IConstruct, settings: { readonly [prop: string]: unknown }): void {
  for (const prop of ['objectLockMode', 'objectLockComplianceReason', 'objectLockNewBuckets']) {
    if (settings[prop] !== undefined) {
      fail(scope, prop, 'left out without objectLockRetention, which turns Object Lock on', settings[prop]);
    }
  }
}

/** Of COMPLIANCE nobody can repent, so it takes a second word. */
function requireReason(scope: IConstruct, { objectLockMode, objectLockComplianceReason: reason }: ObjectLockSettings) {
  if (objectLockMode !== s3.ObjectLockMode.COMPLIANCE) {
    if (reason !== undefined) {
      fail(scope, 'objectLockComplianceReason', 'left out unless objectLockMode is COMPLIANCE', reason);
    }
    return;
  }
  if (reason === undefined) {
    const rule =
      "GOVERNANCE, or acknowledged with 'objectLockComplianceReason': nobody, not even the root user, can delete a locked version before its time, and it is paid for until then";
    fail(scope, 'objectLockMode', rule, objectLockMode);
  }
  requireKnown(scope, 'objectLockComplianceReason', reason, 'it is for those who review the code');
  requirePattern(scope, 'objectLockComplianceReason', reason, /\S/, 'a reason in words');
}
