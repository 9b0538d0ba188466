import { App, type Stack as CoreStack, Duration, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  ExecutionRoleUse,
  MlEnvironment,
  MlExecutionRole,
  MlNetwork,
  MlNotebook,
  MlNotebookFleet,
  MlPermissionsBoundary,
  MlSharedInfra,
  NotebookAlarms,
  type NotebookLifecycle,
  NotebookSchedule,
  SageMakerLogRetention,
} from '../src';
import { DeployedTemplates, type PlacedResource, type StackTemplate } from './decisions/templates';
import { allowedRequests, BASE_NAME, isWithin } from './decisions/within-boundary';
import { textsOf } from './shared/templates';

// The app is JavaScript because the tests of the scripts synthesize it, too.
const { everything } = require('./assets/notebook/lifecycle/everything/app.cjs') as {
  everything(stack: CoreStack, shared: MlSharedInfra): NotebookLifecycle;
};

/** Roles that the app itself brings along: for Glue and for Systems Manager. */
const OF_THE_APP = /^(Glue|Node)[0-9A-F]{8}$/;

/** A secret of the fixture. */
const OF_ANOTHER_ACCOUNT = /:111111111111:secret:/;

/** Services that say no account when they take a role. None of the library's is among them. */
const WITHOUT_ACCOUNT: string[] = [];

const ENV = { account: '111122223333', region: 'eu-central-1' };

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

/** All that defines roles, on a base with a network of its own, in nested stacks, and on a published base. */
function define(): App {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Everything', { env: ENV });
  const appRole = (id: string) =>
    iam.Role.fromRoleArn(
      stack,
      `${id}Reference`,
      Lazy.string({ produce: () => (stack.node.tryFindChild(id) as iam.Role | undefined)?.roleArn ?? 'not yet' }),
    );
  const permissionsBoundary = new MlPermissionsBoundary(stack, 'Boundary', {
    serviceRoles: [appRole('Glue'), appRole('Node')],
  }).policy;
  const network = new MlNetwork(stack, 'Network');
  const shared = new MlSharedInfra(stack, 'Shared', { baseName: BASE_NAME, network, permissionsBoundary });
  shared.publish('everything');
  const lifecycle = everything(stack, shared);
  const schedule = NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });
  const hours = { schedule, maxUptime: Duration.hours(14) };
  new MlNotebook(stack, 'alice', { shared, owner: 'alice', lifecycle, ...hours });
  new MlNotebook(stack, 'team', { shared, lifecycle });
  new MlNotebookFleet(stack, 'Fleet', { shared, owners: ['bob'], notebooks: { gpu: {} }, stacks: 2, defaults: hours });
  new NotebookAlarms(stack, 'Alarms', { shared });
  new SageMakerLogRetention(stack, 'Logs', { permissionsBoundary });
  const reader = new Stack(app, 'Reader', { env: ENV });
  const nested = new NestedStack(reader, 'Nested');
  const published = MlSharedInfra.fromPublished(reader, 'Shared', 'everything', { environment: MlEnvironment.DEV });
  new MlNotebook(reader, 'carol', { shared: published, owner: 'carol', ...hours });
  for (const use of Object.values(ExecutionRoleUse)) {
    new MlExecutionRole(stack, `alice-${use}`, { shared, use, owner: 'alice' });
    new MlExecutionRole(reader, `carol-${use}`, { shared: published, use, owner: 'carol' });
    new MlExecutionRole(nested, `dave-${use}`, { shared: published, use, owner: 'dave' });
  }
  return app;
}

const texts = textsOf(define().synth());
const stacks = [...texts].map(
  ([file, text]): StackTemplate => ({
    stackName: file.replace(/\..*/, ''),
    region: ENV.region,
    template: JSON.parse(text),
  }),
);
const deployed = new DeployedTemplates(stacks);
const roles = deployed.ofType('AWS::IAM::Role').filter(({ logicalId }) => !OF_THE_APP.test(logicalId));
const named = roles.map((role): [string, PlacedResource] => [`${role.stack.stackName} ${role.logicalId}`, role]);

test('roles are there: of owners, of the team, of hours, of logs, of the network, and by use', () => {
  const ids = named.map(([name]) => name).join('\n');
  for (const part of [
    'alice',
    'bob',
    'carol',
    'dave',
    'NotebookRole',
    'FlowLogs',
    'Schedule',
    'Uptime',
    'Logs',
    'pipeline',
  ]) {
    expect(ids).toContain(part);
  }
  expect(named.length).toBeGreaterThanOrEqual(25);
});

describe.each(named)('%s', (_name, { resource: { Properties: properties } }) => {
  test('has the boundary of its base', () => {
    const boundary = JSON.stringify(properties.PermissionsBoundary);
    const isPublished = boundary?.startsWith('{"Fn::If":["SharedHasBoundary') || /Fn::If.*HasBoundary/.test(boundary);
    expect([isPublished || /BoundaryPolicy|referenceto/.test(boundary), boundary]).toEqual([true, boundary]);
  });

  test('is taken by services that speak for this account alone', () => {
    for (const statement of properties.AssumeRolePolicyDocument.Statement) {
      const services = [statement.Principal.Service].flat().filter((service) => !WITHOUT_ACCOUNT.includes(service));
      expect(Object.keys(statement.Principal)).toEqual(['Service']);
      expect(statement.Effect).toBe('Allow');
      expect(services.length > 0 ? statement.Condition.StringEquals : undefined).toEqual({
        'aws:SourceAccount': { Ref: 'AWS::AccountId' },
      });
    }
  });

  test('has no policy written into it, and none of AWS', () => {
    expect(properties.Policies).toBeUndefined();
    expect(JSON.stringify(properties.ManagedPolicyArns ?? [])).not.toContain(':aws:policy');
  });
});

test('nothing that a role of the library may do is lost under its boundary', async () => {
  const boundary = deployed.ofType('AWS::IAM::ManagedPolicy').find(({ logicalId }) => /^Boundary/.test(logicalId));
  const document = (found: PlacedResource) => deployed.resolve(found.stack, found.resource.Properties.PolicyDocument);
  // A nested stack gets references as parameters, whose values its parent knows; the others have the same policies.
  const policies = deployed
    .ofType('AWS::IAM::ManagedPolicy')
    .filter(
      ({ stack, logicalId }) => !/Nested|Fleet/.test(stack.stackName) && !/^(Boundary|SelfService)/.test(logicalId),
    );
  const requests = allowedRequests(policies.map(document)).filter(({ resource }) => !OF_ANOTHER_ACCOUNT.test(resource));
  const lost: string[] = [];
  for (const request of requests) {
    const verdict = await isWithin(boundary && document(boundary), request);
    if (verdict !== 'within') {
      lost.push(`${verdict}: ${request.action} on ${request.resource}`);
    }
  }

  expect(new Set(requests.map(({ action }) => action)).size).toBeGreaterThan(70);
  expect(lost).toEqual([]);
});
