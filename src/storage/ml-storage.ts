import { CustomResourceProviderBase, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { MlEnvironment } from '../environment';
import { fail, requireList, requireSameRegion } from '../private/checks';
import { createDataKey } from '../private/data-key';
import { grantStatements } from '../private/grants';
import { ABORT_UPLOADS, createHardenedBucket } from '../private/hardened-bucket';
import { requireOwner } from '../private/identity';
import { FLAG, having, Kinds, listOf, oneOf, required, requireKinds } from '../private/kinds';
import { OBJECT_LOCK_KINDS, requireObjectLock, requireOutlasting } from '../private/object-lock';
import { referWeakly } from '../private/references';
import { DataPerimeterOptions, denyFromOutside } from './data-perimeter';
import { artifactRules, datasetRules, modelRules } from './purposes';
import { Replication, requireReplica, StorageProtection } from './replication';
import { tellStorage } from './storage-facts';
import { IMlStorage, ObjectLockOptions, StorageBucket, StorageEncryption } from './storage-options';
import { ownerStatements, readSharedStatements, writeSharedStatements } from './storage-statements';

/** Properties of an `MlStorage`. */
export interface MlStorageProps extends ObjectLockOptions {
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

  /**
   * Buckets that `objectLockRetention` holds for. The bucket of the access logs is never one of them, since S3 delivers
   * no logs to a bucket with Object Lock.
   *
   * @default - All three.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
   */
  readonly objectLockBuckets?: StorageBucket[];

  /**
   * Storage in another region of the account that S3 copies new objects to, minutes after they are written. Objects that
   * exist already are not copied. The copy costs storage there, requests and transfer.
   *
   * @default - Objects stay in one region.
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
   */
  readonly replicateTo?: IMlStorage;

  /**
   * Copies delete markers too, so that what is deleted here is hidden there. Without, a deletion by mistake or by
   * somebody else's hand does not reach the copy.
   *
   * @default false
   */
  readonly replicateDeleteMarkers?: boolean;

  /**
   * Bounds what the role may do at most that copies objects.
   *
   * @default - That of the app around the storage, if there is one.
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
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

const KINDS: Kinds<MlStorageProps> = {
  ...OBJECT_LOCK_KINDS,
  encryption: oneOf('StorageEncryption', StorageEncryption),
  encryptionKey: having('a key', 'keyArn'),
  objectLockBuckets: listOf(oneOf('StorageBucket', StorageBucket)),
  replicateTo: having('a storage: an MlStorage, or what MlStorage.fromBuckets returns', '_ownerStatements'),
  replicateDeleteMarkers: FLAG,
  permissionsBoundary: having('a managed policy', 'managedPolicyArn'),
};

const BUCKET = having('a bucket', 'bucketArn');

const EXISTING_KINDS: Kinds<ExistingBucketsProps> = {
  datasets: required(BUCKET),
  models: required(BUCKET),
  artifacts: required(BUCKET),
  encryptionKey: having('a key', 'keyArn'),
};

abstract class StorageBuckets extends Construct implements IMlStorage {
  public abstract readonly datasets: s3.IBucket;
  public abstract readonly models: s3.IBucket;
  public abstract readonly artifacts: s3.IBucket;
  public abstract readonly encryptionKey?: kms.IKey;

  public grantOwner(grantee: iam.IGrantable, owner: string): iam.Grant {
    requireOwner(this, 'owner', owner);
    return grantStatements(this, grantee, ownerStatements(this, owner), 'a base');
  }

  public grantReadShared(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, readSharedStatements(this), 'a base');
  }

  public grantWriteShared(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, writeSharedStatements(this), 'a base');
  }

  /** @internal */
  public _ownerStatements(owner: string): iam.PolicyStatement[] {
    return ownerStatements(this, owner);
  }

  /** @internal */
  public _keepInside(scope: IConstruct, options: DataPerimeterOptions, endpointIds: string[]): void {
    denyFromOutside(scope, {
      options,
      endpointIds,
      buckets: [this.datasets, this.models, this.artifacts],
      ownRoles: () => this._rolesFromOutside(),
    });
  }

  /** @internal */
  protected _rolesFromOutside(): string[] {
    return [];
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
  /** @internal */
  public readonly _protection: StorageProtection;

  constructor(scope: Construct, id: string, props: MlStorageProps = {}) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey, 'a key');
    const environment = MlEnvironment.of(this);
    const removalPolicy = environment._dataRemovalPolicy(this);
    const { versionRetention } = environment;
    const s3Managed = props.encryption === StorageEncryption.S3_MANAGED;
    if (s3Managed && props.encryptionKey) {
      fail(this, 'encryptionKey', 'left out when encryption is S3_MANAGED', props.encryptionKey.node.path);
    }
    const objectLock = requireObjectLock(this, props, removalPolicy);
    const locked = this.lockedBuckets(props);
    this._protection = { locked, replica: props.replicateTo, replicators: [] };
    this.encryptionKey = s3Managed ? undefined : (props.encryptionKey ?? createDataKey(this, 'Key', removalPolicy));
    const logBucket = createHardenedBucket(this, 'AccessLogs', {
      removalPolicy,
      lifecycleRules: [ABORT_UPLOADS, forgetLogs(environment.logRetention)],
    });
    const bucket = (id: string, name: StorageBucket, lifecycleRules: s3.LifecycleRule[]) => {
      const lock = locked.includes(name) ? objectLock : undefined;
      if (lock) {
        const remedy = "give the environment a longer 'versionRetention', or name other objectLockBuckets";
        requireOutlasting(this, lock, lifecycleRules, remedy);
      }
      return createHardenedBucket(this, id, {
        encryptionKey: this.encryptionKey,
        lifecycleRules,
        removalPolicy,
        logBucket,
        objectLock: lock,
        isReplicated: props.replicateTo !== undefined,
      });
    };
    this.datasets = bucket('Datasets', StorageBucket.DATASETS, datasetRules(versionRetention));
    this.models = bucket('Models', StorageBucket.MODELS, modelRules(versionRetention));
    this.artifacts = bucket('Artifacts', StorageBucket.ARTIFACTS, artifactRules(versionRetention));
    this.replicate(props);
    referWeakly(this, [props.encryptionKey]);
    tellStorage(this, {
      encryption: s3Managed ? 'keys of S3' : 'KMS',
      ownKey: props.encryptionKey ? undefined : this.encryptionKey,
      lockedDays: objectLock?.days,
    });
  }

  /** @internal */
  protected _rolesFromOutside(): string[] {
    const cleaner = Stack.of(this).node.tryFindChild(CLEANER);
    const cleans = cleaner instanceof CustomResourceProviderBase && this.datasets.node.tryFindChild(CLEANS);
    return [...this._protection.replicators, ...(cleans ? [cleaner.roleArn] : [])];
  }

  private lockedBuckets({ objectLockRetention, objectLockBuckets }: MlStorageProps): StorageBucket[] {
    const all = Object.values(StorageBucket);
    if (objectLockBuckets === undefined) {
      return objectLockRetention === undefined ? [] : all;
    }
    if (objectLockRetention === undefined) {
      const rule = 'left out without objectLockRetention, which turns Object Lock on';
      fail(this, 'objectLockBuckets', rule, objectLockBuckets);
    }
    requireList(this, 'objectLockBuckets', objectLockBuckets, 1, all.length);
    return objectLockBuckets;
  }

  private replicate({ replicateTo, replicateDeleteMarkers, permissionsBoundary }: MlStorageProps): void {
    if (replicateTo === undefined) {
      if (replicateDeleteMarkers !== undefined) {
        const rule = 'left out without replicateTo, which turns replication on';
        fail(this, 'replicateDeleteMarkers', rule, replicateDeleteMarkers);
      }
      return;
    }
    requireReplica(this, this, replicateTo);
    new Replication(this, 'Replication', {
      source: this,
      replica: replicateTo,
      deleteMarkers: replicateDeleteMarkers ?? false,
      permissionsBoundary,
    });
  }
}

