import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Environment, Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { IConstruct } from 'constructs';
import {
  InternetAccess,
  MlCostEstimate,
  MlCostEstimateOptions,
  MlEnvironment,
  MlNetwork,
  MlNotebook,
  MlService,
  MlSharedInfra,
  MlUsage,
  NotebookSchedule,
} from '../../src';

const account = '111111111111';
const FRANKFURT = { account, region: 'eu-central-1' };
const VIRGINIA = { account, region: 'us-east-1' };
const ROLE = `arn:aws:iam::${account}:role/jobs`;
const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

describe('the figures of the designs that the library grew from', () => {
  test('five interface endpoints in one zone and 400 GB cost 47.80 in eu-central-1', () => {
    const stack = stackIn(FRANKFURT);
    MlEnvironment.set(stack, MlEnvironment.DEV);
    const network = new MlNetwork(stack, 'Network', { services: [MlService.SECRETS_MANAGER] });
    new MlSharedInfra(stack, 'Shared', { network });
    MlUsage.set(network, { vpcEndpointGb: 400 });

    const endpoints = itemsOf(network, 'AWS::EC2::VPCEndpoint');

    expect(endpoints.map(({ monthlyUsd, stated }) => [monthlyUsd, stated])).toEqual([
      ...Array(5).fill([8.76, false]),
      [4, true],
    ]);
    expect(sum(endpoints)).toBe(47.8);
  });

  test('500 hours of ml.t3.medium cost 29.00 in eu-central-1', () => {
    const notebook = notebookIn(FRANKFURT);
    MlUsage.set(notebook, { notebookHours: 500 });

    expect(hourly(notebook)).toBe(29);
  });

  test.each([
    ['eu-central-1', FRANKFURT, 42.34],
    ['us-east-1', VIRGINIA, 36.5],
  ])('a notebook that never stops costs in %s what the designs say', (_, env, monthlyUsd) => {
    expect(hourly(notebookIn(env))).toBe(monthlyUsd);
  });

  test('a NAT gateway costs 32.85 in us-east-1', () => {
    const network = new MlNetwork(stackIn(VIRGINIA), 'Network', { internetAccess: InternetAccess.NAT_GATEWAY });
    const [gateway] = itemsOf(network, 'AWS::EC2::NatGateway');

    expect([gateway.monthlyUsd, gateway.unitUsd, gateway.quantity, gateway.unit]).toEqual([32.85, 0.045, 730, 'hour']);
  });

  // The design says 149 instead of 195 USD: with 7 USD for an endpoint, 42 for a notebook, and S3 as if three bases held
  // three times the data.
  test.each([
    ['eu-central-1', FRANKFURT, 2 / 0.0245, { endpoint: 8.76, notebook: 42.34, saved: 52.56 }],
    ['us-east-1', VIRGINIA, 2 / 0.023, { endpoint: 7.3, notebook: 36.5, saved: 43.8 }],
  ])('three notebooks that share three endpoints and 2 USD of S3 in %s', (_, env, s3StorageGb, expected) => {
    const stack = threeNotebooks(env);
    MlUsage.set(stack, { s3StorageGb });
    const cost = MlCostEstimate.of(stack);
    const { sharing } = cost;

    const costs = cost.items.filter(({ unit }) => unit.endsWith('hour')).map(({ monthlyUsd }) => monthlyUsd);
    expect(new Set(costs)).toEqual(new Set([expected.endpoint, expected.notebook]));
    expect(sharing?.workloads).toBe(3);
    expect(sharing?.sharedMonthlyUsd).toBe(cost.monthlyTotal);
    expect(sharing?.savedMonthlyUsd).toBe(expected.saved);
    expect(sharing?.separateMonthlyUsd).toBeCloseTo(cost.monthlyTotal + expected.saved, 6);
    expect(sharing?.assumptions.join(' ')).toMatch(/would need the same network/);
  });

  test('mix the price of an endpoint in one region with that of a notebook in another', () => {
    const whole = (env: Environment) => {
      const { items } = MlCostEstimate.of(threeNotebooks(env));
      const of = (type: string) =>
        items.find(({ resourceType, unit }) => resourceType === type && unit.endsWith('hour'));
      return [of('AWS::EC2::VPCEndpoint'), of(NOTEBOOK)].map((item) => Math.trunc(item?.monthlyUsd ?? 0));
    };
    const design = [7, 42];

    expect(whole(VIRGINIA)).toEqual([design[0], 36]);
    expect(whole(FRANKFURT)).toEqual([8, design[1]]);
  });
});

