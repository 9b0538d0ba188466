import { aws_ec2 as ec2, aws_iam as iam, RemovalPolicy, type Stack, aws_s3 as s3, Tags } from 'aws-cdk-lib';
import { MlInstanceType, MlNotebook } from '../../src';
import { edited, keysBetween, type PlantedTeam, plantedStacks, resourceAt } from './planted-team';
import type { RecordedStacks } from './recorded-template';

const DATASETS = 'Shared/Storage/Datasets/Resource';
const NOTEBOOK = 'alice/Resource';
const STATEMENT = new iam.PolicyStatement({ actions: ['s3:ListAllMyBuckets'], resources: ['*'] });

let before: RecordedStacks;
beforeAll(() => {
  before = plantedStacks({});
});

const breaksOf = (team: PlantedTeam) => keysBetween(before, plantedStacks(team));

test('an app that stays as it is meets no break', () => {
  expect(breaksOf({})).toEqual([]);
});

describe('the guard sees an upgrade that', () => {
  test('gives the base another id, so that all data is left behind', () => {
    const found = breaksOf({ sharedId: 'Base' });

    expect(found).toEqual(
      expect.arrayContaining([
        `orphans AWS::S3::Bucket \`${DATASETS}\``,
        'orphans AWS::KMS::Key `Shared/Key/Resource`',
        `replaces AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``,
      ]),
    );
  });

  test('gives the network another id, which takes the notebooks with it', () => {
    const found = breaksOf({ networkId: 'Net' });

    expect(found).toEqual(
      expect.arrayContaining([
        'deletes AWS::EC2::SecurityGroup `Network/SecurityGroups/Workload/Resource`',
        'deletes AWS::EC2::VPC `Network/Vpc/Resource`',
        'orphans AWS::Logs::LogGroup `Network/FlowLogs/LogGroup/Resource`',
        `replaces AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``,
      ]),
    );
    expect(found.filter((key) => key.startsWith('deletes AWS::EC2::VPCEndpoint')).length).toBeGreaterThan(3);
  });

  test('gives the lifecycle another id', () => {
    expect(breaksOf({ lifecycleId: 'Start' })).toEqual([
      'deletes AWS::IAM::ManagedPolicy `Lifecycle/Policy/Resource`',
      'deletes AWS::SageMaker::NotebookInstanceLifecycleConfig `Lifecycle/Resource`',
    ]);
  });

  test.each<[string, string, object, string[]]>([
    [
      'changes the description of the security group',
      'Network/SecurityGroups/Workload/Resource',
      { GroupDescription: 'other' },
      [
        'replaces AWS::EC2::SecurityGroup `Network/SecurityGroups/Workload/Resource`',
        `replaces AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``,
      ],
    ],
    [
      'changes a prop for which a bucket is replaced, with its policy',
      DATASETS,
      { ObjectLockEnabled: true },
      [
        `replaces AWS::S3::Bucket \`${DATASETS}\``,
        'replaces AWS::S3::BucketPolicy `Shared/Storage/Datasets/Policy/Resource`',
      ],
    ],
    [
      'changes the platform of a notebook',
      NOTEBOOK,
      { PlatformIdentifier: 'notebook-al2-v3' },
      [`replaces AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``],
    ],
    [
      'makes a notebook larger by default',
      NOTEBOOK,
      { VolumeSizeInGB: 100 },
      [`restarts AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``],
    ],
    [
      'names a role',
      'Shared/NotebookRole/Resource',
      { RoleName: 'team' },
      ['replaces AWS::IAM::Role `Shared/NotebookRole/Resource`'],
    ],
    [
      'describes a policy otherwise',
      'Shared/JobsPolicy/Resource',
      { Description: 'other' },
      ['replaces AWS::IAM::ManagedPolicy `Shared/JobsPolicy/Resource`'],
    ],
    [
      'has another service behind an endpoint',
      'Network/Endpoints/Endpoint-logs/Resource',
      { ServiceName: 'com.amazonaws.logs' },
      ['replaces AWS::EC2::VPCEndpoint `Network/Endpoints/Endpoint-logs/Resource`'],
    ],
    [
      'gives a published value another name',
      'Shared/Publication-team/vpc-id',
      { Name: '/ml-infra/team/network' },
      ['replaces AWS::SSM::Parameter `Shared/Publication-team/vpc-id`'],
    ],
    [
      'publishes another bucket under the name',
      'Shared/Publication-team/buckets-models',
      { Value: { Ref: 'SharedStorageArtifacts61794CEF' } },
      ['redirects AWS::SSM::Parameter `Shared/Publication-team/buckets-models`'],
    ],
    [
      'publishes another value of the same bucket',
      'Shared/Publication-team/buckets-models',
      { Value: { 'Fn::GetAtt': ['SharedStorageModelsF69F9991', 'Arn'] } },
      ['redirects AWS::SSM::Parameter `Shared/Publication-team/buckets-models`'],
    ],
    [
      'publishes another text',
      'Shared/Publication-team/environment',
      { Value: 'other' },
      ['redirects AWS::SSM::Parameter `Shared/Publication-team/environment`'],
    ],
    [
      'publishes a list in place of a text',
      'Shared/Publication-team/vpc-id',
      { Type: 'StringList' },
      ['redirects AWS::SSM::Parameter `Shared/Publication-team/vpc-id`'],
    ],
    [
      'gives a notebook another role',
      NOTEBOOK,
      { RoleArn: 'arn:aws:iam::111111111111:role/other' },
      [`weakens AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``],
    ],
    ['encrypts a bucket less', DATASETS, { BucketEncryption: undefined }, [`weakens AWS::S3::Bucket \`${DATASETS}\``]],
    ['disables a key', 'Shared/Key/Resource', { Enabled: false }, ['weakens AWS::KMS::Key `Shared/Key/Resource`']],
    [
      'takes the tags of a role',
      'Shared/NotebookRole/Resource',
      { Tags: [] },
      ['weakens AWS::IAM::Role `Shared/NotebookRole/Resource`'],
    ],
    [
      'archives objects so that they have to be restored',
      DATASETS,
      { LifecycleConfiguration: { Rules: [{ Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 1 }] }] } },
      [`shortens AWS::S3::Bucket \`${DATASETS}\``],
    ],
    [
      'keeps logs for a shorter time',
      'Network/FlowLogs/LogGroup/Resource',
      { RetentionInDays: 7 },
      ['shortens AWS::Logs::LogGroup `Network/FlowLogs/LogGroup/Resource`'],
    ],
    [
      'stops keeping versions',
      DATASETS,
      { VersioningConfiguration: { Status: 'Suspended' } },
      [`shortens AWS::S3::Bucket \`${DATASETS}\``],
    ],
    [
      'deletes objects sooner',
      DATASETS,
      { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 30 }] } },
      [`shortens AWS::S3::Bucket \`${DATASETS}\``],
    ],
  ])('%s', (_, path, properties, expected) => {
    expect(keysBetween(before, edited(before, path, properties))).toEqual(expected);
  });

  test.each<[string, string, object, string]>([
    ['keeps a bucket no more when it is removed', DATASETS, { DeletionPolicy: 'Delete' }, 'weakens AWS::S3::Bucket'],
    ['writes no policy for a bucket', DATASETS, { UpdateReplacePolicy: undefined }, 'weakens AWS::S3::Bucket'],
    ['keeps a copy in place of a key', 'Shared/Key/Resource', { DeletionPolicy: 'Snapshot' }, 'weakens AWS::KMS::Key'],
    ['puts a bucket under a condition', DATASETS, { Condition: 'IsOld' }, 'deletes AWS::S3::Bucket'],
    [
      'makes something else of a bucket',
      DATASETS,
      { Type: 'AWS::S3Express::DirectoryBucket' },
      'replaces AWS::S3::Bucket',
    ],
  ])('%s', (_, path, attributes, expected) => {
    expect(keysBetween(before, edited(before, path, {}, attributes))).toContain(`${expected} \`${path}\``);
  });

  test('gives a notebook another subnet', () => {
    const [, { Properties }] = resourceAt(before, NOTEBOOK);
    const [other] = Object.entries(before.Team.Resources)
      .filter(([id, { Type }]) => Type === 'AWS::EC2::Subnet' && id !== Properties.SubnetId.Ref)
      .map(([id]) => id);

    const after = edited(before, NOTEBOOK, { SubnetId: { Ref: other } });

    expect(keysBetween(before, after)).toEqual([`replaces AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``]);
  });

  test('takes another default for the machine', () => {
    expect(breaksOf({ notebook: { instanceType: MlInstanceType.of('ml.m5.4xlarge') } })).toEqual([
      `restarts AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``,
    ]);
  });

  test('removes a notebook', () => {
    const after = plantedStacks({ besides: (stack) => stack.node.tryRemoveChild('alice') });

    expect(keysBetween(before, after)).toContain(`orphans AWS::SageMaker::NotebookInstance \`${NOTEBOOK}\``);
  });

  test('empties a bucket when its stack goes', () => {
    const besides = (stack: Stack) => new s3.Bucket(stack, 'Old', { removalPolicy: RemovalPolicy.RETAIN });
    const emptied = (stack: Stack) =>
      new s3.Bucket(stack, 'Old', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });

    expect(keysBetween(plantedStacks({ besides }), plantedStacks({ besides: emptied }))).toEqual(
      expect.arrayContaining(['empties AWS::S3::Bucket `Old/Resource`', 'weakens AWS::S3::Bucket `Old/Resource`']),
    );
  });

  test('publishes under another name', () => {
    const found = breaksOf({ publishedAs: 'other' });

    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((key) => !key.startsWith('deletes AWS::SSM::Parameter'))).toEqual([]);
  });

  test('publishes under the same names from other constructs', () => {
    const text = JSON.stringify(before).replaceAll(/"(SharedPublication|Publication)/g, '"Other$1');

    const found = keysBetween(before, JSON.parse(text));

    expect(found.filter((key) => key.startsWith('collides AWS::SSM::Parameter')).length).toBeGreaterThan(10);
  });

  test('takes the tag of a role that nobody knows by name', () => {
    const [old, now] = ['alice', 'bob'].map((Value) => {
      const role = { Type: 'AWS::IAM::Role', Path: 'R', Properties: { Tags: [{ Key: 'ml-owner', Value }] } };
      return { Team: { ...before.Team, Resources: { ...before.Team.Resources, R: role } } };
    });

    expect(keysBetween(old, now)).toEqual(['weakens AWS::IAM::Role `R`']);
  });

  test('adds a resource with a name that may be taken', () => {
    const besides = (stack: Stack) => new s3.Bucket(stack, 'More', { bucketName: 'costs' });

    expect(breaksOf({ besides })).toEqual(['collides AWS::S3::Bucket `More/Resource`']);
  });

  test('gives resources of two stacks one name', () => {
    const bucket = { Type: 'AWS::S3::Bucket', Path: 'Twin', Properties: { BucketName: 'team' } };
    const twins = { ...before.Team, Resources: { Twin: bucket } };

    expect(keysBetween({ Team: twins }, { Team: twins, More: twins })).toEqual([
      'collides AWS::S3::Bucket `Twin`',
      'collides AWS::S3::Bucket `Twin`',
    ]);
  });

  test('removes outputs', () => {
    const found = breaksOf({ outputs: false });

    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((key) => !key.startsWith('removes output'))).toEqual([]);
  });

  test('gives the stack another name', () => {
    expect(breaksOf({ stackId: 'Team2' })).toEqual(['removes stack `Team`']);
  });
});

