import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { type IMlStorage, MlStorage, type MlStorageProps, StorageBucket, StorageEncryption } from '../../src/storage';
import { lint } from '../decisions/lint';
import { DeployedTemplates } from '../decisions/templates';
import { synthesize } from '../examples/synthesis';
import { findingsIn } from '../shared/findings';
import { resourcesIn, templateOf, textsOf, type WrittenTemplate } from '../shared/templates';

const HERE = { account: '111111111111', region: 'eu-central-1' };
const THERE = { ...HERE, region: 'eu-west-1' };
const S3_MANAGED = { encryption: StorageEncryption.S3_MANAGED };

describe('replication', () => {
  let app: App;
  let here: Stack;
  let there: Stack;
  beforeEach(() => define());

  describe.each([
    ['no feature flags', {}],
    ['all recommended feature flags', flags],
  ])('with %s', (_, context) => {
    beforeEach(() => define(context));

    test('copies each bucket to its like in the other region, encrypted with the key there', () => {
      storage({ replicateTo: replica() });

      const assembly = app.synth();
      const deployed = new DeployedTemplates(
        [here, there].map(({ stackName, region }) => ({
          stackName,
          region,
          template: templateOf(assembly, stackName) as never,
        })),
      );
      const buckets = deployed.ofType('AWS::S3::Bucket');
      const key = deployed.ofType('AWS::KMS::Key').find(({ stack }) => stack.stackName === 'There');
      for (const name of ['Datasets', 'Models', 'Artifacts']) {
        const [from, to] = ['Here', 'There'].map((stackName) =>
          buckets.find(({ stack, logicalId }) => stack.stackName === stackName && logicalId.includes(name)),
        );
        const { ReplicationConfiguration } = deployed.resolve(from!.stack, from!.resource.Properties);
        expect(ReplicationConfiguration.Rules).toEqual([
          {
            Id: `copy-${name.toLowerCase()}`,
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: {
              Bucket: deployed.attributeOf(to!, 'Arn'),
              EncryptionConfiguration: { ReplicaKmsKeyID: deployed.attributeOf(key!, 'Arn') },
            },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
          },
        ]);
      }
    });

    test('locks no stack, and takes no custom resource', () => {
      storage({ replicateTo: replica() });

      for (const text of textsOf(app.synth()).values()) {
        expect(text).not.toMatch(/Fn::ImportValue|"Export"|Custom::/);
      }
    });
  });

  test('is deployed after what it copies to', () => {
    storage({ replicateTo: replica() });

    expect(
      app
        .synth()
        .getStackByName('Here')
        .dependencies.map(({ id }) => id),
    ).toContain('There');
  });

  test('has a role that S3 of this account alone may take, and which may read here and write there', async () => {
    storage({ replicateTo: replica() });

    const { role, statements } = written();
    expect(role.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 's3.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['s3:GetReplicationConfiguration', 's3:ListBucket'],
      ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'],
      ['s3:ReplicateObject', 's3:ReplicateTags'],
      'kms:Decrypt',
      ['kms:Encrypt', 'kms:GenerateDataKey'],
    ]);
    const text = (index: number) => JSON.stringify(statements[index]);
    for (const onSource of [0, 1, 3]) {
      expect(text(onSource)).not.toContain('Fn::GetStackOutput');
    }
    for (const onReplica of [2, 4]) {
      expect(text(onReplica)).not.toContain('Fn::GetAtt');
      expect(text(onReplica).match(/"StackName":"There","Region":"eu-west-1"/g)).toHaveLength(onReplica === 2 ? 3 : 7);
    }
    expect(statements[3].Condition.StringEquals['kms:ViaService']).toEqual(viaS3('eu-central-1'));
    expect(statements[4].Condition.StringEquals['kms:ViaService']).toEqual(viaS3('eu-west-1'));
    expect(await lintWritten()).toEqual([]);
  });

  test('copies deletions only where that is asked for', () => {
    storage({ replicateTo: replica(), replicateDeleteMarkers: true });

    const { statements, template } = written();
    expect(statements[2].Action).toEqual(['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags']);
    const [, bucket] = resourcesIn(template, 'AWS::S3::Bucket').find(([id]) => id.includes('Models'))!;
    expect(bucket.Properties.ReplicationConfiguration.Rules[0].DeleteMarkerReplication).toEqual({ Status: 'Enabled' });
  });

  test('copies how long objects are locked where they are', () => {
    const objectLockRetention = Duration.days(7);

    storage({ replicateTo: replica({ objectLockRetention }), objectLockRetention });

    expect(written().statements[1].Action).toEqual([
      's3:GetObjectLegalHold',
      's3:GetObjectRetention',
      's3:GetObjectVersionAcl',
      's3:GetObjectVersionForReplication',
      's3:GetObjectVersionTagging',
    ]);
  });

  test('uses no key where S3 manages them on both sides', () => {
    storage({ replicateTo: replica(S3_MANAGED), ...S3_MANAGED });

    const { statements, template } = written();
    expect(JSON.stringify(statements)).not.toContain('kms:');
    expect(JSON.stringify(template)).not.toMatch(/ReplicaKmsKeyID|SseKmsEncryptedObjects/);
  });

  test('bounds its role as it is told', () => {
    const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(here, 'Boundary', 'bound');

    storage({ replicateTo: replica(), permissionsBoundary });

    expect(written().role.PermissionsBoundary).toEqual(here.resolve(permissionsBoundary.managedPolicyArn));
  });

  test('has no open finding, and no acknowledgement that nothing is replicated', () => {
    const source = storage({ replicateTo: replica() });

    expect(findingsIn(app)).toEqual([]);
    const acknowledged = (storage: IMlStorage) =>
      JSON.stringify(storage.datasets.node.metadata).includes('S3BucketReplicationEnabled');
    expect(acknowledged(source)).toBe(false);
  });

  test('has no finding when checkers read what is written, where names of the other region are outputs', () => {
    const { findings } = synthesize((checked) => {
      const replicateTo = new MlStorage(new Stack(checked, 'There', { env: THERE }), 'Storage');
      new MlStorage(new Stack(checked, 'Here', { env: HERE }), 'Storage', { replicateTo });
    }, flags);

    expect(findings).toEqual([]);
  });

  describe('is refused', () => {
    const refused = "Here/Storage: 'replicateTo' must be ";

    test('within a region, and where a region is not known', () => {
      expect(() => storage({ replicateTo: new MlStorage(here, 'Replica') })).toThrow(
        `${refused}in another region than eu-central-1`,
      );
      const anywhere = new MlStorage(new Stack(app, 'Anywhere'), 'Storage');
      expect(() => storage({ replicateTo: anywhere }, 'Other')).toThrow(
        "Here/Other: 'replicateTo' must be in a stack whose 'env' names a region, and so must this, since they may not be the same, got: Anywhere/Storage",
      );
    });

    test('to another account', () => {
      const stack = new Stack(app, 'Vault', { env: { account: '222222222222', region: 'eu-west-1' } });

      expect(() => storage({ replicateTo: new MlStorage(stack, 'Storage') })).toThrow(
        `${refused}in the same account, 111111111111; for copies in another one, use AWS Backup, got: 222222222222`,
      );
    });

    test('to another stage', () => {
      const stack = new Stack(new Stage(app, 'Prod'), 'There', { env: THERE });

      expect(() => storage({ replicateTo: new MlStorage(stack, 'Storage') })).toThrow(
        `${refused}a storage of the same stage; across stages, name its buckets with MlStorage.fromBuckets`,
      );
    });

    test('to buckets that are encrypted otherwise', () => {
      expect(() => storage({ replicateTo: replica(S3_MANAGED) })).toThrow(
        `${refused}a storage that is encrypted alike, with a key in KMS, got: There/Storage`,
      );
      expect(() => storage({ replicateTo: replica({}, 'Keyed'), ...S3_MANAGED }, 'Keyless')).toThrow(
        'a storage that is encrypted alike, with keys that S3 manages, got: There/Keyed',
      );
    });

    test('to a storage that is replicated itself, or that another is replicated to', () => {
      const third = new MlStorage(new Stack(app, 'Third', { env: { ...HERE, region: 'eu-north-1' } }), 'Storage');
      const chained = replica({ replicateTo: third });

      expect(() => storage({ replicateTo: chained })).toThrow(
        `${refused}a storage that is not replicated itself, as S3 does not copy replicas on to Third/Storage, got: There/Storage`,
      );
      expect(() => storage({ replicateTo: third }, 'Second')).toThrow(
        'a storage that no other is replicated to, since owners have the same prefixes in both, got: Third/Storage',
      );
    });

    test('of locked objects to where they would not be locked', () => {
      const replicateTo = replica({
        objectLockRetention: Duration.days(1),
        objectLockBuckets: [StorageBucket.MODELS],
      });

      expect(() => storage({ replicateTo, objectLockRetention: Duration.days(1) })).toThrow(
        `${refused}a storage with Object Lock on datasets, without which S3 copies no locked object, got: There/Storage`,
      );
    });

    test('of deletions alone', () => {
      expect(() => storage({ replicateDeleteMarkers: false })).toThrow(
        "Here/Storage: 'replicateDeleteMarkers' must be left out without replicateTo, which turns replication on, got: false",
      );
    });
  });

  test('takes buckets that exist by their names and region', () => {
    const bucket = (bucketName: string) =>
      s3.Bucket.fromBucketAttributes(here, bucketName, { bucketName, region: 'eu-west-1' });
    const replicateTo = MlStorage.fromBuckets(here, 'Existing', {
      datasets: bucket('datasets'),
      models: bucket('models'),
      artifacts: bucket('artifacts'),
      encryptionKey: kms.Key.fromKeyArn(here, 'TheirKey', 'arn:aws:kms:eu-west-1:111111111111:key/k'),
    });

    storage({ replicateTo });

    const [, bucketOf] = resourcesIn(written().template, 'AWS::S3::Bucket').find(([id]) => id.includes('Datasets'))!;
    expect(JSON.stringify(bucketOf.Properties.ReplicationConfiguration)).toContain(':s3:::datasets');
    expect(() => storage({ replicateTo: existing('near') }, 'Near')).toThrow(
      'import a bucket of another region by its name',
    );
  });

  function define(context = {}) {
    app = new App({ context, outdir: mkdtempSync(join(tmpdir(), 'replication-')) });
    here = new Stack(app, 'Here', { env: HERE });
    there = new Stack(app, 'There', { env: THERE });
  }

  afterEach(() => rmSync(app.outdir, { recursive: true }));

  function storage(props: MlStorageProps, id = 'Storage') {
    return new MlStorage(here, id, props);
  }

  function replica(props: MlStorageProps = {}, id = 'Storage') {
    return new MlStorage(there, id, props);
  }

  function existing(id: string): IMlStorage {
    const bucket = s3.Bucket.fromBucketName(here, `${id}-bucket`, id);
    const encryptionKey = kms.Key.fromKeyArn(here, `${id}-key`, 'arn:aws:kms:eu-west-1:111111111111:key/k');
    return MlStorage.fromBuckets(here, id, { datasets: bucket, models: bucket, artifacts: bucket, encryptionKey });
  }

  /** What the template of the source says of the role. */
  function written() {
    app.synth();
    const template: WrittenTemplate = JSON.parse(readFileSync(join(app.outdir, 'Here.template.json'), 'utf8'));
    const [[, role]] = resourcesIn(template, 'AWS::IAM::Role');
    const [[, policy]] = resourcesIn(template, 'AWS::IAM::ManagedPolicy');
    // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
    const statements: any[] = policy.Properties.PolicyDocument.Statement;
    return { template, role: role.Properties, statements };
  }

  async function lintWritten() {
    const assembly = app.synth();
    const deployed = new DeployedTemplates(
      ['Here', 'There'].map((stackName) => ({
        stackName,
        region: stackName === 'Here' ? HERE.region : THERE.region,
        template: templateOf(assembly, stackName) as never,
      })),
    );
    const [{ stack, resource }] = deployed.ofType('AWS::IAM::ManagedPolicy');
    const policy = deployed.resolve(stack, resource.Properties.PolicyDocument);
    return lint({ name: 'Replication', kind: 'identity', policy });
  }
});

function viaS3(region: string) {
  return { 'Fn::Join': ['', [`s3.${region}.`, { Ref: 'AWS::URLSuffix' }]] };
}
