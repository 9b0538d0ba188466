import { App, Duration, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks } from 'cdk-nag';
import { MlInstanceType, MlNetwork, MlNotebook, MlSharedInfra, NotebookLifecycle } from '../../src';
import { NotebookBoundary, type NotebookBoundaryProps } from '../../src/notebook/notebook-boundary';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const LONG = 'arn:aws-us-gov:sagemaker:ap-southeast-5:111111111111:notebook-instance-lifecycle-config/';
const LONGEST: { readonly [type: string]: string } = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-5',
  'AWS::AccountId': '111111111111',
  'AWS::URLSuffix': 'amazonaws.com.cn',
  'AWS::KMS::Key': `arn:aws-us-gov:kms:ap-southeast-5:111111111111:key/mrk-${'0'.repeat(32)}`,
  'AWS::EC2::Subnet': `subnet-${'0'.repeat(17)}`,
  'AWS::EC2::SecurityGroup': `sg-${'0'.repeat(17)}`,
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': LONG + 'l'.repeat(63),
};

// What the rights allow and deny is decided in test/decisions.
describe('NotebookBoundary', () => {
  let app: App;
  let stack: Stack;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team');
    shared = new MlSharedInfra(stack, 'Shared', { baseName: 'vision' });
  });

  test('is one managed policy that only allows', () => {
    boundary();

    const ids = Object.keys(Template.fromStack(stack).toJSON().Resources);
    expect(ids.filter((id) => id.startsWith('SelfService'))).toHaveLength(1);
    expect([...new Set(statements().map(({ Effect }) => Effect))]).toEqual(['Allow']);
  });

  test('bounds a role and is attached to one', () => {
    const { policy } = boundary();

    new iam.Role(stack, 'Bounded', { assumedBy: new iam.AccountRootPrincipal(), permissionsBoundary: policy });
    new iam.Role(stack, 'Attached', { assumedBy: new iam.AccountRootPrincipal(), managedPolicies: [policy] });

    const arn = stack.resolve(policy.managedPolicyArn);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: arn });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: [arn] });
  });

  test('gives a role just the rights of the policy', () => {
    const granted = new iam.Role(stack, 'Granted', { assumedBy: new iam.AccountRootPrincipal() });

    boundary({ lifecycles: [lifecycle()] }).grantCreate(granted);

    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    expect(Properties.PolicyDocument.Statement).toEqual(statements());
  });

  test('leaves machine and lifecycle free unless they are given', () => {
    boundary();

    expect(JSON.stringify(statements())).not.toMatch(/InstanceTypes|Lifecycle/);
  });

  test('binds machine and lifecycle to those given, and asks for both', () => {
    const given = lifecycle();

    boundary({ lifecycles: [given], instanceTypes: [MlInstanceType.C5_XLARGE] });

    const { Condition } = creation();
    const arn = { Ref: stack.getLogicalId(given.node.findChild('Resource') as never) };
    expect(Condition['ForAllValues:StringEquals']['sagemaker:InstanceTypes']).toEqual(['ml.c5.xlarge']);
    expect(Object.values(Condition['ForAllValues:StringEqualsIgnoreCase'])).toEqual([[arn]]);
    expect(Object.keys(Condition.Null)).toEqual([
      'sagemaker:VpcSubnets',
      'sagemaker:VpcSecurityGroupIds',
      'sagemaker:InstanceTypes',
      'sagemaker:NotebookInstanceLifecycleConfigArns',
    ]);
  });

  test('stays below what IAM takes with the longest names there are, and six subnets', () => {
    const away = new Stack(app, 'Away');
    const subnetIds = ['1', '2', '3', '4', '5', '6'].map((digit) => `subnet-${digit.repeat(17)}`);
    const vpc = ec2.Vpc.fromVpcAttributes(away, 'Vpc', {
      vpcId: `vpc-${'0'.repeat(17)}`,
      availabilityZones: subnetIds.map((_, index) => `eu-west-1${'abcdef'[index]}`),
      isolatedSubnetIds: subnetIds,
      isolatedSubnetRouteTableIds: subnetIds.map((_, index) => `rtb-${index}`),
    });
    const network = MlNetwork.fromVpc(away, 'Network', { vpc });
    const base = new MlSharedInfra(away, 'Shared', { baseName: 'b'.repeat(63), network });
    const lifecycles = ['a', 'b', 'c'].map((id) => new NotebookLifecycle(away, id, { shared: base }));
    const instanceTypes = Array.from({ length: 10 }, (_, index) => MlInstanceType.of(`ml.p${index}en.48xlarge`));

    new NotebookBoundary(away, 'SelfService', { shared: base, lifecycles, instanceTypes });

    const size = JSON.stringify(longest({ Version: '2012-10-17', Statement: statements(away) }, away)).length;
    expect(size).toBeGreaterThan(5_000);
    expect(size).toBeLessThan(6_144);
  });

  test.each<[string, (here: NotebookLifecycle) => Partial<NotebookBoundaryProps>, string]>([
    ['no lifecycle', () => ({ lifecycles: [] }), "'lifecycles' must be a list of 1 to 3, got: []"],
    ['a lifecycle twice', (here) => ({ lifecycles: [here, here] }), "'lifecycles' must be a list without repetition"],
    ['four lifecycles', (here) => ({ lifecycles: Array(4).fill(here) }), "'lifecycles' must be a list of 1 to 3"],
    ['no machine', () => ({ instanceTypes: [] }), "'instanceTypes' must be a list of 1 to 10, got: []"],
    [
      'a machine twice',
      () => ({ instanceTypes: [MlInstanceType.T3_MEDIUM, MlInstanceType.of('ml.t3.medium')] }),
      "'instanceTypes' must be a list without repetition, got: ml.t3.medium",
    ],
    [
      'a machine that notebooks do not run on',
      () => ({ instanceTypes: [MlInstanceType.T3_MEDIUM, MlInstanceType.of('ml.p2.xlarge')] }),
      "'instanceTypes[1]' must be a type that notebooks on Amazon Linux 2023 can run on",
    ],
  ])('fails for %s', (_, props, message) => {
    const here = lifecycle();

    expect(() => boundary(props(here))).toThrow(`Team/SelfService: ${message}`);
  });

  test('fails for a base and for a lifecycle of another stage', () => {
    const away = new Stack(new Stage(app, 'Prod', { env: ENV }), 'Away');
    const base = new MlSharedInfra(away, 'Shared', { baseName: 'away' });

    expect(() => boundary({ shared: base })).toThrow("'shared' must be a base of the same stage");
    expect(() => boundary({ lifecycles: [new NotebookLifecycle(away, 'L', { shared: base })] }, 'Other')).toThrow(
      "'lifecycle' must be a lifecycle of the same stage",
    );
  });

  test('locks neither the base and the lifecycle, nor itself for who uses it in a third stack', () => {
    const away = new Stack(app, 'Away');
    const third = new Stack(app, 'Third');
    const { policy } = new NotebookBoundary(away, 'SelfService', { shared, lifecycles: [lifecycle()] });

    new iam.Role(third, 'Bounded', { assumedBy: new iam.AccountRootPrincipal(), permissionsBoundary: policy });

    const texts = app.synth().stacks.map(({ template }) => JSON.stringify(template));
    expect(texts.filter((text) => /"Export"|Fn::ImportValue/.test(text))).toEqual([]);
  });

  test('stands on a base that another app published', () => {
    const away = new Stack(app, 'Away');
    const published = MlSharedInfra.fromPublished(away, 'Shared', 'vision');

    new NotebookBoundary(away, 'SelfService', { shared: published });

    const text = JSON.stringify(statements(away));
    for (const value of ['base-name', 'subnets/1', 'subnets/2', 'security-groups/workload', 'keys/volumes', 'vpc-id']) {
      expect(text).toContain(JSON.stringify({ Ref: parameterOf(away, value) }));
    }
  });

  test('leaves no wildcard unexplained', () => {
    boundary({ lifecycles: [lifecycle()] });

    const { violations } = new AwsSolutionsChecks(app).validateScope(app);

    expect(violations.map(({ ruleName }) => ruleName)).toEqual([]);
  });

  test('defines the role that an owner passes, with what the scripts need, as notebooks of that owner have it', () => {
    const given = lifecycle();
    const self = boundary({ lifecycles: [given] });

    const role = self.addOwner('alice');
    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });

    const roles = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    const [own, ...others] = roles.filter(({ Properties }) => Properties.Path === '/ml-infra/vision/alice/');
    expect(others).toEqual([]);
    expect(own.Properties.ManagedPolicyArns).toContainEqual(stack.resolve(given._policies[0].managedPolicyArn));
    expect(own.Properties.Tags).toContainEqual({ Key: 'ml-owner', Value: 'alice' });
    expect(stack.resolve(role.roleArn)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('alice'), 'Arn'] });
  });

  test.each(['team', '../up', '', 'a b'])('fails for the owner %p', (owner) => {
    expect(() => boundary().addOwner(owner)).toThrow(/^Team\/SelfService: 'owner' must be /);
  });

  test('stands twice in one stack', () => {
    for (const id of ['One', 'Two']) {
      boundary({}, id).addOwner('alice');
    }

    expect(() => app.synth()).not.toThrow();
  });

  function boundary(props: Partial<NotebookBoundaryProps> = {}, id = 'SelfService') {
    return new NotebookBoundary(stack, id, { shared, ...props });
  }

  function lifecycle() {
    return new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  }

  // biome-ignore lint/suspicious/noExplicitAny: the content of a template has no type
  function statements(scope = stack): any[] {
    const policies = Object.entries(Template.fromStack(scope).findResources('AWS::IAM::ManagedPolicy'));
    const [, { Properties }] = policies.find(([id]) => id.startsWith('SelfService'))!;
    return Properties.PolicyDocument.Statement;
  }

  function creation() {
    return statements().find(({ Action }) => Action === 'sagemaker:CreateNotebookInstance');
  }
});

function parameterOf(stack: Stack, value: string): string {
  const parameters = Object.entries(
    Template.fromStack(stack).toJSON().Parameters as { [id: string]: { Default: string } },
  );
  return parameters.find(([, { Default }]) => Default === `/ml-infra/vision/${value}`)![0];
}

/** A part of a template as it would be at its longest. */
function longest(value: unknown, stack: Stack): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => longest(each, stack));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument]] = Object.entries(value);
  if (name === 'Fn::Join') {
    return (longest(argument[1], stack) as string[]).join(argument[0]);
  }
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    const [id] = [argument].flat();
    const text = LONGEST[id] ?? LONGEST[Template.fromStack(stack).toJSON().Resources[id].Type];
    return text ?? expect(id).toBe('of a known length');
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, longest(each, stack)]));
}
