import { Aws, Duration, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { MlEnvironment } from '../environment';
import { acknowledge, acknowledgeWildcards } from '../private/acknowledgements';
import { requireList, requireSameRegion } from '../private/checks';
import { allowLogEncryption, allowTrailEncryption, createDataKey, trailArns } from '../private/data-key';
import { tellFacts } from '../private/facts';
import { ABORT_UPLOADS, createHardenedBucket } from '../private/hardened-bucket';
import { ENVIRONMENT_TAG } from '../private/identity';
import { BASE, FLAG, having, Kinds, listOf, required, requireKinds } from '../private/kinds';
import { OBJECT_LOCK_KINDS, requireObjectLock, requireOutlasting } from '../private/object-lock';
import { referWeakly } from '../private/references';
import { IMlSharedInfra } from '../shared';
import { ObjectLockOptions } from '../storage';

/** Properties of a `DataAccessTrail`. */
export interface DataAccessTrailProps extends ObjectLockOptions {
  /** The bases whose buckets are watched, from 1 to 50 in the account and region of the trail. */
  readonly bases: IMlSharedInfra[];

  /**
   * Sends events to CloudWatch Logs too, where they can be searched and alarmed on within minutes. Costs by the gigabyte.
   * Without, they are read from the bucket, with Athena for example.
   *
   * @default true
   */
  readonly cloudWatchLogs?: boolean;

  /**
   * Key that encrypts the events.
   *
   * @default - A key is defined, apart from that of the data, so that who may read data may not read who did.
   */
  readonly encryptionKey?: kms.IKey;
}

const KINDS: Kinds<DataAccessTrailProps> = {
  ...OBJECT_LOCK_KINDS,
  bases: required(listOf(BASE)),
  cloudWatchLogs: FLAG,
  encryptionKey: having('a key', 'keyArn'),
};

/**
 * Records who read, wrote, listed and deleted which object of the buckets of some bases, in a CloudTrail trail with
 * files that cannot be forged unnoticed.
 *
 * An event names the role that was used, whose path names base and owner: `/ml-infra/<base>/<owner>/`. Events are kept as
 * long as the logs of the environment, and kept on removal like all data. CloudTrail takes money for each event, and
 * training reads many objects. What is done to the buckets themselves is recorded by the trail of the account.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
 *
 * @example
 * new DataAccessTrail(this, 'Trail', { bases: [shared], objectLockRetention: Duration.days(90) });
 */
export class DataAccessTrail extends Construct {
  /** Holds the files of events and their digests. */
  public readonly bucket: s3.IBucket;

  /** Encrypts the events. */
  public readonly encryptionKey: kms.IKey;

  /** ARN of the trail. */
  public readonly trailArn: string;

  /** Where events can be searched, unless that is switched off. */
  public readonly logGroup?: logs.ILogGroup;

  constructor(scope: Construct, id: string, props: DataAccessTrailProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey, 'a key');
    const { bases } = props;
    requireList(
      this,
      'bases',
      bases.map(({ node }) => node.path),
      1,
      50,
    );
    for (const base of bases) {
      base._requireUsableBy(this);
    }
    const environment = MlEnvironment._chosenFor(this) ?? bases[0].environment;
    const removalPolicy = environment._dataRemovalPolicy(this);

    this.encryptionKey = props.encryptionKey ?? createDataKey(this, 'Key', removalPolicy);
    allowTrailEncryption(this, this.encryptionKey);
    const bucket = this.defineBucket(props, environment, removalPolicy);
    this.bucket = bucket;
    const delivery =
      props.cloudWatchLogs === false ? undefined : this.defineLogGroup(bases[0], environment, removalPolicy);
    this.logGroup = delivery?.logGroup;

    const trail = new cloudtrail.CfnTrail(this, 'Resource', {
      isLogging: true,
      s3BucketName: bucket.bucketName,
      kmsKeyId: this.encryptionKey.keyArn,
      enableLogFileValidation: true,
      isMultiRegionTrail: false, // buckets are in one region
      includeGlobalServiceEvents: false,
      cloudWatchLogsLogGroupArn: delivery?.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: delivery?.role.roleArn,
      advancedEventSelectors: [objectsOf(bases)],
    });
    trail.node.addDependency(...[bucket.policy, delivery?.policy].filter((policy) => policy !== undefined));
    this.trailArn = trail.attrArn;
    if (delivery === undefined) {
      acknowledge(trail, {
        CloudTrailCloudWatchLogsEnabled: 'Read from the bucket, by choice: cloudWatchLogs is false',
      });
    }
    Tags.of(this).add(ENVIRONMENT_TAG, environment.name);
    for (const [key, value] of Object.entries(environment.tags)) {
      Tags.of(this).add(key, value);
    }
    referWeakly(this);
    const { objectLockRetention } = props;
    tellFacts(this, () => ({
      kind: 'DataAccessTrail',
      details: [
        ...(objectLockRetention ? [`Object Lock ${objectLockRetention.toHumanString()}`] : []),
        ...(delivery ? ['CloudWatch Logs'] : []),
      ],
      identity: { environment: environment.name },
      parts: [
        { kind: 'bucket', construct: bucket, label: 'events' },
        { kind: 'key', construct: this.encryptionKey, label: 'key' },
      ],
      links: bases.map((to) => ({ to, label: 'records' })),
    }));
  }

  private defineBucket(
    props: DataAccessTrailProps,
    environment: MlEnvironment,
    removalPolicy: RemovalPolicy,
  ): s3.Bucket {
    const rules = keptFor(environment.logRetention);
    const objectLock = requireObjectLock(this, props, removalPolicy);
    if (objectLock) {
      requireOutlasting(this, objectLock, rules, "give the environment a longer 'logRetention'");
    }
    const logBucket = createHardenedBucket(this, 'AccessLogs', {
      removalPolicy,
      lifecycleRules: rules,
    });
    const { encryptionKey } = this;
    const bucket = createHardenedBucket(this, 'Events', {
      encryptionKey,
      removalPolicy,
      lifecycleRules: rules,
      logBucket,
      objectLock,
    });
    allowDelivery(this, bucket);
    return bucket;
  }

  private defineLogGroup(base: IMlSharedInfra, environment: MlEnvironment, removalPolicy: RemovalPolicy) {
    allowLogEncryption(this, this.encryptionKey);
    const logGroup = new logs.LogGroup(this, 'LogGroup', {
      encryptionKey: this.encryptionKey,
      retention: environment.logRetention,
      removalPolicy,
    });
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('cloudtrail.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    (role.node.defaultChild as iam.CfnRole).permissionsBoundary = base._roleTemplate.permissionsBoundaryArn;
    const { account, region } = Stack.of(this);
    const streams = Stack.of(this).formatArn({
      service: 'logs',
      resource: `log-group:${logGroup.logGroupName}:log-stream:${account}_CloudTrail_${region}*`,
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [streams] }),
      ],
    });
    acknowledgeWildcards(policy, 'CloudTrail ends the names of its streams itself; the log group is named in full');
    return { logGroup, role, policy };
  }
}

