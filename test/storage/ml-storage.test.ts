import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlEnvironment } from '../../src/environment';
import { IMlStorage, MlStorage, MlStorageProps, StorageBucket, StorageEncryption } from '../../src/storage';
import { findingsIn } from '../shared/findings';

const REMOVE = { 'cdk-ml-infra:removeData': true };

describe('MlStorage', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
  });

  test.each([
    ['no flag', {}],
    ['all recommended flags', flags],
  ])('has three buckets with a key, each with an access log of its own: %s', (_what, context) => {
    stack = new Stack(new App({ context }), 'Stack');

    const { datasets, models, artifacts, encryptionKey } = storage();

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::S3::Bucket', 4);
    template.resourceCountIs('AWS::KMS::Key', 1);
    for (const [bucket, prefix] of [
      [datasets, 'datasets/'],
      [models, 'models/'],
      [artifacts, 'artifacts/'],
    ] as const) {
      expect(propertiesOf(template, bucket)).toMatchObject({
        VersioningConfiguration: { Status: 'Enabled' },
        LoggingConfiguration: { LogFilePrefix: prefix },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: stack.resolve(encryptionKey!.keyArn),
              },
            },
          ],
        },
      });
    }
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    template.resourceCountIs('AWS::S3::BucketPolicy', 4);
  });

  test('each bucket has the lifecycle rules of its purpose', () => {
    const { datasets, models, artifacts } = storage();

    const template = Template.fromStack(stack);
    const ids = (bucket: s3.IBucket) =>
      propertiesOf(template, bucket).LifecycleConfiguration.Rules.map(({ Id }: { Id: string }) => Id);
    expect(ids(datasets)).toEqual(expect.arrayContaining(['archive-raw', 'forget-versions-users']));
    expect(ids(models)).toEqual(expect.arrayContaining(['archive-versions-production', 'forget-versions-shared']));
    expect(ids(artifacts)).toEqual(expect.arrayContaining(['forget-versions-code', 'forget-versions-users']));
  });

  test('uses the key that is given, and defines no other', () => {
    const encryptionKey = new kms.Key(stack, 'Mine');

    const { encryptionKey: used } = storage({ encryptionKey });

    expect(used).toBe(encryptionKey);
    Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('has no key where S3 manages them', () => {
    const { encryptionKey } = storage({ encryption: StorageEncryption.S3_MANAGED });

    const template = Template.fromStack(stack);
    expect(encryptionKey).toBeUndefined();
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });

  test('fails for a key where S3 manages them', () => {
    const encryptionKey = new kms.Key(stack, 'Mine');

    expect(() => storage({ encryption: StorageEncryption.S3_MANAGED, encryptionKey })).toThrow(
      "Stack/Storage: 'encryptionKey' must be left out when encryption is S3_MANAGED, got: Stack/Mine",
    );
  });

  test.each([
    ['the context key alone', REMOVE, MlEnvironment.PROD, 'Retain'],
    ['the environment alone', {}, MlEnvironment.DEV, 'Retain'],
    ['both keys', REMOVE, MlEnvironment.DEV, 'Delete'],
  ])('buckets and key are removed with two keys only, here: %s', (_what, context, environment, policy) => {
    stack = new Stack(new App({ context }), 'Stack');
    MlEnvironment.set(stack, environment);

    storage();

    const template = Template.fromStack(stack);
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: policy, UpdateReplacePolicy: policy });
    template.allResources('AWS::KMS::Key', { DeletionPolicy: policy, UpdateReplacePolicy: policy });
    template.resourceCountIs('Custom::S3AutoDeleteObjects', policy === 'Delete' ? 4 : 0);
  });

  describe('with Object Lock', () => {
    const objectLockRetention = Duration.days(60);

    test('locks new objects of the three buckets in place, and never the bucket that S3 logs to', () => {
      const { datasets, models, artifacts } = storage({ objectLockRetention });

      const template = Template.fromStack(stack);
      for (const bucket of [datasets, models, artifacts]) {
        expect(propertiesOf(template, bucket)).toMatchObject({
          ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 60 } } },
        });
      }
      const locked = template.findResources('AWS::S3::Bucket', {
        Properties: { ObjectLockConfiguration: Match.anyValue() },
      });
      expect(Object.keys(locked)).toHaveLength(3);
      template.allResourcesProperties('AWS::S3::Bucket', { ObjectLockEnabled: Match.absent() });
      expect(findingsIn(stack)).toEqual([]);
    });

    test('locks only the buckets that are named', () => {
      const { models } = storage({ objectLockRetention, objectLockBuckets: [StorageBucket.MODELS] });

      const template = Template.fromStack(stack);
      expect(propertiesOf(template, models).ObjectLockConfiguration).toBeDefined();
      expect(JSON.stringify(template.toJSON()).match(/"ObjectLockConfiguration"/g)).toHaveLength(1);
    });

    test('needs no key of its own', () => {
      storage({ objectLockRetention, encryption: StorageEncryption.S3_MANAGED });

      expect(findingsIn(stack)).toEqual([]);
    });

    test('makes new buckets with it where they are said to be new', () => {
      storage({ objectLockRetention, objectLockNewBuckets: true });

      Template.fromStack(stack).resourcePropertiesCountIs('AWS::S3::Bucket', { ObjectLockEnabled: true }, 3);
      expect(findingsIn(stack)).toEqual([]);
    });

    test('fails where old versions are to be deleted while they are locked', () => {
      const year = { objectLockRetention: Duration.days(365) };

      expect(() => storage(year)).toThrow(
        "Stack/Storage: 'objectLockRetention' must be at most 90 days, after which versions of objects are to be deleted; give the environment a longer 'versionRetention', or name other objectLockBuckets, got: 365 days",
      );
      stack = new Stack(new App(), 'Stack');
      MlEnvironment.set(stack, MlEnvironment.custom({ name: 'own', versionRetention: Duration.days(2_555) }));
      expect(() => storage({ objectLockRetention: Duration.days(2_555) })).not.toThrow();
    });

    test('fails where data may be removed, and only then', () => {
      stack = new Stack(new App({ context: REMOVE }), 'Stack');
      MlEnvironment.set(stack, MlEnvironment.DEV);

      expect(() => storage({ objectLockRetention: Duration.days(1) })).toThrow(
        "Stack/Storage: 'objectLockRetention' must be left out where data may be removed",
      );
      stack = new Stack(new App(), 'Stack');
      MlEnvironment.set(stack, MlEnvironment.DEV);
      expect(() => storage({ objectLockRetention: Duration.days(1) })).not.toThrow();
    });

    test.each([
      [
        { objectLockBuckets: [StorageBucket.MODELS] },
        "'objectLockBuckets' must be left out without objectLockRetention",
      ],
      [{ objectLockRetention, objectLockBuckets: [] }, "'objectLockBuckets' must be a list of 1 to 3, got: []"],
      [
        { objectLockRetention, objectLockBuckets: [StorageBucket.MODELS, StorageBucket.MODELS] },
        "'objectLockBuckets' must be a list without repetition, got: models",
      ],
      [
        { objectLockRetention: 60 as never },
        "'objectLockRetention' must be a duration such as Duration.hours(1), got: 60",
      ],
      [{ objectLockBuckets: ['logs' as never] }, "'objectLockBuckets' must be a list, each of one of StorageBucket"],
    ])('fails for %j', (props, message) => {
      expect(() => storage(props)).toThrow(`Stack/Storage: ${message}`);
    });
  });

  test.each([
    [RetentionDays.ONE_MONTH, 30],
    [RetentionDays.ONE_YEAR, 365],
    [RetentionDays.INFINITE, undefined],
  ])('access logs are kept as long as other logs: %p days', (logRetention, days) => {
    MlEnvironment.set(stack, MlEnvironment.custom({ name: 'own', logRetention }));

    storage();

    Template.fromStack(stack).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Id: 'forget-logs', ExpirationInDays: days ?? Match.absent() })]),
      },
    });
  });

  test('grantOwner means the areas of that owner, and nothing that merely begins like them', () => {
    const owned = storage();

    const grant = owned.grantOwner(role(), 'alice');

    const written = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(grant.success).toBe(true);
    expect(new Set(written.match(/(users|shared)\/alice[^"]*/g))).toEqual(new Set(['users/alice/*', 'shared/alice/*']));
    expect(written).not.toMatch(/users\/\*/);
  });

  test.each(['', 'a/b', '..', 'a*', 'a b', 'team', 'a'.repeat(64)])('grantOwner fails for owner %j', (owner) => {
    expect(() => storage().grantOwner(role(), owner)).toThrow(/^Stack\/Storage: 'owner' must be /);
  });

  test.each([
    ['grantReadShared', 's3:GetObject', 's3:PutObject'],
    ['grantWriteShared', 's3:PutObject', 's3:GetObject'],
  ] as const)('%s allows %s, not %s', (method, allowed, denied) => {
    storage()[method](role());

    const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(policies).toContain(`"${allowed}"`);
    expect(policies).not.toContain(`"${denied}"`);
  });

  test('rights of an imported role go into a managed policy', () => {
    storage().grantOwner(imported(), 'alice');

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: ['Theirs'] });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('a role imported as immutable is left alone', () => {
    storage().grantOwner(imported({ mutable: false }), 'alice');

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('another stack reads the buckets without locking their stack', () => {
    const user = new Stack(stack.node.root as App, 'User');

    new CfnOutput(user, 'Bucket', { value: storage().datasets.bucketName });

    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('"Export"');
    expect(JSON.stringify(Template.fromStack(user).toJSON())).not.toContain('Fn::ImportValue');
  });

  describe('fromBuckets', () => {
    test('defines nothing, and lets owners use the key that CDK knows the datasets by', () => {
      const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', stack.formatArn({ service: 'kms', resource: 'key/k' }));

      const existing = fromBuckets(encryptionKey);

      expect(existing.encryptionKey).toBe(encryptionKey);
      expect(existing._ownerStatements('alice').flatMap(({ actions }) => actions)).toContain('kms:Decrypt');
      expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
    });

    test('grants on the buckets that exist', () => {
      fromBuckets().grantOwner(role(), 'alice');

      const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
      expect(policies).toContain(':s3:::models/users/alice/*');
      expect(policies).not.toContain('kms:');
    });
  });

  function storage(props: MlStorageProps = {}) {
    return new MlStorage(stack, 'Storage', props);
  }

  function fromBuckets(encryptionKey?: kms.IKey): IMlStorage {
    const bucket = (bucketName: string) =>
      s3.Bucket.fromBucketAttributes(stack, bucketName, { bucketName, encryptionKey });
    const buckets = { datasets: bucket('datasets'), models: bucket('models'), artifacts: bucket('artifacts') };
    return MlStorage.fromBuckets(stack, 'Storage', buckets);
  }

  function role() {
    return new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  }

  function imported(options: iam.FromRoleNameOptions = {}) {
    return iam.Role.fromRoleName(stack, 'Imported', 'Theirs', options);
  }

  function propertiesOf(template: Template, bucket: s3.IBucket) {
    return template.toJSON().Resources[stack.resolve(bucket.bucketName).Ref].Properties;
  }
});
