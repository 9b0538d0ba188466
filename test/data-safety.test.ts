import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { App, type Stack as CoreStack, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import * as library from '../src';
import { LAYOUTS } from './examples/layouts';
import { textsOf, type WrittenResource, type WrittenTemplate } from './shared/templates';

// The app is JavaScript because the tests of the scripts synthesize it, too.
const { everything } = require('./assets/notebook/lifecycle/everything/app.cjs') as {
  everything(stack: CoreStack, shared: library.MlSharedInfra): library.NotebookLifecycle;
};

jest.setTimeout(120_000);

const ENV = { account: '111111111111', region: 'eu-central-1' };
const REMOVE = { 'cdk-ml-infra:removeData': true };
const { DEV, PROD, STAGING } = library.MlEnvironment;

/** Types of what holds data, or without which data cannot be read or is open; also of those that nothing defines yet. */
const DATA = [
  'AWS::CloudTrail::EventDataStore',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::EC2::Volume',
  'AWS::ECR::Repository',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SageMaker::Domain',
  'AWS::SageMaker::FeatureGroup',
  'AWS::SageMaker::MlflowTrackingServer',
  'AWS::SageMaker::ModelPackageGroup',
  'AWS::SageMaker::Space',
  'AWS::SageMaker::UserProfile',
  'AWS::SecretsManager::Secret',
];

/** Its volume dies with it, and it costs while it runs: the environment decides about its removal. */
const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

/** Types of what can be made again from the template, with nothing lost. */
const MADE_AGAIN = [
  'AWS::Budgets::Budget',
  'AWS::CloudTrail::Trail',
  'AWS::CloudWatch::Alarm',
  'AWS::EC2::EIP',
  'AWS::EC2::FlowLog',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::NatGateway',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::Subnet',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPC',
  'AWS::EC2::VPCEndpoint',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::Events::Rule',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Role',
  'AWS::Lambda::Function',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SSM::Parameter',
  'AWS::SageMaker::NotebookInstanceLifecycleConfig',
  'AWS::Scheduler::Schedule',
  'AWS::StepFunctions::StateMachine',
  'Custom::VpcRestrictDefaultSG',
];

/** Empties buckets before they are deleted: may only be there where they are. */
const EMPTIES = 'Custom::S3AutoDeleteObjects';

/** Encrypts messages on their way to people. They are delivered and gone. */
const KEY_OF_MESSAGES = /^AlarmsTopicKey/;

interface Case {
  readonly environment: library.MlEnvironment;
  readonly context?: object;
  readonly lock?: library.ObjectLockOptions;

  /** What happens to data when it is removed from the app, and when it is replaced. */
  readonly data: 'Retain' | 'Delete';

  /** What happens to a notebook when it is removed. When it is replaced, the old one always stays. */
  readonly notebook: 'Retain' | 'Delete';
}

const objectLockRetention = Duration.days(7);

const CASES: Record<string, Case> = {
  'production, with locks': { environment: PROD, lock: { objectLockRetention }, data: 'Retain', notebook: 'Retain' },
  'an environment that keeps data, and the context': {
    environment: STAGING,
    context: REMOVE,
    lock: { objectLockRetention, objectLockNewBuckets: true },
    data: 'Retain',
    notebook: 'Delete',
  },
  'an environment that allows removal, without the context': { environment: DEV, data: 'Retain', notebook: 'Delete' },
  'both keys': { environment: DEV, context: REMOVE, data: 'Delete', notebook: 'Delete' },
};

const APPS = Object.fromEntries(Object.entries(CASES).map(([name, wanted]) => [name, define(wanted)]));
const [PRODUCTION] = Object.values(APPS);

describe.each(Object.entries(CASES))('with %s', (name, wanted) => {
  const resources = resourcesOf(APPS[name]);

  test('data has the one fate that was asked for, on removal and on replacement', () => {
    const held = resources.filter(([, { Type }]) => DATA.includes(Type));
    const kept = held.filter(([id]) => !KEY_OF_MESSAGES.test(id));

    expect(kept.map(([id, resource]) => [id, ...fateOf(resource)])).toEqual(
      kept.map(([id]) => [id, wanted.data, wanted.data]),
    );
    expect(held.length - kept.length).toBe(1);
    for (const type of ['AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      expect(kept.filter(([, { Type }]) => Type === type).length).toBeGreaterThan(1);
    }
  });

  test('a notebook that is replaced stays, and one that is removed goes as the environment says', () => {
    const notebooks = resources.filter(([, { Type }]) => Type === NOTEBOOK);

    expect(notebooks.length).toBeGreaterThan(3);
    for (const [id, notebook] of notebooks) {
      expect([id, ...fateOf(notebook)]).toEqual([id, wanted.notebook, 'Retain']);
    }
  });

  test('nothing empties a bucket that is to stay', () => {
    const buckets = resources.filter(([, { Type }]) => Type === 'AWS::S3::Bucket');
    const empties = resources.filter(([, { Type }]) => Type === EMPTIES);

    expect(empties).toHaveLength(wanted.data === 'Delete' ? buckets.length : 0);
  });

  test('every type of resource is known to hold data or not', () => {
    const known = [...DATA, ...MADE_AGAIN, NOTEBOOK, EMPTIES];

    expect([...new Set(resources.map(([, { Type }]) => Type))].filter((type) => !known.includes(type))).toEqual([]);
  });
});

test('what holds no data is not kept by mistake, to be paid for', () => {
  const kept = resourcesOf(PRODUCTION)
    .filter(([, { Type }]) => MADE_AGAIN.includes(Type))
    .filter(([, resource]) => fateOf(resource).includes('Retain'));

  expect(kept).toEqual([]);
});

test('options for data are updates in place, for a base that has data already', () => {
  const [before, after] = [false, true].map((isOn) => {
    const app = new App();
    const there = new Stack(app, 'There', { env: { ...ENV, region: 'eu-west-1' } });
    const stack = new Stack(app, 'Team', { env: ENV });
    const copy = new library.MlStorage(there, 'Storage', isOn ? { objectLockRetention } : {});
    const options = {
      storageOptions: { objectLockRetention, replicateTo: copy },
      dataPerimeter: { breakGlass: [new iam.ArnPrincipal('arn:aws:iam::111111111111:role/Ops')] },
    };
    new library.MlSharedInfra(stack, 'Shared', isOn ? options : {});
    return app.synth().stacks;
  });

  const impacts = after.flatMap(({ stackName, template }) => {
    const found: [string, ResourceImpact][] = [];
    const old = before.find((other) => other.stackName === stackName)?.template;
    fullDiff(old, template).resources.forEachDifference((id, { changeImpact }) => {
      found.push([`${stackName}/${id}`, changeImpact]);
    });
    return found;
  });

  const isHarmless = (impact: ResourceImpact) =>
    impact === ResourceImpact.WILL_UPDATE || impact === ResourceImpact.WILL_CREATE;
  expect(impacts.length).toBeGreaterThan(8);
  expect(impacts.filter(([, impact]) => !isHarmless(impact))).toEqual([]);
});

test('every construct of the library stands in the app that is looked at', () => {
  const nodes = PRODUCTION.node.findAll();
  const constructs = Object.entries(library).filter(
    ([, exported]) => typeof exported === 'function' && exported.prototype instanceof Construct,
  );

  expect(constructs.length).toBeGreaterThan(8);
  const missing = constructs.filter(([, Exported]) => !nodes.some((node) => node instanceof (Exported as never)));
  expect(missing.map(([name]) => name)).toEqual([]);
});

test.each(Object.entries(LAYOUTS))('the layout "%s" keeps all data', (_, layout) => {
  const app = new App();
  layout(app);

  const resources = resourcesOf(app);

  // Development and staging give notebooks up with the line that defines them.
  const kept = layout === LAYOUTS.environment ? DATA : [...DATA, NOTEBOOK];
  const data = resources.filter(([id, { Type }]) => kept.includes(Type) && !KEY_OF_MESSAGES.test(id));
  expect(resources.length).toBeGreaterThan(0);
  for (const [id, resource] of data) {
    expect([id, ...fateOf(resource)]).toEqual([id, 'Retain', 'Retain']);
  }
});

/** An app with all that there is, and a replica in another region. */
function define({ environment, context, lock }: Case): App {
  const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0, ...context } });
  library.MlEnvironment.set(app, environment);
  const there = new Stack(app, 'There', { env: { ...ENV, region: 'eu-west-1' } });
  const stack = new Stack(app, 'Team', { env: ENV });
  const replicateTo = new library.MlStorage(there, 'Storage', lock);
  const storage = new library.MlStorage(stack, 'Storage', { ...lock, replicateTo });
  const network = new library.MlNetwork(stack, 'Network', {
    internetAccess: library.InternetAccess.NAT_GATEWAY,
    restrictDefaultSecurityGroup: true,
  });
  const { policy: permissionsBoundary } = new library.MlPermissionsBoundary(stack, 'Boundary');
  const shared = new library.MlSharedInfra(stack, 'Shared', { storage, network, permissionsBoundary });
  shared.publish('team');
  new library.MlSharedInfra(stack, 'Second');
  shared.storage._keepInside(shared, { breakGlass: [new iam.ArnPrincipal('arn:aws:iam::111111111111:role/Ops')] }, [
    'vpce-0123456789abcdef0',
  ]);
  const lifecycle = everything(stack, shared);
  const schedule = library.NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });
  const defaults = { lifecycle, schedule, maxUptime: Duration.hours(14) };
  new library.MlNotebookFleet(stack, 'Fleet', { shared, owners: ['bob', 'eve'], notebooks: { gpu: {} }, defaults });
  new library.MlNotebook(stack, 'alice', { shared, owner: 'alice', ...defaults });
  new library.MlExecutionRole(stack, 'Jobs', { shared, owner: 'alice', use: library.ExecutionRoleUse.JOB });
  new library.NotebookBoundary(stack, 'SelfService', { shared, lifecycles: [lifecycle] });
  const { topic } = new library.NotebookAlarms(stack, 'Alarms', { shared });
  new library.MlBudget(stack, 'Budget', { topic });
  new library.MlCostLimit(stack, 'Limit', { monthlyUsd: 1_000_000 });
  new library.SageMakerLogRetention(stack, 'Logs');
  new library.DataAccessTrail(stack, 'Trail', { bases: [shared], ...lock });
  return app;
}

function resourcesOf(app: App): [string, WrittenResource][] {
  return [...textsOf(app.synth()).values()].flatMap((text) =>
    Object.entries((JSON.parse(text) as WrittenTemplate).Resources ?? {}),
  );
}

function fateOf({ DeletionPolicy, UpdateReplacePolicy }: WrittenResource): [string, string] {
  return [DeletionPolicy ?? 'Delete', UpdateReplacePolicy ?? 'Delete'];
}
