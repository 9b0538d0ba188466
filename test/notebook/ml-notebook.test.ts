import { App, RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  CodeSource,
  LifecycleStep,
  MlEnvironment,
  MlInstanceType,
  MlNotebook,
  MlNotebookProps,
  MlSharedInfra,
  NotebookLifecycle,
} from '../../src';

const TYPE = 'AWS::SageMaker::NotebookInstance';

describe('MlNotebook', () => {
  let app: App;
  let stack: Stack;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { baseName: 'vision' });
  });

  test('runs a small AL2023 machine without root, without internet, with IMDSv2 and 50 GiB, and has no name', () => {
    notebook();

    template().hasResourceProperties(TYPE, {
      InstanceType: 'ml.t3.medium',
      PlatformIdentifier: 'notebook-al2023-v1',
      RootAccess: 'Disabled',
      DirectInternetAccess: 'Disabled',
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
      VolumeSizeInGB: 50,
      NotebookInstanceName: Match.absent(),
      LifecycleConfigName: Match.absent(),
      DefaultCodeRepository: Match.absent(),
      AdditionalCodeRepositories: Match.absent(),
    });
  });

  test('stands in the network of the base and encrypts its volume with its key', () => {
    const here = new MlSharedInfra(stack, 'Shared');

    notebook({ shared: here });

    template().hasResourceProperties(TYPE, {
      KmsKeyId: stack.resolve(here.encryptionKey.keyArn),
      SecurityGroupIds: [stack.resolve(here.network.workloadSecurityGroup.securityGroupId)],
      SubnetId: Match.anyValue(),
      RoleArn: stack.resolve(here.notebookRole.roleArn),
    });
  });

  test.each<[string, Partial<MlNotebookProps>, object]>([
    ['instanceType', { instanceType: MlInstanceType.of('ml.g6.xlarge') }, { InstanceType: 'ml.g6.xlarge' }],
    ['volumeSize', { volumeSize: Size.tebibytes(1) }, { VolumeSizeInGB: 1024 }],
    ['rootAccess', { rootAccess: true }, { RootAccess: 'Enabled' }],
    ['directInternetAccess', { directInternetAccess: true }, { DirectInternetAccess: 'Enabled' }],
    ['notebookName', { notebookName: 'alice--1' }, { NotebookInstanceName: 'alice--1' }],
  ])('writes a %s that was chosen', (_, props, expected) => {
    notebook(props);

    template().hasResourceProperties(TYPE, expected);
  });

  test('takes a key of its own for the volume', () => {
    const encryptionKey = new kms.Key(stack, 'Key');

    notebook({ encryptionKey });

    template().hasResourceProperties(TYPE, { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
  });

  test('accepts values that are known only at deployment', () => {
    const text = Token.asString({ Ref: 'Text' });
    const volumeSize = Size.gibibytes(Token.asNumber({ Ref: 'Gibibytes' }));

    notebook({ instanceType: MlInstanceType.of(text), volumeSize, notebookName: text });

    template().hasResourceProperties(TYPE, {
      InstanceType: { Ref: 'Text' },
      VolumeSizeInGB: { Ref: 'Gibibytes' },
      NotebookInstanceName: { Ref: 'Text' },
    });
  });

  test('refers to its lifecycle by attribute, since CDK drops the name of a configuration without one', () => {
    const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', {
      shared,
      onStart: [LifecycleStep.script('a', 'true')],
    });

    notebook({ lifecycle });

    const [id] = Object.keys(template().findResources('AWS::SageMaker::NotebookInstanceLifecycleConfig'));
    template().hasResourceProperties(TYPE, {
      LifecycleConfigName: { 'Fn::GetAtt': [id, 'NotebookInstanceLifecycleConfigName'] },
    });
  });

  test.each<[string, MlEnvironment, RemovalPolicy | undefined, string]>([
    ['kept in production', MlEnvironment.PROD, undefined, 'Retain'],
    ['deleted in staging', MlEnvironment.STAGING, undefined, 'Delete'],
    ['deleted in development', MlEnvironment.DEV, undefined, 'Delete'],
    ['deleted in production if it says so', MlEnvironment.PROD, RemovalPolicy.DESTROY, 'Delete'],
    ['kept in development if it says so', MlEnvironment.DEV, RemovalPolicy.RETAIN, 'Retain'],
  ])('is %s when it is removed, and always kept when it is replaced', (_, environment, removalPolicy, expected) => {
    MlEnvironment.set(stack, environment);

    notebook({ removalPolicy });

    template().hasResource(TYPE, { DeletionPolicy: expected, UpdateReplacePolicy: 'Retain' });
  });

  test('is as careful as its base, unless an ancestor of its own says otherwise', () => {
    const dev = new MlSharedInfra(new Stack(app, 'DevBase'), 'Shared', { environment: MlEnvironment.DEV });
    const staging = new Stack(app, 'StagingTeam');
    MlEnvironment.set(staging, MlEnvironment.STAGING);

    notebook({ shared: dev });
    new MlNotebook(staging, 'alice', { shared: dev });

    expect([tagsIn(stack)['ml-environment'], tagsIn(staging)['ml-environment']]).toEqual(['dev', 'staging']);
  });

  test.each([
    ['alice', 'alice'],
    [undefined, 'team'],
  ])('of owner %p carries base, environment and owner as tags', (owner, expected) => {
    notebook({ owner });

    expect(tagsIn(stack)).toEqual({ 'ml-base': 'vision', 'ml-environment': 'prod', 'ml-owner': expected });
  });

  test('is one resource without an owner, and two with one', () => {
    const [without, withOwner] = [new Stack(app, 'Without'), new Stack(app, 'With')];

    new MlNotebook(without, 'n', { shared });
    new MlNotebook(withOwner, 'n', { shared, owner: 'alice' });

    expect(typesIn(without)).toEqual([TYPE]);
    expect(typesIn(withOwner)).toEqual(['AWS::IAM::Role', TYPE]);
  });

  test('adds name, ARN and console address to the outputs, and only if asked', () => {
    notebook({}, 'quiet');
    const loud = notebook({}, 'loud');

    loud.addOutputs();

    const outputs = template().toJSON().Outputs;
    expect(Object.keys(outputs).map((id) => id.replace(/[A-F0-9]{8}$/, ''))).toEqual([
      'loudName',
      'loudArn',
      'loudConsole',
    ]);
    expect(JSON.stringify(outputs)).not.toContain('quiet');
  });

  test('puts traffic rules into its own stack, on the group of the base', () => {
    notebook().connections.allowFrom(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.tcp(8443));

    app.synth();
    template().hasResourceProperties('AWS::EC2::SecurityGroupIngress', { CidrIp: '10.1.0.0/16', FromPort: 8443 });
    expect(stack.dependencies.map(({ node }) => node.path)).toEqual(['Base']);
  });

  test('makes one rule when two notebooks allow the same traffic', () => {
    for (const id of ['alice', 'bob']) {
      notebook({}, id).connections.allowFrom(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.tcp(8443));
    }

    template().resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
  });

  test('warns of a way to the internet past a network that has none', () => {
    notebook({ directInternetAccess: true }, 'open');
    notebook({}, 'closed');

    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('open: has a way to the internet of its own'));
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('closed: has a way to the internet'));
  });

  test('fails for a removal policy that notebooks cannot have', () => {
    expect(() => notebook({ removalPolicy: RemovalPolicy.SNAPSHOT })).toThrow(
      "'removalPolicy' must be RETAIN, DESTROY or RETAIN_ON_UPDATE_OR_DELETE, got: snapshot",
    );
  });

  describe('grantOpen', () => {
    const endpoint = (id: string) =>
      ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, id, { vpcEndpointId: id, port: 443 });
    const open = { Action: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:DescribeNotebookInstance'] };
    const throughEndpoint = { StringEquals: { 'aws:SourceVpce': ['vpce-api', 'vpce-notebook'] } };
    const fromAddress = { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } };

    test('allows opening that one notebook from anywhere', () => {
      const opened = notebook();

      opened.grantOpen(caller());

      expect(rightsOfCaller()).toEqual([{ ...open, Effect: 'Allow', Resource: stack.resolve(opened.notebookArn) }]);
    });

    test.each([
      ['endpoints', true, false, [throughEndpoint]],
      ['addresses', false, true, [fromAddress]],
      ['endpoints or else addresses', true, true, [throughEndpoint, fromAddress]],
    ])('allows it from %s alone', (_, endpoints, addresses, conditions) => {
      notebook().grantOpen(caller(), {
        fromVpcEndpoints: endpoints ? [endpoint('vpce-api'), endpoint('vpce-notebook')] : undefined,
        fromIpAddresses: addresses ? ['203.0.113.0/24', '2001:db8::/32'] : undefined,
      });

      expect(rightsOfCaller()).toEqual(conditions.map((Condition) => expect.objectContaining({ ...open, Condition })));
    });
  });

  test('grantStartStop allows starting, stopping and looking at that one notebook', () => {
    const started = notebook();

    started.grantStartStop(caller());

    expect(rightsOfCaller()).toEqual([
      {
        Action: [
          'sagemaker:DescribeNotebookInstance',
          'sagemaker:StartNotebookInstance',
          'sagemaker:StopNotebookInstance',
        ],
        Effect: 'Allow',
        Resource: stack.resolve(started.notebookArn),
      },
    ]);
  });

  test('defines everything twice in one stack', () => {
    const url = 'https://git.example.com/team/code.git';
    const all = (id: string) => {
      const base = new MlSharedInfra(stack, `Shared${id}`);
      base.publish(`vision-${id}`);
      const lifecycle = new NotebookLifecycle(stack, `Lifecycle${id}`, {
        shared: base,
        onStart: [LifecycleStep.script('a', 'true')],
      });
      const codeRepositories = [CodeSource.git(url)];
      new MlNotebook(stack, `alice${id}`, { shared: base, owner: 'alice', lifecycle, codeRepositories }).addOutputs();
    };

    all('One');
    all('Two');

    expect(() => app.synth()).not.toThrow();
    template().resourceCountIs(TYPE, 2);
  });

  function notebook(props: Partial<MlNotebookProps> = {}, id = 'alice') {
    return new MlNotebook(stack, id, { shared, ...props });
  }

  function caller() {
    return new iam.Role(stack, 'Caller', { assumedBy: new iam.AccountRootPrincipal() });
  }

  function rightsOfCaller() {
    const [policy] = Object.values(template().findResources('AWS::IAM::Policy'));
    return policy.Properties.PolicyDocument.Statement;
  }

  function template() {
    return Template.fromStack(stack);
  }
});

function typesIn(stack: Stack): string[] {
  return Object.values<{ Type: string }>(Template.fromStack(stack).toJSON().Resources)
    .map(({ Type }) => Type)
    .sort();
}

function tagsIn(stack: Stack): { [key: string]: unknown } {
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources(TYPE));
  return Object.fromEntries(Properties.Tags.map(({ Key, Value }: { Key: string; Value: unknown }) => [Key, Value]));
}
