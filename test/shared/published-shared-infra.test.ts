import { App, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CodeSource, MlEnvironment, MlNotebook, MlService, MlSharedInfra, NetworkRisk } from '../../src';
import { resourcesIn, templateOf } from './templates';

describe('fromPublished', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Reader', { env: { account: '111111111111', region: 'eu-central-1' } });
  });

  test('reads every value at deployment as a typed parameter, so that a missing one fails before anything is created', () => {
    notebook();

    const parameters = Object.values(templateOf(app.synth(), 'Reader').Parameters ?? {});
    const read = parameters.filter(({ Default }) => Default?.startsWith('/ml-infra/'));
    expect(new Set(read.map(({ Type }) => Type))).toEqual(new Set(['AWS::SSM::Parameter::Value<String>']));
    expect(read.map(({ Default }) => Default?.replace('/ml-infra/vision/', '')).sort()).toEqual([
      'base-name',
      'buckets/artifacts',
      'buckets/datasets',
      'buckets/models',
      'environment',
      'keys/storage',
      'keys/volumes',
      'policies/jobs',
      'policies/permissions-boundary',
      'policies/workspace',
      'roles/notebook/arn',
      'roles/notebook/name',
      'security-groups/endpoint',
      'security-groups/workload',
      'subnets/1',
      'subnets/2',
      'vpc-id',
    ]);
  });

  test('looks nothing up at synthesis, even with account and region given', () => {
    notebook();

    expect(app.synth().manifest.missing ?? []).toEqual([]);
  });

  test('neither exports nor imports, and defines nothing but the notebook and the role of its owner', () => {
    notebook();

    const template = templateOf(app.synth(), 'Reader');
    expect(Object.values(template.Resources).map(({ Type }) => Type)).toEqual([
      'AWS::SageMaker::NotebookInstance',
      'AWS::IAM::Role',
    ]);
    expect(template.Outputs).toBeUndefined();
    expect(JSON.stringify(template)).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput/);
  });

  test('gives a notebook the network, key, tags and policies that were published', () => {
    notebook();

    const template = templateOf(app.synth(), 'Reader');
    const published = (value: unknown) => template.Parameters?.[(value as { Ref: string }).Ref]?.Default;
    const [[, { Properties: instance }]] = resourcesIn(template, 'AWS::SageMaker::NotebookInstance');
    expect(published(instance.SubnetId)).toMatch(/^\/ml-infra\/vision\/subnets\/[12]$/);
    expect(published(instance.SecurityGroupIds[0])).toBe('/ml-infra/vision/security-groups/workload');
    expect(published(instance.KmsKeyId)).toBe('/ml-infra/vision/keys/volumes');
    const [[, { Properties: role }]] = resourcesIn(template, 'AWS::IAM::Role');
    expect(role.ManagedPolicyArns.map(published)).toEqual([
      '/ml-infra/vision/policies/workspace',
      '/ml-infra/vision/policies/jobs',
    ]);
    expect(role.Tags.map(({ Value }: { Value: unknown }) => published(Value) ?? Value)).toEqual([
      '/ml-infra/vision/base-name',
      '/ml-infra/vision/environment',
      'alice',
    ]);
  });

  test('bounds the roles of owners exactly if the base has a boundary', () => {
    notebook();

    const template = templateOf(app.synth(), 'Reader');
    const [[, role]] = resourcesIn(template, 'AWS::IAM::Role');
    const [condition, boundary, otherwise] = role.Properties.PermissionsBoundary['Fn::If'];
    expect(template.Parameters?.[boundary.Ref].Default).toBe('/ml-infra/vision/policies/permissions-boundary');
    expect(otherwise).toEqual({ Ref: 'AWS::NoValue' });
    expect(template.Conditions?.[condition]).toEqual({ 'Fn::Not': [{ 'Fn::Equals': [boundary, 'none'] }] });
  });

  test('is refused in another stack, which has none of its parameters, with the way that works there', () => {
    const shared = MlSharedInfra.fromPublished(stack, 'Base', 'vision');

    expect(() => new MlNotebook(new Stack(app, 'Elsewhere'), 'frank', { shared })).toThrow(
      /^Elsewhere\/frank: 'shared' must be a base read in the same stack, .*fromPublished there too, got: Reader\/Base$/,
    );
  });

  test('uses the environment of the reader, or the one that the reader states', () => {
    MlEnvironment.set(stack, MlEnvironment.STAGING);

    const environments = [
      MlSharedInfra.fromPublished(stack, 'A', 'vision').environment.name,
      MlSharedInfra.fromPublished(stack, 'B', 'vision', { environment: MlEnvironment.DEV }).environment.name,
    ];

    expect(environments).toEqual(['staging', 'dev']);
  });

  test('takes what every base reaches without a statement', () => {
    const { network } = published();
    const { S3, SAGEMAKER_API, SAGEMAKER_RUNTIME, STS, CLOUDWATCH_LOGS } = MlService;

    const requireAll = () => {
      for (const service of [S3, SAGEMAKER_API, SAGEMAKER_RUNTIME, STS, CLOUDWATCH_LOGS]) {
        network.requireService(service);
      }
    };

    expect(requireAll).not.toThrow();
  });

  test('fails for a feature whose service was not stated, and says how to state it', () => {
    const secret = new secretsmanager.Secret(stack, 'Token');
    const codeRepositories = [CodeSource.git('https://git.example.com/team/repository.git', { secret })];
    const shared = published([MlService.KMS]);

    expect(() => new MlNotebook(stack, 'alice', { shared, codeRepositories })).toThrow(
      'Reader/Shared/Network: \'services\' must be stated with fromPublished(..., { services }) and published, as a feature in use needs secretsmanager, got: ["kms"]',
    );
  });

  test('refuses what undoes the isolation of the network from here, unless the app says why', () => {
    const { network } = published();
    network.workloadSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.tcp(8888), 'Jupyter for everybody');

    expect(() => app.synth()).toThrow('acceptRisk');

    network.acceptRisk(NetworkRisk.OPEN_INGRESS, 'A demonstration that ends on Friday');
    expect(() => app.synth({ force: true })).not.toThrow();
  });

  test('has the deployment check a stated service against what was published', () => {
    const { network } = published([MlService.SECRETS_MANAGER]);

    network.requireService(MlService.SECRETS_MANAGER);

    const read = Object.values(templateOf(app.synth(), 'Reader').Parameters ?? {}).map(({ Default }) => Default);
    expect(read).toContain('/ml-infra/vision/endpoints/secretsmanager');
  });

  test.each([
    ['the stack', (base: Stack) => base],
    ['a stack nested in the one', (base: Stack) => new NestedStack(base, 'Nested')],
  ])('is refused in %s that publishes, where the base itself is at hand', (_, readerOf) => {
    const base = new Stack(app, 'Base');
    new MlSharedInfra(base, 'Shared').publish('vision');

    expect(() => MlSharedInfra.fromPublished(readerOf(base), 'Read', 'vision')).toThrow(
      /Read: 'name' must be read in another stack than the one that publishes it; here, pass the base itself, got: vision$/,
    );
  });

  test('works in a stack nested in another than the publishing one', () => {
    const base = new Stack(app, 'Base', { env: { account: '111111111111', region: 'eu-central-1' } });
    new MlSharedInfra(base, 'Shared').publish('vision');
    const shared = MlSharedInfra.fromPublished(new NestedStack(stack, 'Nested'), 'Shared', 'vision');

    new MlNotebook(shared.node.scope as NestedStack, 'alice', { shared, owner: 'alice' });

    app.synth();
    expect(stack.dependencies).toEqual([base]);
  });

  test('keeps owners apart from those of a local base that has the published name', () => {
    const local = new MlSharedInfra(stack, 'Local', { baseName: 'vision' });
    new MlNotebook(stack, 'alice-here', { shared: local, owner: 'alice' });

    notebook();

    expect(resourcesIn(templateOf(app.synth(), 'Reader'), 'AWS::IAM::Role')).toHaveLength(4);
  });

  function published(services?: MlService[]) {
    return MlSharedInfra.fromPublished(stack, 'Shared', 'vision', { services });
  }

  function notebook() {
    return new MlNotebook(stack, 'alice', { shared: published(), owner: 'alice' });
  }
});