/** What is done to objects of the buckets, read or written. */
function objectsOf(bases: IMlSharedInfra[]): cloudtrail.CfnTrail.AdvancedEventSelectorProperty {
  const buckets = bases.flatMap(({ storage }) => [storage.datasets, storage.models, storage.artifacts]);
  return {
    name: 'Objects of the buckets of the bases',
    fieldSelectors: [
      { field: 'eventCategory', equalTo: ['Data'] },
      { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
      { field: 'resources.ARN', startsWith: buckets.map((bucket) => bucket.arnForObjects('')) },
    ],
  };
}

/**
 * Lets CloudTrail deliver events of the account's trails in the region.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
function allowDelivery(scope: Construct, bucket: s3.Bucket): void {
  const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
  const ofTrails = { ArnLike: { 'aws:SourceArn': trailArns(scope) } };
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['s3:GetBucketAcl'],
      resources: [bucket.bucketArn],
      conditions: ofTrails,
    }),
  );
  bucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals,
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
      conditions: { ...ofTrails, StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
}

function keptFor(logRetention: logs.RetentionDays): s3.LifecycleRule[] {
  const expiration = logRetention === logs.RetentionDays.INFINITE ? undefined : Duration.days(logRetention);
  return expiration === undefined
    ? [ABORT_UPLOADS]
    : [ABORT_UPLOADS, { id: 'forget-events', expiration, noncurrentVersionExpiration: expiration }];
}