/** Ids under which the core keeps the function that empties a bucket which is deleted, and what has it do so. */
const CLEANER = 'Custom::S3AutoDeleteObjectsCustomResourceProvider';
const CLEANS = 'AutoDeleteObjectsCustomResource';

function forgetLogs(logRetention: logs.RetentionDays): s3.LifecycleRule {
  return {
    id: 'forget-logs',
    expiration: logRetention === logs.RetentionDays.INFINITE ? undefined : Duration.days(logRetention),
    noncurrentVersionExpiration: Duration.days(1),
  };
}

class ExistingBuckets extends StorageBuckets {
  public readonly datasets: s3.IBucket;
  public readonly models: s3.IBucket;
  public readonly artifacts: s3.IBucket;
  public readonly encryptionKey?: kms.IKey;

  constructor(scope: Construct, id: string, props: ExistingBucketsProps) {
    super(scope, id);
    requireKinds(this, props, EXISTING_KINDS);
    this.datasets = props.datasets;
    this.models = props.models;
    this.artifacts = props.artifacts;
    this.encryptionKey = props.encryptionKey ?? props.datasets.encryptionKey;
    referWeakly(this, [this.datasets, this.models, this.artifacts, this.encryptionKey]);
    tellStorage(this, { encryption: 'existing buckets' });
  }
}
