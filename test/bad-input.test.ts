import { App, Duration, Size, Stack, Stage, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import {
  CodeSource,
  GrantOpenOptions,
  InternetAccess,
  LifecyclePhase,
  LifecycleStep,
  LifecycleStepOptions,
  MlEnvironment,
  MlEnvironmentProps,
  MlInstanceType,
  MlNetwork,
  MlNetworkProps,
  MlNotebook,
  MlNotebookProps,
  MlService,
  MlSharedInfra,
  MlSharedInfraProps,
  MlStorage,
  NotebookLifecycle,
  NotebookLifecycleProps,
  StepFailure,
  StorageEncryption,
} from '../src';

/** Where a value is refused, for which prop, how the value is shown, and what is defined. */
type Refusal = [path: string, prop: string, got: string, define: (stack: Stack) => unknown];

const missing = undefined as unknown as string;
const s64 = 'a'.repeat(64);
const s51 = Array.from({ length: 51 }, (_, index) => `step-${index}`);
const deployTime = Duration.minutes(Token.asNumber({ Ref: 'Minutes' }));

describe('an input that cannot work is refused with path, prop, rule and value:', () => {
  const refusals: Refusal[] = [
    // How careful an environment is
    ...['', 'Prod', '1st', 'a_b', s64].map((name) => inEnvironment('environment.name', shown(name), { name })),
    ...[1, 4, 2.5, Number.NaN].map((zones) => inEnvironment('environment.zones', `${zones}`, { zones })),
    inEnvironment('environment.endpointZones', '0', { endpointZones: 0 }),
    inEnvironment('environment.endpointZones', '3', { zones: 2, endpointZones: 3 }),
    inEnvironment('environment.versionRetention', '0 days', { versionRetention: Duration.days(0) }),
    inEnvironment('environment.versionRetention', '12 hours', { versionRetention: Duration.hours(12) }),
    inEnvironment('environment.tags', 'aws:team', { tags: { 'aws:team': 'x' } }),
    inEnvironment('environment.tags', 'ml-owner', { tags: { 'ml-owner': 'x' } }),
    inEnvironment('environment.tags', "''", { tags: { '': 'x' } }),
    inEnvironment('environment.tags.cost', 'a<b', { tags: { cost: 'a<b' } }),
    ['Team', 'environment', 'dev', (stack) => setLate(stack)],

    // The base
    ...['', 'a b', 'a_b', '-a', 'a/b', s64].map((baseName) => inBase('baseName', shown(baseName), { baseName })),
    ['Team/Shared', 'name', "''", (stack) => base(stack).publish('')],
    ['Team/Shared', 'name', 'a/b', (stack) => base(stack).publish('a/b')],
    ['Team/Shared', 'name', s64, (stack) => base(stack).publish(s64)],
    ['Team/Shared', 'name', 'undefined', (stack) => base(stack).publish(missing)],
    ['Team/Read', 'name', "''", (stack) => MlSharedInfra.fromPublished(stack, 'Read', '')],
    ['Team/Read', 'name', '../vision', (stack) => MlSharedInfra.fromPublished(stack, 'Read', '../vision')],
    ['Team/Read/Network', 'services', '[]', (stack) => published(stack).network.requireService(MlService.KMS)],

    // The network
    ...[0, 1, 4, 2.5].map((maxAzs) => inNetwork('maxAzs', `${maxAzs}`, { maxAzs })),
    ...['10.0.0.0/28', '10.0.0.0/25'].map((cidr) =>
      inNetwork('ipAddresses', cidr, { ipAddresses: ec2.IpAddresses.cidr(cidr) }),
    ),
    inNetwork('publicSubnets', 'false', { internetAccess: InternetAccess.NAT_GATEWAY, publicSubnets: false }),
    inNetwork('services', 'kms', { services: [MlService.KMS, MlService.KMS] }),
    inNetwork('services', "''", { services: [MlService.of('', ec2.InterfaceVpcEndpointAwsService.KMS)] }),
    inNetwork('services', 'My Service', {
      services: [MlService.of('My Service', ec2.InterfaceVpcEndpointAwsService.KMS)],
    }),
    ['Team/Net', 'subnets', '[]', (stack) => MlNetwork.fromVpc(stack, 'Net', { vpc: new ec2.Vpc(stack, 'Vpc') })],

    // The buckets
    ['Team/Storage', 'encryptionKey', 'Team/Key', (stack) => keyWithoutKms(stack)],
    ...['', '..', 'a/b', '*', s64].map(
      (name): Refusal => [
        'Team/Storage',
        'owner',
        shown(name),
        (stack) => new MlStorage(stack, 'Storage').grantOwner(new iam.AccountRootPrincipal(), name),
      ],
    ),

    // Notebooks
    ...['', ' ', '..', 'a..b', '/etc', '*', 'a?', '$x', '-a', 'ä', s64, 'team', 'TEAM'].map((name) =>
      inNotebook('owner', shown(name), { owner: name }),
    ),
    ['Team/two', 'owner', 'ALICE', (stack) => ownersUnlikeInCase(stack)],
    ...['', 't3.medium', 'ml.t3', 'ml.T3.medium', 'ml.t3.medium ', 'ml.p2.xlarge', 'ml.inf1.xlarge'].map((type) =>
      inNotebook('instanceType', shown(type), { instanceType: MlInstanceType.of(type) }),
    ),
    inNotebook('instanceType', 'undefined', { instanceType: MlInstanceType.of(missing) }),
    inNotebook('volumeSize', '4 GiB', { volumeSize: Size.gibibytes(4) }),
    inNotebook('volumeSize', '16385 GiB', { volumeSize: Size.gibibytes(16_385) }),
    inNotebook('volumeSize', '5.5 GiB', { volumeSize: Size.gibibytes(5.5) }),
    ...['', '-a', 'a-', 'a_b', 'a.b', s64].map((notebookName) =>
      inNotebook('notebookName', shown(notebookName), { notebookName }),
    ),
    inNotebook('availabilityZone', 'eu-central-1z', { availabilityZone: 'eu-central-1z' }),
    inNotebook('availabilityZone', "''", { availabilityZone: '' }),
    ...['', 'git@git.example.com:a.git', 'https://me:secret@git.example.com/a', 'https://', 'https://a/b c'].map(
      (url) =>
        inNotebook('codeRepositories[0]', shown(url.replace('me:secret', '***')), {
          codeRepositories: [CodeSource.git(url)],
        }),
    ),
    ['Prod/Team/alice', 'shared', 'Team/Shared', (stack) => notebookInAnotherStage(stack)],
    ...['', '203.0.113.7', '300.0.0.0/8', '10.0.0.0/33', '::/129', '0.0.0.0/0', '10.1.2.3/0', '::/0'].map((address) =>
      inOpen('fromIpAddresses', shown(address), { fromIpAddresses: [address] }),
    ),
    inOpen('fromIpAddresses', '[]', { fromIpAddresses: [] }),
    inOpen('fromVpcEndpoints', '[]', { fromVpcEndpoints: [] }),

    // Lifecycles and their steps
    ...[Duration.minutes(4), Duration.minutes(10_081), Duration.minutes(7.5), Duration.seconds(301)].map((idleStop) =>
      inLifecycle('idleStop', idleStop.toHumanString(), { idleStop }),
    ),
    ...[Number.NaN, Number.POSITIVE_INFINITY, 100 / 3].map((minutes) =>
      inLifecycle('idleStop', `Duration.minutes(${minutes})`, { idleStop: Duration.minutes(minutes) }),
    ),
    inLifecycle('idleStop', 'a deploy-time value', { idleStop: deployTime }),
    inLifecycle('idle.maxErrors', 'a deploy-time value', {
      idle: { ...hour(), maxErrors: Token.asNumber({ Ref: 'Errors' }) },
    }),
    inStep('timeout', 'a deploy-time value', 'a', 'true', { timeout: deployTime }),
    inStep('text', 'a deploy-time value', 'a', Token.asString({ Ref: 'Text' })),
    inNotebook('owner', 'a deploy-time value', { owner: Token.asString({ Ref: 'Owner' }) }),
    inLifecycle('idle.after', '1 second', { idle: { after: Duration.seconds(1) } }),
    inLifecycle('idle.checkEvery', '1 hour 1 minute', { idle: { ...hour(), checkEvery: Duration.minutes(61) } }),
    inLifecycle('idle.startupGrace', '2 days', { idle: { ...hour(), startupGrace: Duration.days(2) } }),
    ...[0, 1001, 1.5, Number.NaN].map((maxErrors) =>
      inLifecycle('idle.maxErrors', `${maxErrors}`, { idle: { ...hour(), maxErrors } }),
    ),
    inLifecycle('idleStop', '1 hour', { idleStop: Duration.hours(1), idle: hour() }),
    ...['', ' ', 'a b', '../a', '-a', s64].map((name) => inStep('name', shown(name), name, 'true')),
    inStep('name', 'undefined', missing, 'true'),
    ...['', ' \n', 'a\0b'].map((text) => inStep('text', shown(text), 'a', text)),
    inStep('text', 'undefined', 'a', missing),
    inStep('timeout', '0 seconds', 'a', 'true', { timeout: Duration.seconds(0) }),
    inStep('timeout', '2 days', 'a', 'true', { timeout: Duration.days(2) }),
    inStep('timeout', '5 minutes', 'a', 'true', { timeout: Duration.minutes(5), phase: LifecyclePhase.BLOCKING }),
    inStep('onFailure', 'STOP', 'a', 'true', { onFailure: StepFailure.STOP }),
    ...['', '/no/such/file.sh', '/', 'a\0b', missing].map((path) =>
      inLifecycle('path', path === missing ? 'undefined' : shown(path), { onStart: [LifecycleStep.file('a', path)] }),
    ),
    inLifecycle('onStart', 'a', { onStart: [step('a'), step('b'), step('a')] }),
    inLifecycle('onCreate', 'a', { onCreate: [step('a'), step('a')] }),
    inLifecycle('onStart', JSON.stringify(s51), { onStart: s51.map(step) }),
  ];

  test('there are at least 100 of them', () => {
    expect(refusals.length).toBeGreaterThanOrEqual(100);
  });

  test.each(refusals)("%s: '%s' must not be %s", (path, prop, got, define) => {
    const stack = teamStack();

    const error = thrownBy(() => define(stack));

    expect(error.constructor).toBe(Error);
    expect(error.message).toMatch(
      new RegExp(`^${escaped(path)}: '${escaped(prop)}' must be .+, got: ${escaped(got)}$`, 's'),
    );
  });
});

function inEnvironment(prop: string, got: string, props: Partial<MlEnvironmentProps>): Refusal {
  const environment = MlEnvironment.custom({ name: 'lab', ...props });
  return ['Team/Shared', prop, got, (stack) => base(stack, { environment })];
}

function inBase(prop: string, got: string, props: MlSharedInfraProps): Refusal {
  return ['Team/Shared', prop, got, (stack) => base(stack, props)];
}

function inNetwork(prop: string, got: string, props: MlNetworkProps): Refusal {
  return ['Team/Net', prop, got, (stack) => new MlNetwork(stack, 'Net', props)];
}

function inNotebook(prop: string, got: string, props: Partial<MlNotebookProps>): Refusal {
  return ['Team/alice', prop, got, (stack) => new MlNotebook(stack, 'alice', { shared: base(stack), ...props })];
}

function inOpen(prop: string, got: string, options: GrantOpenOptions): Refusal {
  const open = (notebook: MlNotebook) => notebook.grantOpen(new iam.AccountRootPrincipal(), options);
  return ['Team/alice', prop, got, (stack) => open(new MlNotebook(stack, 'alice', { shared: base(stack) }))];
}

function inLifecycle(prop: string, got: string, props: Partial<NotebookLifecycleProps>): Refusal {
  return ['Team/Life', prop, got, (stack) => new NotebookLifecycle(stack, 'Life', { shared: base(stack), ...props })];
}

function inStep(prop: string, got: string, name: string, text: string, options?: LifecycleStepOptions): Refusal {
  return inLifecycle(`onStart[1].${prop}`, got, {
    onStart: [step('first'), LifecycleStep.script(name, text, options)],
  });
}

function base(stack: Stack, props: MlSharedInfraProps = {}) {
  return new MlSharedInfra(stack, 'Shared', props);
}

function published(stack: Stack) {
  return MlSharedInfra.fromPublished(stack, 'Read', 'vision');
}

function setLate(stack: Stack) {
  base(stack);
  MlEnvironment.set(stack, MlEnvironment.DEV);
}

function keyWithoutKms(stack: Stack) {
  const encryptionKey = new kms.Key(stack, 'Key');
  return new MlStorage(stack, 'Storage', { encryption: StorageEncryption.S3_MANAGED, encryptionKey });
}

function ownersUnlikeInCase(stack: Stack) {
  const shared = base(stack);
  new MlNotebook(stack, 'one', { shared, owner: 'alice' });
  return new MlNotebook(stack, 'two', { shared, owner: 'ALICE' });
}

function notebookInAnotherStage(stack: Stack) {
  const stage = new Stage(stack.node.root, 'Prod');
  return new MlNotebook(new Stack(stage, 'Team'), 'alice', { shared: base(stack) });
}

function hour() {
  return { after: Duration.hours(1) };
}

function step(name: string) {
  return LifecycleStep.script(name, 'true');
}

/** A text as an error shows it: in quotes if it could not be seen otherwise. */
function shown(text: string): string {
  const visible = text !== '' && text === text.trim() && !/\p{Cc}/u.test(text);
  return visible ? text : `'${JSON.stringify(text).slice(1, -1)}'`;
}

function thrownBy(define: () => unknown): Error {
  try {
    define();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was refused');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function teamStack() {
  const env = { account: '111111111111', region: 'eu-central-1' };
  const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const context = { [`availability-zones:account=${env.account}:region=${env.region}`]: zones };
  return new Stack(new App({ context }), 'Team', { env });
}