describe('MlCostEstimate', () => {
  test('counts what others defined, and says what it cannot count', () => {
    const cost = MlCostEstimate.of(foreignStack());

    const types = new Set(cost.items.map(({ resourceType }) => resourceType));
    expect([...types].sort()).toEqual([
      'AWS::EC2::EIP',
      'AWS::EC2::Instance',
      'AWS::EC2::NatGateway',
      'AWS::SageMaker::Endpoint',
    ]);
    expect(cost.monthlyTotal).toBe(sum(cost.items));
    expect(cost.byUse.map(({ measure }) => measure)).toEqual(
      expect.arrayContaining(['natGatewayGb', 'lambdaRequests', 'lambdaGbSeconds']),
    );
    expect(cost.unpriced).toContainEqual({
      constructPath: 'Team/Thing',
      resourceType: 'AWS::Example::Thing',
      reason: expect.stringContaining('not known to this version'),
    });
  });

  test('counts what an included template holds', () => {
    const templateFile = join(mkdtempSync(join(tmpdir(), 'template-')), 'template.json');
    const Properties = { InstanceType: 'ml.t3.medium', RoleArn: ROLE };
    writeFileSync(templateFile, JSON.stringify({ Resources: { Old: { Type: NOTEBOOK, Properties } } }));
    const stack = stackIn(FRANKFURT);
    new CfnInclude(stack, 'Included', { templateFile });

    expect(hourly(stack)).toBe(42.34);
  });

  test('adds up by owner, environment, project and base, to the same sum', () => {
    const stack = stackIn(FRANKFURT);
    MlEnvironment.set(stack, MlEnvironment.STAGING);
    const shared = new MlSharedInfra(stack, 'Shared', { baseName: 'vision' });
    new MlNotebook(stack, 'alice', { shared, owner: 'alice', project: 'churn' });
    new MlNotebook(stack, 'bob', { shared, owner: 'bob' });
    new sagemaker.CfnNotebookInstance(stack, 'foreign', { instanceType: 'ml.t3.medium', roleArn: ROLE });

    const cost = MlCostEstimate.of(stack);

    expect(cost.byOwner).toMatchObject({ alice: 42.34, bob: 42.34 });
    expect(cost.byProject.churn).toBe(42.34);
    expect(cost.byBase.none).toBe(42.34);
    expect(Object.keys(cost.byBase).sort()).toEqual(['none', 'vision']);
    expect(Object.keys(cost.byEnvironment).sort()).toEqual(['none', 'staging']);
    for (const sums of [cost.byOwner, cost.byEnvironment, cost.byProject, cost.byBase]) {
      expect(Object.values(sums).reduce((total, each) => total + each, 0)).toBeCloseTo(cost.monthlyTotal, 6);
    }
  });

  test('compares nothing without a workload', () => {
    const stack = stackIn(FRANKFURT);
    new MlSharedInfra(stack, 'Shared');

    expect(MlCostEstimate.of(stack).sharing).toBeUndefined();
  });

  test.each<[string, MlCostEstimateOptions, number]>([
    ['us-east-1', {}, 36.5],
    ['eu-central-1', { region: 'eu-central-1' }, 42.34],
  ])('takes prices of %s where only the deployment knows the region', (region, options, monthlyUsd) => {
    const cost = MlCostEstimate.of(notebookIn(undefined), options);

    expect(cost.items.filter(({ unit }) => unit === 'hour').map((item) => [item.region, item.monthlyUsd])).toEqual([
      [region, monthlyUsd],
    ]);
    expect(cost.region).toBe(region);
    expect(cost.assumptions.join(' ')).toContain(`priced in ${region}`);
  });

  test('counts nothing in a region without prices, and says so', () => {
    const cost = MlCostEstimate.of(notebookIn({ account, region: 'mx-central-1' }));

    expect([cost.monthlyTotal, cost.items]).toEqual([0, []]);
    expect(cost.unpriced[0].reason).toContain('no prices of the region mx-central-1');
  });

  test('works on apps, stages and stacks, and adds up over them', () => {
    const app = new App();
    const stages = ['Dev', 'Prod'].map((name) => new Stage(app, name, { env: FRANKFURT }));
    for (const stage of stages) {
      notebookOn(new Stack(stage, 'Team'));
    }
    const [dev] = stages.map((stage) => MlCostEstimate.of(stage).monthlyTotal);

    expect(dev).toBeGreaterThan(42.34);
    expect(MlCostEstimate.of(app).monthlyTotal).toBeCloseTo(2 * dev, 6);
  });

  test.each([
    ['no feature flag', {}],
    ['all recommended feature flags', { ...recommended }],
  ])('is the same before and after synthesis, with %s', (_, context) => {
    const app = new App({ context });
    const stack = new Stack(app, 'Team', { env: FRANKFURT });
    notebookOn(stack);
    const before = MlCostEstimate.of(app);

    app.synth();

    expect(MlCostEstimate.of(app)).toEqual(before);
  });

  test.each([
    ['before', false],
    ['after', true],
  ])('prices an endpoint by the configuration of another stack that it names, %s synthesis', (_, synthesized) => {
    const app = new App();
    const [far, near] = ['A', 'B'].map((id) => new Stack(app, id, { env: VIRGINIA }));
    const config = (scope: Stack, instanceType: string) => {
      const variant = { variantName: 'a', modelName: 'm', initialVariantWeight: 1, initialInstanceCount: 1 };
      return new sagemaker.CfnEndpointConfig(scope, 'Config', { productionVariants: [{ ...variant, instanceType }] });
    };
    config(near, 'ml.t3.medium');
    const { attrEndpointConfigName } = config(far, 'ml.p4d.24xlarge');
    new sagemaker.CfnEndpoint(near, 'Endpoint', { endpointConfigName: attrEndpointConfigName });
    if (synthesized) {
      app.synth();
    }

    for (const scope of [app, near]) {
      const { items, unpriced } = MlCostEstimate.of(scope);
      expect(items.map(({ description }) => description)).toEqual([expect.stringContaining('ml.p4d.24xlarge')]);
      expect(unpriced.filter(({ machine }) => machine)).toEqual([]);
    }
    expect(MlCostEstimate.of(app).monthlyTotal).toBeGreaterThan(10_000);
  });

  describe.each(['Default', 'Resource'])('of a notebook called %s', (id) => {
    let stack: Stack;
    let notebook: MlNotebook;
    beforeEach(() => {
      stack = stackIn(FRANKFURT);
      const shared = new MlSharedInfra(stack, 'Shared');
      notebook = new MlNotebook(stack, id, {
        shared,
        owner: 'al',
        schedule: NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' }),
      });
      new MlNotebook(stack, 'bo', { shared, owner: 'bo' });
    });

    test('counts the hours of its schedule', () => {
      const hours = itemsOf(stack, NOTEBOOK).filter(({ unit }) => unit === 'hour');

      expect(hours.map(({ quantity }) => quantity)).toEqual([expect.closeTo(238.99, 1), 730]);
    });

    test('gives its owner the notebook, and nothing else of the stack', () => {
      const { items, byOwner } = MlCostEstimate.of(stack);
      const own = items.filter(({ owner }) => owner === 'al');

      expect(new Set(own.map(({ resourceType }) => resourceType))).toEqual(new Set([NOTEBOOK]));
      expect(byOwner.al).toBe(sum(own));
    });

    test.each<[string, () => IConstruct]>([
      ['it', () => notebook],
      ['its resource', () => notebook.node.defaultChild!],
    ])('counts the hours that are stated of %s for no other', (_, stated) => {
      MlUsage.set(stated(), { notebookHours: 10 });

      const hours = itemsOf(stack, NOTEBOOK).filter(({ unit }) => unit === 'hour');
      expect(hours.map(({ quantity }) => quantity)).toEqual([10, 730]);
    });
  });

  test('sees the tags that the app sets on constructs of others once it is synthesized', () => {
    const app = new App();
    const stack = new Stack(app, 'Team', { env: FRANKFURT });
    new sagemaker.CfnNotebookInstance(stack, 'foreign', { instanceType: 'ml.t3.medium', roleArn: ROLE });
    Tags.of(stack).add('ml-owner', 'carol');
    app.synth();

    expect(MlCostEstimate.of(app).byOwner).toEqual({ carol: 42.34 });
  });

  test('takes deploy-time values for what they are', () => {
    const stack = stackIn(FRANKFURT);
    new sagemaker.CfnNotebookInstance(stack, 'x', { instanceType: Token.asString({ Ref: 'Size' }), roleArn: ROLE });

    const { items, unpriced } = MlCostEstimate.of(stack);

    expect(items).toEqual([]);
    expect(unpriced.map(({ resourceType }) => resourceType)).toContain(NOTEBOOK);
  });

  test.each([
    ['2026-01-01', false],
    ['2040-01-01', true],
  ])('says on %s whether its prices are old: %p', (now, isOld) => {
    jest.useFakeTimers({ now: new Date(now) });
    const { assumptions, pricesOf } = MlCostEstimate.of(stackIn(FRANKFURT));
    jest.useRealTimers();

    expect(assumptions.some((each) => each.includes('older than 12 months'))).toBe(isOld);
    expect(pricesOf).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  test('can be printed', () => {
    const table = MlCostEstimate.of(notebookIn(FRANKFURT)).toTable();

    expect(table).toMatch(
      /^Team\/alice costs at least 42.34 USD a month\n {2}42.34 {2}Team\/alice {2}ml\.t3\.medium, 730 hours/,
    );
  });

  test('refuses what it cannot estimate', () => {
    expect(() => MlCostEstimate.of('Team' as unknown as IConstruct)).toThrow(
      "MlCostEstimate: 'scope' must be a construct",
    );
    expect(() => MlCostEstimate.of(new App(), { region: 'Frankfurt' })).toThrow("'region' must be a region such as");
    expect(() => MlCostEstimate.of(new App(), { region: 5 } as unknown as MlCostEstimateOptions)).toThrow(
      "'options.region' must be a text, got: 5",
    );
  });
});

function stackIn(env: Environment | undefined) {
  return new Stack(new App(), 'Team', { env });
}

function notebookIn(env: Environment | undefined) {
  return notebookOn(stackIn(env));
}

function notebookOn(stack: Stack) {
  return new MlNotebook(stack, 'alice', { shared: new MlSharedInfra(stack, 'Shared'), owner: 'alice' });
}

/** As in the design: endpoints that cost the same, a bucket, and notebooks. */
function threeNotebooks(env: Environment): Stack {
  const stack = stackIn(env);
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    availabilityZones: [`${env.region}a`],
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const { SAGEMAKER_API, SAGEMAKER_RUNTIME, STS } = ec2.InterfaceVpcEndpointAwsService;
  for (const [id, service] of Object.entries({ SAGEMAKER_API, SAGEMAKER_RUNTIME, STS })) {
    vpc.addInterfaceEndpoint(id, { service });
  }
  new s3.Bucket(stack, 'Bucket');
  for (const id of ['alice', 'bob', 'carol']) {
    new sagemaker.CfnNotebookInstance(stack, id, { instanceType: 'ml.t3.medium', roleArn: ROLE });
  }
  return stack;
}

/** What a team has that never heard of this library. */
function foreignStack(): Stack {
  const stack = stackIn(VIRGINIA);
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a'], natGateways: 1 });
  new ec2.Instance(stack, 'Machine', {
    vpc,
    instanceType: new ec2.InstanceType('t3.medium'),
    machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  });
  const code = lambda.Code.fromInline('exports.handler = async () => {};');
  new lambda.Function(stack, 'Function', { code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X });
  const config = new sagemaker.CfnEndpointConfig(stack, 'Config', {
    productionVariants: [
      {
        variantName: 'a',
        modelName: 'm',
        initialVariantWeight: 1,
        instanceType: 'ml.m5.large',
        initialInstanceCount: 2,
      },
    ],
  });
  new sagemaker.CfnEndpoint(stack, 'Endpoint', { endpointConfigName: config.attrEndpointConfigName });
  new CfnResource(stack, 'Thing', { type: 'AWS::Example::Thing' });
  return stack;
}

function itemsOf(scope: IConstruct, type: string) {
  return MlCostEstimate.of(scope).items.filter(({ resourceType }) => resourceType === type);
}

function hourly(scope: IConstruct) {
  return sum(itemsOf(scope, NOTEBOOK).filter(({ unit }) => unit === 'hour'));
}

/** To the cent. */
function sum(items: readonly { readonly monthlyUsd: number }[]) {
  return Math.round(items.reduce((total, { monthlyUsd }) => total + monthlyUsd, 0) * 100) / 100;
}
