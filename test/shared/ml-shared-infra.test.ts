import { App, Aspects, CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { MlEnvironment, MlNetwork, MlNotebook, MlSharedInfra, MlSharedInfraProps, MlStorage } from '../../src';
import { nineLineTeam } from './nine-line-team';

describe('MlSharedInfra', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
  });

  test('gives a team in nine lines exactly what the contract lists', () => {
    nineLineTeam(stack);

    expect(countByType(Template.fromStack(stack))).toEqual({
      'AWS::EC2::FlowLog': 1,
      'AWS::EC2::RouteTable': 2,
      'AWS::EC2::SecurityGroup': 2,
      'AWS::EC2::SecurityGroupIngress': 1,
      'AWS::EC2::Subnet': 2,
      'AWS::EC2::SubnetRouteTableAssociation': 2,
      'AWS::EC2::VPC': 1,
      'AWS::EC2::VPCEndpoint': 5,
      'AWS::IAM::ManagedPolicy': 4,
      'AWS::IAM::Role': 7,
      'AWS::KMS::Key': 1,
      'AWS::Logs::LogGroup': 1,
      'AWS::S3::Bucket': 4,
      'AWS::S3::BucketPolicy': 4,
      'AWS::SageMaker::NotebookInstance': 5,
      'AWS::SageMaker::NotebookInstanceLifecycleConfig': 1,
    });
  });

  test('encrypts volumes, buckets and flow logs with one key that rotates and stays', () => {
    base();

    const template = Template.fromStack(stack);
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true } });
    const [key] = Object.keys(template.findResources('AWS::KMS::Key'));
    const arn = { 'Fn::GetAtt': [key, 'Arn'] };
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: arn });
    template.resourcePropertiesCountIs(
      'AWS::S3::Bucket',
      Match.objectLike({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn } },
          ],
        },
      }),
      3,
    );
  });

  test('stands on a network, buckets and a key that were brought along, and defines none of its own', () => {
    const existing = new Stack(app, 'Existing');
    const bucket = (id: string) => s3.Bucket.fromBucketName(stack, id, `team-${id.toLowerCase()}`);
    const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111111111111:key/abc');
    const network = new MlNetwork(existing, 'Network');
    const storage = MlStorage.fromBuckets(stack, 'Storage', {
      datasets: bucket('Datasets'),
      models: bucket('Models'),
      artifacts: bucket('Artifacts'),
    });

    const shared = base({ network, storage, encryptionKey });

    expect([shared.network, shared.storage, shared.encryptionKey]).toEqual([network, storage, encryptionKey]);
    expect(countByType(Template.fromStack(stack))).toEqual({ 'AWS::IAM::ManagedPolicy': 2, 'AWS::IAM::Role': 1 });
  });

  test('puts its boundary on every role, also on those of owners in other stacks', () => {
    const boundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'corporate-boundary');
    const shared = base({ permissionsBoundary: boundary });
    const other = new Stack(app, 'Other');

    new MlNotebook(other, 'alice', { shared, owner: 'alice' });

    const roles = [stack, other].flatMap((each) =>
      Object.values(Template.fromStack(each).findResources('AWS::IAM::Role')),
    );
    expect(roles).toHaveLength(3);
    for (const role of roles) {
      expect(JSON.stringify(role.Properties.PermissionsBoundary)).toContain('policy/corporate-boundary');
    }
  });

  test('tags what it defines with base, environment and the tags of the environment', () => {
    const environment = MlEnvironment.custom({ name: 'lab', tags: { 'cost-center': '4711' } });

    base({ environment, baseName: 'lab-base' });

    const tags = [
      { Key: 'cost-center', Value: '4711' },
      { Key: 'ml-base', Value: 'lab-base' },
      { Key: 'ml-environment', Value: 'lab' },
    ];
    const template = Template.fromStack(stack);
    for (const type of ['AWS::KMS::Key', 'AWS::EC2::VPC', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup']) {
      template.allResourcesProperties(type, { Tags: Match.arrayWith(tags.map((tag) => Match.objectLike(tag))) });
    }
  });

  test.each([
    ['as production where nothing is set', undefined, undefined, 'prod'],
    ['as its ancestor says', MlEnvironment.STAGING, undefined, 'staging'],
    ['as its own prop says, against its ancestor', MlEnvironment.PROD, MlEnvironment.DEV, 'dev'],
  ])('is careful %s', (_, ofStack, ofBase, expected) => {
    if (ofStack) {
      MlEnvironment.set(stack, ofStack);
    }

    const shared = base({ environment: ofBase });

    expect(shared.environment.name).toBe(expected);
  });

  test('takes its default name from stack, path and region, so that no two bases share their owners', () => {
    const place = (name: string, region: string) => new Stack(app, name, { env: { account: '111111111111', region } });
    const [here, beside, abroad] = [place('A', 'us-east-1'), place('B', 'us-east-1'), place('C', 'eu-west-1')];

    const names = [
      new MlSharedInfra(here, 'One').baseName,
      new MlSharedInfra(here, 'Two').baseName,
      new MlSharedInfra(beside, 'One').baseName,
      new MlSharedInfra(abroad, 'One').baseName,
    ];

    expect(names).toEqual(['A-One-us-east-1', 'A-Two-us-east-1', 'B-One-us-east-1', 'C-One-eu-west-1']);
  });

  test('tells bases apart whose stacks and paths are the same words', () => {
    const one = new MlSharedInfra(new Stack(app, 'Team-A'), 'Shared');
    const two = new MlSharedInfra(stack, 'A-Shared');

    expect(one.baseName).not.toBe(two.baseName);
  });

  test('fails for the name of another base, instead of mixing their owners', () => {
    base({ baseName: 'vision' });

    expect(() => new MlSharedInfra(new Stack(app, 'Other'), 'Shared', { baseName: 'vision' })).toThrow(
      "Other/Shared: 'baseName' must be unlike that of Team/Shared, unless both stand in stacks whose 'env' names different accounts, got: vision",
    );
  });

  test('keeps the tags that rights follow from, whatever tags the app sets', () => {
    new MlNotebook(stack, 'alice', { shared: base(), owner: 'alice' });

    Tags.of(app).add('ml-owner', 'platform');
    Tags.of(app).add('ml-base', 'platform');
    Tags.of(app).remove('ml-environment');

    const template = Template.fromStack(stack);
    const tags = (type: string) =>
      Object.values(template.findResources(type)).flatMap(({ Properties }) => Properties.Tags ?? []);
    const identity = [...tags('AWS::IAM::Role'), ...tags('AWS::SageMaker::NotebookInstance')];
    expect(identity.filter(({ Key }) => Key === 'ml-environment')).not.toHaveLength(0);
    expect(identity.filter(({ Key }) => Key === 'ml-base').map(({ Value }) => Value)).not.toContain('platform');
    template.hasResourceProperties('AWS::SageMaker::NotebookInstance', {
      Tags: Match.arrayWith([{ Key: 'ml-owner', Value: 'alice' }]),
    });
    template.hasResourceProperties('AWS::IAM::Role', { Tags: Match.arrayWith([{ Key: 'ml-owner', Value: 'alice' }]) });
  });

  test('keeps the logical id of a role whatever other notebooks come, go or change places', () => {
    const rolesOf = (...notebooks: [string, string][]) => {
      const team = new Stack(new App(), 'Team');
      const shared = new MlSharedInfra(team, 'Shared');
      for (const [id, owner] of notebooks) {
        new MlNotebook(team, id, { shared, owner });
      }
      return ownerRoles(Template.fromStack(team));
    };

    const alone = rolesOf(['A', 'alice']);
    const joined = rolesOf(['B', 'bob'], ['Renamed', 'alice'], ['A', 'alice']);

    expect(Object.keys(alone)).toEqual(['alice']);
    expect(Object.keys(joined).sort()).toEqual(['alice', 'bob']);
    expect(joined.alice).toBe(alone.alice);
  });

  test('works twice in one stack, with roles of the same owner apart', () => {
    for (const id of ['One', 'Two']) {
      new MlNotebook(stack, `alice-${id}`, { shared: new MlSharedInfra(stack, id), owner: 'alice' });
    }

    const paths = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
      .map((role) => JSON.stringify(role.Properties.Path))
      .filter((path) => path?.includes('alice'));
    expect(paths).toEqual([expect.stringContaining('Team-One'), expect.stringContaining('Team-Two')]);
  });

  test('addOutputs names buckets, role, network and every endpoint, and only then are there outputs', () => {
    const shared = base();
    const before = outputIds(stack);

    shared.addOutputs();

    expect(before).toEqual([]);
    expect(outputIds(stack)).toEqual([
      'DatasetsBucketName',
      'ModelsBucketName',
      'ArtifactsBucketName',
      'NotebookRoleArn',
      'VpcId',
      'WorkloadSecurityGroupId',
      'EndpointSecurityGroupId',
      'EndpointId-s3',
      'EndpointId-sagemaker-api',
      'EndpointId-sagemaker-runtime',
      'EndpointId-sts',
      'EndpointId-logs',
    ]);
  });

  test('leaves no aspect behind that reaches beyond it', () => {
    base({ permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'b') });

    expect([Aspects.of(app).all, Aspects.of(stack).all]).toEqual([[], []]);
  });

  function base(props: MlSharedInfraProps = {}) {
    return new MlSharedInfra(stack, 'Shared', props);
  }
});

/** Not by `Template`, which would synthesize before the act step. */
function outputIds(stack: Stack): string[] {
  return stack.node
    .findAll()
    .filter((child) => child instanceof CfnOutput)
    .map((output) => output.node.id);
}

function ownerRoles(template: Template): { [owner: string]: string } {
  const tagged = Object.entries(template.findResources('AWS::IAM::Role', { Properties: { Path: Match.anyValue() } }));
  const owned = tagged.map(([id, role]) => [
    role.Properties.Tags?.find((tag: { Key: string }) => tag.Key === 'ml-owner')?.Value,
    id,
  ]);
  return Object.fromEntries(owned.filter(([owner]) => owner !== 'team'));
}

function countByType(template: Template): { [type: string]: number } {
  const counts: { [type: string]: number } = {};
  for (const { Type } of Object.values<{ Type: string }>(template.toJSON().Resources)) {
    counts[Type] = (counts[Type] ?? 0) + 1;
  }
  return counts;
}
