import { App, CfnResource, NestedStack, Stack, Stage, Tags } from 'aws-cdk-lib';
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
        logicalId: stack.getLogicalId(key.node.defaultChild as CfnResource),
        stack: 'Team',
        type: 'AWS::KMS::Key',
        properties: expect.objectContaining({ Description: 'of the team' }),
        region: 'eu-west-1',
      },
    ]);
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

    expect(read().map(({ path, stack: name, region }) => [path, name, region])).toEqual([
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
    const variant = { variantName: 'a', modelName: 'm', initialVariantWeight: 1 };
    const config = new sagemaker.CfnEndpointConfig(stack, 'Config', { productionVariants: [variant] });
    const other = new Stack(app, 'Other', { env: ENV });
    new sagemaker.CfnEndpoint(other, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });

    const paths = (scope: IConstruct) => costedTree(scope, 'us-east-1').lookup?.map(({ path }) => path);
    expect(paths(other)).toEqual(['Team/Config']);
    expect(paths(stack)).toEqual([]);
    expect(paths(app)).toEqual([]);
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

  function read(scope: IConstruct = app) {
    return costedTree(scope, 'us-east-1').resources;
  }
});
