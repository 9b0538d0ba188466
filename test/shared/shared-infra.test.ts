import { App, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { CodeSource, MlNetwork, MlNotebook, MlService, MlSharedInfra, NotebookLifecycle } from '../../src';
import { resourcesIn, templateOf, textsOf } from './templates';

const IDLE = { idleStop: Duration.hours(1) };
const PORT = ec2.Port.tcp(8080);

const FLAGS: [string, object][] = [
  ['no feature flags', {}],
  ['all recommended feature flags', recommended],
];

describe.each(FLAGS)('a base in another stack, with %s,', (_, context) => {
  let app: App;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App({ context: { ...context } });
    shared = new MlSharedInfra(new Stack(app, 'Base'), 'Shared');
  });

  test.each<[string, (app: App) => Stack]>([
    ['a stack', (of) => new Stack(of, 'Team')],
    ['a nested stack', (of) => new NestedStack(new Stack(of, 'Team'), 'Nested')],
  ])('is not locked by notebooks of %s', (_name, place) => {
    const stack = place(app);

    new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
    new MlNotebook(stack, 'nobody', { shared });

    expect(locksIn(app)).toEqual([]);
  });

  test('is not locked by a lifecycle of its own stack that notebooks elsewhere use', () => {
    const lifecycle = new NotebookLifecycle(shared.node.scope as Stack, 'Lifecycle', { shared, ...IDLE });
    const nested = new NestedStack(new Stack(app, 'Team'), 'Nested');

    new MlNotebook(nested, 'alice', { shared, lifecycle, owner: 'alice' });
    new MlNotebook(nested, 'nobody', { shared, lifecycle });

    expect(locksIn(app)).toEqual([]);
  });

  test('is not locked, nor is a third stack, by a lifecycle that stands there', () => {
    const lifecycle = new NotebookLifecycle(new Stack(app, 'Lifecycles'), 'Lifecycle', { shared, ...IDLE });

    new MlNotebook(new Stack(app, 'Team'), 'alice', { shared, lifecycle, owner: 'alice' });

    expect(locksIn(app)).toEqual([]);
  });

  test('is not locked when it stands in a nested stack itself', () => {
    const nested = new NestedStack(new Stack(app, 'Platform'), 'Nested');
    const nestedBase = new MlSharedInfra(nested, 'Shared');

    new MlNotebook(new Stack(app, 'Team'), 'alice', { shared: nestedBase, owner: 'alice' });

    expect(locksIn(app)).toEqual([]);
  });

  test('is not locked by what was handed to it in its own stack, nor by rights of a role whose stack uses it', () => {
    const base = new Stack(app, 'Own');
    const own = new MlSharedInfra(base, 'Shared', {
      encryptionKey: new kms.Key(base, 'Key'),
      network: MlNetwork.fromVpc(base, 'Network', { vpc: new ec2.Vpc(base, 'Vpc', { natGateways: 0 }) }),
    });
    const stack = new Stack(app, 'Team');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('glue.amazonaws.com') });

    new MlNotebook(stack, 'alice', { shared: own, owner: 'alice' });
    own.storage.grantReadShared(role);
    own.grantReadJobLogs(role);

    expect(locksIn(app)).toEqual([]);
  });

  test('is not locked by grants, traffic rules or outputs of notebooks', () => {
    const stack = new Stack(app, 'Team');
    const notebook = new MlNotebook(stack, 'alice', { shared, owner: 'alice' });

    shared.storage.grantWriteShared(notebook);
    notebook.connections.allowFrom(notebook, PORT);
    notebook.addOutputs();

    expect(locksIn(app)).toEqual([]);
  });

  test('grows the endpoints that notebooks elsewhere need, in its own stack, once and without a cycle', () => {
    for (const id of ['One', 'Two']) {
      const stack = new Stack(app, id);
      const secret = new secretsmanager.Secret(stack, 'Token');
      const codeRepositories = [CodeSource.git('https://git.example.com/team/code.git', { secret })];
      new MlNotebook(stack, 'alice', { shared, codeRepositories });
      shared.network.requireService(MlService.SECRETS_MANAGER);
    }

    const assembly = app.synth();
    const endpointsOf = (name: string) => resourcesIn(templateOf(assembly, name), 'AWS::EC2::VPCEndpoint');
    expect(endpointsOf('Base').filter(([id]) => id.includes('secretsmanager'))).toHaveLength(1);
    expect([...endpointsOf('One'), ...endpointsOf('Two')]).toEqual([]);
  });

  test('published under a name is not locked by readers in the same app', () => {
    shared.publish('vision');
    const stack = new Stack(app, 'Team');

    const read = MlSharedInfra.fromPublished(stack, 'Shared', 'vision');
    new MlNotebook(stack, 'alice', { shared: read, owner: 'alice' });

    expect(locksIn(app)).toEqual([]);
  });
});

/** The templates of an app in which CloudFormation would hold a value for another stack. */
function locksIn(app: App): string[] {
  const texts = textsOf(app.synth());
  expect(texts.size).toBeGreaterThan(1);
  return [...texts].filter(([, text]) => /Fn::ImportValue|"Export"/.test(text)).map(([file]) => file);
}
