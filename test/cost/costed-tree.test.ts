import { App, CfnCondition, CfnResource, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { costedTree } from '../../src/cost/costed-tree';
import { MlSharedInfra } from '../../src/shared';

const ENV = { account: '111111111111', region: 'eu-west-1' };

describe('costedTree', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Team', { env: ENV });
  });

  test('reads a resource as the template will have it, with what overrides it', () => {
    const key = new kms.Key(stack, 'Key');
    (key.node.defaultChild as CfnResource).addPropertyOverride('Description', 'of the team');

    expect(read()).toEqual([
      {
        path: 'Team/Key',
        fullPath: 'Team/Key/Resource',
        logicalId: stack.getLogicalId(key.node.defaultChild as CfnResource),
        stack: 'Team',
        type: 'AWS::KMS::Key',
        properties: expect.objectContaining({ Description: 'of the team' }),
        region: 'eu-west-1',
      },
    ]);
  });

  test.each([
    ['before', false],
    ['after', true],
  ])('names the stack of what a resource of another stack refers to, %s synthesis', (_, synthesized) => {
    const other = new Stack(app, 'Other', { env: ENV });
    const nested = new NestedStack(other, 'Nested');
    const configs = [stack, other].map((scope) => config(scope));
    for (const [index, { attrEndpointConfigName }] of configs.entries()) {
      for (const scope of [other, nested]) {
        new sagemaker.CfnEndpoint(scope, `E${index}`, { endpointConfigName: attrEndpointConfigName });
      }
    }
    new sagemaker.CfnEndpoint(other, 'Joined', {
      endpointConfigName: `a-${configs[0].attrEndpointConfigName}-${other.region}`,
    });
    if (synthesized) {
      app.synth();
    }

    const named = read(other).filter(({ type }) => type === 'AWS::SageMaker::Endpoint');
    const ofStack = (path: string) => ({ 'Fn::Reference': [path, 'Config'] });
    expect(named.map(({ path, properties }) => [path, properties.EndpointConfigName])).toEqual([
      ['Other/Nested/E0', ofStack('Team')],
      ['Other/Nested/E1', ofStack('Other')],
      ['Other/E0', ofStack('Team')],
      ['Other/E1', { 'Fn::GetAtt': ['Config', 'EndpointConfigName'] }],
      ['Other/Joined', { 'Fn::Join': ['', [{ 'Fn::Join': ['', ['a-', ofStack('Team')]] }, '-eu-west-1']] }],
    ]);
  });

  test('reads a resource whose type is overridden under the type that the template has', () => {
    new CfnResource(stack, 'Free', { type: 'AWS::IAM::Group' });
    const costly = new CfnResource(stack, 'Costly', { type: 'AWS::IAM::Group' });
    costly.addOverride('Type', 'AWS::KMS::Key');
    new kms.CfnKey(stack, 'Key', { keyPolicy: {} }).addOverride('Type', 'AWS::IAM::Group');

    expect(read().map(({ path, type }) => [path, type])).toEqual([['Team/Costly', 'AWS::KMS::Key']]);
  });

  test('leaves out a resource that leaves itself out', () => {
    class Absent extends CfnResource {
      protected shouldSynthesize() {
        return false;
      }
    }
    new Absent(stack, 'Absent', { type: 'AWS::KMS::Key' });

    expect(read()).toEqual([]);
  });

  test('names the condition of a resource', () => {
    const key = new kms.CfnKey(stack, 'Key', { keyPolicy: {} });
    key.cfnOptions.condition = new CfnCondition(stack, 'IsProd');

    expect(read()).toEqual([expect.objectContaining({ condition: 'IsProd' })]);
  });

  test('does not read what costs nothing', () => {
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });

    expect(read()).toEqual([]);
  });

  test('never resolves a budget, whose amount may follow from what is read', () => {
    const budgetLimit = {
      unit: 'USD',
      get amount(): number {
        throw new Error('resolved');
      },
    };
    new budgets.CfnBudget(stack, 'Budget', { budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit } });

    expect(read()).toEqual([]);
  });

  test('reads nested stacks and stages, each with its own region', () => {
    const nested = new NestedStack(stack, 'Nested');
    const stage = new Stage(app, 'Prod', { env: { region: 'us-east-1' } });
    new kms.Key(nested, 'Key');
    new kms.Key(new Stack(stage, 'Team'), 'Key');
    new kms.Key(new Stack(app, 'Agnostic'), 'Key');

    const keys = read().filter(({ type }) => type === 'AWS::KMS::Key');
    expect(keys.map(({ path, stack: name, region }) => [path, name, region])).toEqual([
      ['Team/Nested/Key', 'Team/Nested', 'eu-west-1'],
      ['Prod/Team/Key', 'Prod/Team', 'us-east-1'],
      ['Agnostic/Key', 'Agnostic', undefined],
    ]);
  });

  test('reads what is at and below a construct, and nothing beside it', () => {
    const team = new Construct(stack, 'Red');
    const key = new kms.Key(team, 'Key');
    new kms.Key(stack, 'Key');

    expect(read(team).map(({ path }) => path)).toEqual(['Team/Red/Key']);
    expect(read(key.node.defaultChild as CfnResource).map(({ path }) => path)).toEqual(['Team/Red/Key']);
  });

  test('looks elsewhere in the app for what tells the price of an endpoint', () => {
    const other = new Stack(app, 'Other', { env: ENV });
    new sagemaker.CfnEndpoint(other, 'Endpoint', { endpointConfigName: config(stack).attrEndpointConfigName });

    const paths = (scope: IConstruct) => costedTree(scope, 'us-east-1').lookup?.map(({ path }) => path);
    expect(paths(other)).toEqual(['Team/Config']);
    expect(paths(stack)).toEqual([]);
    expect(paths(app)).toEqual([]);
  });

  test('knows all stacks of the app by their names', () => {
    new NestedStack(stack, 'Nested');
    new Stack(new Stage(app, 'Prod', { env: ENV }), 'Team', { stackName: 'mine' });
    new Stack(app, 'Agnostic');

    expect(costedTree(stack, 'us-east-1').stacks).toEqual([
      { path: 'Team', name: 'Team', ...ENV },
      { path: 'Team/Nested', name: 'Nested', ...ENV },
      { path: 'Prod/Team', name: 'mine', ...ENV },
      { path: 'Agnostic', name: 'Agnostic', account: undefined, region: undefined },
    ]);
  });

  test('has the facts of what is around and below, and of nothing beside', () => {
    const shared = new MlSharedInfra(stack, 'Shared');
    new MlSharedInfra(new Stack(app, 'Other'), 'Shared');

    const { facts, scope } = costedTree(shared.node.findChild('Network'), 'us-east-1');

    expect(scope).toBe('Team/Shared/Network');
    expect(facts.map(({ path }) => path)).toEqual(['Team/Shared', 'Team/Shared/Network']);
  });

  test('reads the same before and after synthesis, but for tags', () => {
    new MlSharedInfra(stack, 'Shared');
    const before = read();
    Tags.of(stack).add('team', 'vision');
    app.synth();
    const untagged = (found: typeof before) =>
      found.map(({ properties: { Tags: _, ...others }, ...rest }) => [rest, others]);

    expect(untagged(read())).toEqual(untagged(before));
    expect(read()[0].properties.Tags).toContainEqual({ Key: 'team', Value: 'vision' });
  });

  function config(scope: Construct) {
    const variant = { variantName: 'a', modelName: 'm', initialVariantWeight: 1 };
    return new sagemaker.CfnEndpointConfig(scope, 'Config', { productionVariants: [variant] });
  }

  function read(scope: IConstruct = app) {
    return costedTree(scope, 'us-east-1').resources;
  }
});