describe('the guard lets an upgrade pass that', () => {
  test.each<[string, PlantedTeam]>([
    ['tags everything', { besides: (stack) => Tags.of(stack).add('team', 'vision') }],
    ['adds a statement to a role', { besides: (_, { notebookRole }) => notebookRole.addToPrincipalPolicy(STATEMENT) }],
    ['adds a resource', { besides: (stack) => new s3.Bucket(stack, 'More') }],
    ['adds a notebook', { besides: (stack, shared) => new MlNotebook(stack, 'bob', { shared, owner: 'bob' }) }],
    [
      'adds a rule of traffic',
      {
        besides: (_, { network }) =>
          network.workloadSecurityGroup.addIngressRule(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.HTTPS),
      },
    ],
  ])('%s', (_, team) => {
    expect(breaksOf(team)).toEqual([]);
  });

  test.each<[string, string, object, object]>([
    ['keeps logs longer', 'Network/FlowLogs/LogGroup/Resource', { RetentionInDays: 3653 }, {}],
    ['writes other hooks', 'Lifecycle/Resource', { OnStart: [{ Content: 'Zm9v' }] }, {}],
    ['keeps a key where it was kept before', 'Shared/Key/Resource', {}, { DeletionPolicy: 'RetainExceptOnCreate' }],
    ['describes a published value', 'Shared/Publication-team/vpc-id', { Description: 'the VPC' }, {}],
    ['replaces what can be made again', 'Network/FlowLogs/Resource', { TrafficType: 'REJECT' }, {}],
  ])('%s', (_, path, properties, attributes) => {
    expect(keysBetween(before, edited(before, path, properties, attributes))).toEqual([]);
  });

  test('has other scripts, whose hashes no record knows', () => {
    const text = JSON.stringify(before);

    expect(text).toContain('<asset>');
    expect(text).not.toMatch(/[0-9a-f]{64}/);
  });
});
