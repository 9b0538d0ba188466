import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ABORT_UPLOADS, createHardenedBucket, HardenedBucketProps } from '../../src/private/hardened-bucket';

const FLAGS: [string, object][] = [
  ['no flag', {}],
  ['all recommended flags', flags],
];

describe('createHardenedBucket', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack();
  });

  describe.each(FLAGS)('with %s', (_what, context) => {
    beforeEach(() => {
      stack = new Stack(new App({ context }), 'Stack');
    });

    test('is private, versioned and without ACLs', () => {
      bucket();

      Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        AccessControl: Match.absent(),
        BucketName: Match.absent(),
      });
    });

    test('writes its access log under its own prefix, by policy and not by ACL', () => {
      const logBucket = bucket({}, 'Logs');

      const logged = bucket({ logBucket }, 'Datasets');

      const template = Template.fromStack(stack);
      template.hasResourceProperties('AWS::S3::Bucket', {
        LoggingConfiguration: {
          DestinationBucketName: stack.resolve(logBucket.bucketName),
          LogFilePrefix: 'datasets/',
        },
      });
      template.hasResourceProperties('AWS::S3::BucketPolicy', {
        Bucket: stack.resolve(logBucket.bucketName),
        PolicyDocument: {
          Statement: Match.arrayWith([
            {
              Effect: 'Allow',
              Principal: { Service: 'logging.s3.amazonaws.com' },
              Action: 's3:PutObject',
              Resource: stack.resolve(logBucket.arnForObjects('datasets/*')),
              Condition: {
                StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
                ArnLike: { 'aws:SourceArn': stack.resolve(logged.bucketArn) },
              },
            },
          ]),
        },
      });
      template.allResourcesProperties('AWS::S3::Bucket', { AccessControl: Match.absent() });
    });
  });

  test('refuses requests without TLS, and those with less than TLS 1.2', () => {
    bucket();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
          }),
        ]),
      },
    });
  });

  test('is encrypted with its key, which KMS is asked for rarely', () => {
    const encryptionKey = new kms.Key(stack, 'Key');

    bucket({ encryptionKey });

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: stack.resolve(encryptionKey.keyArn),
            },
          },
        ],
      },
    });
  });

  test('is encrypted with keys that S3 manages where it has none', () => {
    bucket();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('survives its removal and its replacement with its policy, and nothing empties it', () => {
    bucket();

    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::S3::BucketPolicy', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  test('is removed with its objects where that is asked for', () => {
    bucket({ removalPolicy: RemovalPolicy.DESTROY });

    const template = Template.fromStack(stack);
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', 1);
  });

  test('forgets failed uploads after a week', () => {
    bucket({ lifecycleRules: [ABORT_UPLOADS] });

    expect(ABORT_UPLOADS.abortIncompleteMultipartUploadAfter).toEqual(Duration.days(7));
    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [Match.objectLike({ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } })],
      },
    });
  });

  describe.each([
    ['without Object Lock', {}, ['S3BucketDefaultLockEnabled', 'S3BucketReplicationEnabled']],
    ['locked in place', { objectLock: lock(false) }, ['S3BucketDefaultLockEnabled', 'S3BucketReplicationEnabled']],
    ['made with a lock', { objectLock: lock(true) }, ['S3BucketReplicationEnabled']],
    ['with a copy', { isReplicated: true }, ['S3BucketDefaultLockEnabled']],
  ])('%s', (_what, props, rules) => {
    test('acknowledges what it has chosen not to have, and nothing that it has', () => {
      const { metadata } = bucket({ encryptionKey: new kms.Key(stack, 'Key'), ...props }).node;

      const acknowledged = JSON.stringify(metadata).match(/S3\w+/g);
      expect([...new Set(acknowledged)].sort()).toEqual(rules);
    });
  });

  test('says of a lock in place why a checker does not see it', () => {
    const { metadata } = bucket({ objectLock: lock(false) }).node;

    expect(JSON.stringify(metadata)).toContain('the property asked for replaces a bucket that exists');
  });

  function lock(isNewBucket: boolean) {
    return { mode: s3.ObjectLockMode.GOVERNANCE, days: 1, isNewBucket };
  }

  function bucket(props: Partial<HardenedBucketProps> = {}, id = 'Bucket') {
    return createHardenedBucket(stack, id, { lifecycleRules: [], removalPolicy: RemovalPolicy.RETAIN, ...props });
  }
});
