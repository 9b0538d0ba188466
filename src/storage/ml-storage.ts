import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { MlEnvironment } from '../environment';
import { fail } from '../private/checks';
import { createDataKey } from '../private/data-key';
import { grantStatements } from '../private/grants';
import { requireOwner } from '../private/identity';
import { referWeakly } from '../private/references';
import { ABORT_UPLOADS, createHardenedBucket } from './hardened-bucket';
import { artifactRules, datasetRules, modelRules } from './purposes';
import { ownerStatements, readSharedStatements, writeSharedStatements } from './storage-statements';

/** Which keys encrypt the buckets. */
export enum StorageEncryption {
  /** A customer managed key in KMS, with bucket keys, so that KMS is asked rarely. */
  KMS = 'kms',

  /** Keys that S3 manages. Costs nothing, and nobody can be kept out by a key policy. */
  S3_MANAGED = 's3-managed',
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
  _ownerStatements(owner: string): iam.PolicyStatement[];
}

/** Properties of an `MlStorage`. */
export interface MlStorageProps {
  /**
   * Which keys encrypt the buckets.
   *
   * @default StorageEncryption.KMS
   */
  readonly encryption?: StorageEncryption;

  /**
   * Key of the buckets. Refused together with `StorageEncryption.S3_MANAGED`.
   *
   * @default - A key is defined, except below `MlSharedInfra`, whose key is used.
   */
  readonly encryptionKey?: kms.IKey;
}

/** Buckets that exist. */
export interface ExistingBucketsProps {
  /** Bucket for datasets. */
  readonly datasets: s3.IBucket;

  /** Bucket for models. */
  readonly models: s3.IBucket;

  /** Bucket for artifacts. */
  readonly artifacts: s3.IBucket;

  /**
   * Key that the buckets are encrypted with, so that owners may use it through S3.
   *
   * @default - The keys that CDK knows the buckets by; no right to any key if there is none.
   */
  readonly encryptionKey?: kms.IKey;
}

abstract class StorageBuckets extends Construct implements IMlStorage {
  public abstract readonly datasets: s3.IBucket;
  public abstract readonly models: s3.IBucket;
  public abstract readonly artifacts: s3.IBucket;
  public abstract readonly encryptionKey?: kms.IKey;

  public grantOwner(grantee: iam.IGrantable, owner: string): iam.Grant {
    requireOwner(this, 'owner', owner);
    return grantStatements(this, grantee, ownerStatements(this, owner));
  }

  public grantReadShared(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, readSharedStatements(this));
  }

  public grantWriteShared(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, writeSharedStatements(this));
  }

  /** @internal */
  public _ownerStatements(owner: string): iam.PolicyStatement[] {
    return ownerStatements(this, owner);
  }
}

/**
 * Buckets for datasets, models and artifacts, with one bucket for their access logs.
 *
 * By default they are private, versioned, encrypted with a key in KMS, reached with TLS 1.2 alone, and kept when they
 * are removed from the app or replaced. Datasets are archived after 90 days where jobs can still read them at once
 * (Glacier Instant Retrieval); old versions of models are archived after 30 days. Objects below `users/` and `shared/`
 * never change class nor expire; only their old versions do, after `versionRetention` of the environment.
 *
 * @example
 * const storage = new MlStorage(this, 'Storage', { encryption: StorageEncryption.S3_MANAGED });
 * new MlSharedInfra(this, 'Shared', { storage });
 */
export class MlStorage extends StorageBuckets {
  /** Storage made of buckets that exist. Their settings and lifecycle rules stay as they are. */
  public static fromBuckets(scope: Construct, id: string, props: ExistingBucketsProps): IMlStorage {
    return new ExistingBuckets(scope, id, props);
  }

  public readonly datasets: s3.IBucket;
  public readonly models: s3.IBucket;
  public readonly artifacts: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: MlStorageProps = {}) {
    super(scope, id);
    const environment = MlEnvironment.of(this);
    const removalPolicy = environment._dataRemovalPolicy(this);
    const s3Managed = props.encryption === StorageEncryption.S3_MANAGED;
    if (s3Managed && props.encryptionKey) {
      fail(this, 'encryptionKey', 'left out when encryption is S3_MANAGED', props.encryptionKey.node.path);
    }
    this.encryptionKey = s3Managed ? undefined : (props.encryptionKey ?? createDataKey(this, 'Key', removalPolicy));
    const logBucket = createHardenedBucket(this, 'AccessLogs', {
      removalPolicy,
      lifecycleRules: [
        ABORT_UPLOADS,
        {
          id: 'forget-logs',
          expiration:
            environment.logRetention === logs.RetentionDays.INFINITE
              ? undefined
              : Duration.days(environment.logRetention),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    const bucket = (id: string, lifecycleRules: s3.LifecycleRule[]) =>
      createHardenedBucket(this, id, { encryptionKey: this.encryptionKey, lifecycleRules, removalPolicy, logBucket });
    this.datasets = bucket('Datasets', datasetRules(environment.versionRetention));
    this.models = bucket('Models', modelRules(environment.versionRetention));
    this.artifacts = bucket('Artifacts', artifactRules(environment.versionRetention));
    referWeakly(this);
  }
}

class ExistingBuckets extends StorageBuckets {
  public readonly datasets: s3.IBucket;
  public readonly models: s3.IBucket;
  public readonly artifacts: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: ExistingBucketsProps) {
    super(scope, id);
    this.datasets = props.datasets;
    this.models = props.models;
    this.artifacts = props.artifacts;
    this.encryptionKey = props.encryptionKey ?? props.datasets.encryptionKey;
  }
}
