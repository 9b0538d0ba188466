import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { lockObjects, ObjectLock } from './object-lock';

/** How long a failed upload may lie about and cost. */
export const ABORT_UPLOADS: s3.LifecycleRule = {
  id: 'abort-uploads',
  abortIncompleteMultipartUploadAfter: Duration.days(7),
  expiredObjectDeleteMarker: true,
};

/** Properties of a hardened bucket. */
export interface HardenedBucketProps {
  readonly encryptionKey?: kms.IKey;
  readonly lifecycleRules: s3.LifecycleRule[];
  readonly removalPolicy: RemovalPolicy;
  readonly logBucket?: s3.Bucket;
  readonly objectLock?: ObjectLock;

  /** Whether a copy is kept in another region. Whoever defines the bucket sees to it. */
  readonly isReplicated?: boolean;
}

/** A bucket for data: private, versioned, encrypted, reached with TLS 1.2 alone, logged, kept on removal. */
export function createHardenedBucket(scope: Construct, id: string, props: HardenedBucketProps): s3.Bucket {
  const bucket = new s3.Bucket(scope, id, {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    encryption: props.encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
    encryptionKey: props.encryptionKey,
    bucketKeyEnabled: props.encryptionKey ? true : undefined,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    lifecycleRules: props.lifecycleRules,
    removalPolicy: props.removalPolicy,
    autoDeleteObjects: props.removalPolicy === RemovalPolicy.DESTROY ? true : undefined,
  });
  // A bucket that outlives its stack would outlive what keeps others out of it.
  bucket.policy?.applyRemovalPolicy(props.removalPolicy);
  if (props.logBucket) {
    logAccess(bucket, props.logBucket, `${id.toLowerCase()}/`);
  }
  if (props.objectLock) {
    lockObjects(bucket, props.objectLock);
  }
  acknowledgeChoices(bucket, props);
  return bucket;
}

function acknowledgeChoices(bucket: s3.Bucket, { encryptionKey, isReplicated, objectLock }: HardenedBucketProps): void {
  if (!isReplicated) {
    acknowledge(bucket, {
      S3BucketReplicationEnabled: 'A second copy in another region doubles the cost; versions protect against mistakes',
    });
  }
  if (!objectLock) {
    acknowledge(bucket, {
      S3BucketDefaultLockEnabled:
        'A locked object cannot be deleted when a person asks for it; versions are kept instead',
    });
  } else if (!objectLock.isNewBucket) {
    acknowledge(bucket, {
      S3BucketDefaultLockEnabled:
        'Locked by ObjectLockConfiguration; the property asked for replaces a bucket that exists',
    });
  }
  if (!encryptionKey) {
    acknowledge(bucket, {
      S3DefaultEncryptionKMS:
        'Encrypted with keys that S3 manages: by choice, or because S3 delivers access logs to it',
    });
  }
}

/**
 * Has S3 write the access log of a bucket into another.
 *
 * Written here because the L2 property grants by ACL or by policy depending on a feature flag of the app, and ACLs are
 * off on the log bucket.
 */
function logAccess(bucket: s3.Bucket, logBucket: s3.Bucket, prefix: string): void {
  (bucket.node.defaultChild as s3.CfnBucket).loggingConfiguration = {
    destinationBucketName: logBucket.bucketName,
    logFilePrefix: prefix,
  };
  logBucket.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [logBucket.arnForObjects(`${prefix}*`)],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': bucket.bucketArn },
      },
    }),
  );
}
