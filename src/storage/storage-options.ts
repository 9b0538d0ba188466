import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { DataPerimeterOptions } from './data-perimeter';
import { StorageProtection } from './replication';

/** Which keys encrypt the buckets. */
export enum StorageEncryption {
  /** A customer managed key in KMS, with bucket keys, so that KMS is asked rarely. */
  KMS = 'kms',

  /** Keys that S3 manages. Costs nothing, and nobody can be kept out by a key policy. */
  S3_MANAGED = 's3-managed',
}

/** A bucket of an `MlStorage`. */
export enum StorageBucket {
  /** What is learned from. */
  DATASETS = 'datasets',

  /** What was learned. */
  MODELS = 'models',

  /** What jobs and pipelines need and leave behind. */
  ARTIFACTS = 'artifacts',
}

/**
 * The buckets of a team: datasets, models and artifacts.
 *
 * In each bucket `users/<owner>/` is private to the owner, `shared/<owner>/` is written by that owner and read by all
 * owners, and the purpose prefixes are team data, read by all owners and written by whoever got `grantWriteShared`:
 *
 * - datasets: `raw/`, `processed/`, `interim/`, `external/`
 * - models: `trained/`, `artifacts/`, `experiments/`, `production/`
 * - artifacts: `code/`, `output/`, `reports/`
 */
export interface IMlStorage extends IConstruct {
  /** What is learned from. */
  readonly datasets: s3.IBucket;

  /** What was learned. */
  readonly models: s3.IBucket;

  /** What jobs and pipelines need and leave behind. */
  readonly artifacts: s3.IBucket;

  /** The key of the buckets, where they have one. */
  readonly encryptionKey?: kms.IKey;

  /** Lets a principal use the areas of one owner, and read what others share and what the team has. */
  grantOwner(grantee: iam.IGrantable, owner: string): iam.Grant;

  /** Lets a principal read what owners share and what the team has. */
  grantReadShared(grantee: iam.IGrantable): iam.Grant;

  /** Lets a principal write what the team has: the purpose prefixes. */
  grantWriteShared(grantee: iam.IGrantable): iam.Grant;

  /** @internal */
  readonly _protection?: StorageProtection;

  /** @internal */
  _ownerStatements(owner: string): iam.PolicyStatement[];

  /** @internal */
  _keepInside(scope: IConstruct, options: DataPerimeterOptions, endpointIds: string[]): void;
}

/**
 * Object Lock of buckets: what is written cannot be deleted or overwritten for a time, whoever asks.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export interface ObjectLockOptions {
  /**
   * Turns Object Lock on for objects that are written from now on: from 1 to 36500 whole days, and no longer than old
   * versions are kept. It can be made shorter or longer later. It cannot be turned off for a bucket any more, and every
   * locked version is paid for until its time is over.
   *
   * @default - Object Lock is off.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-configure.html
   */
  readonly objectLockRetention?: Duration;

  /**
   * Who may delete a locked version before its time: with `GOVERNANCE` principals with
   * `s3:BypassGovernanceRetention`, which no role of this library has; with `COMPLIANCE` nobody, not even the root user.
   *
   * @default s3.ObjectLockMode.GOVERNANCE
   */
  readonly objectLockMode?: s3.ObjectLockMode;

  /**
   * Acknowledges, for those who review the code, that nothing can undo `COMPLIANCE`. Needed with it, refused without.
   *
   * @default - `COMPLIANCE` is refused.
   */
  readonly objectLockComplianceReason?: string;

  /**
   * States that the buckets do not exist yet, so that they are made with the lock, in the way that checkers look for.
   * Never change it for buckets that exist: CloudFormation would put new, empty ones in their place.
   *
   * @default false
   */
  readonly objectLockNewBuckets?: boolean;
}
