import { App, Duration, Size, Stack, Stage, Tags, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
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
  NotebookSchedule,
  SageMakerLogRetention,
  StepFailure,
  StorageEncryption,
  Weekday,
} from '../src';
import { expectRefusal, shown, writeFigures } from './bad-input';

/** Where a value is refused, for which prop, how the value is shown, and what is defined. */
type Refusal = [path: string, prop: string, got: string, define: (stack: Stack) => unknown];

const missing = undefined as unknown as string;
const s64 = 'a'.repeat(64);
const s51 = Array.from({ length: 51 }, (_, index) => `step-${index}`);
const fiveUrls = [1, 2, 3, 4, 5].map((number) => `https://git.example.com/${number}.git`);
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
    ['Team', 'environment', 'undefined', (stack) => MlEnvironment.set(stack, missing as unknown as MlEnvironment)],
    inEnvironment('environment.tags', 'TEAM', { tags: { team: 'a', TEAM: 'b' } }),
    inEnvironment('environment.logRetention', '366', { logRetention: 366 as logs.RetentionDays }),

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

    // What needs checks in several areas
    ['Team/Logs', 'endpointNames', `a${'-'.repeat(62)}b`, (stack) => logsOf(stack, `a${'-'.repeat(62)}b`)],
    ['Team/Net', 'subnets', 'sn-1', (stack) => subnetsOfAnotherVpc(stack)],
    ['Team/Shared', 'encryptionKey', 'one of eu-west-1', (stack) => base(stack, { encryptionKey: foreignKey(stack) })],
    [
      'Team/Storage',
      'encryptionKey',
      'one of eu-west-1',
      (stack) => new MlStorage(stack, 'Storage', { encryptionKey: foreignKey(stack) }),
    ],

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
    ['Team/bob', 'notebookName', 'one', (stack) => sameNames(stack)],
    ['Team/alice', 'encryptionKey', 'one of eu-west-1', (stack) => keyOfAnotherRegion(stack)],
    ['Team/alice', 'tags', '51', (stack) => tooManyTags(stack)],
    inNotebook('schedule.days', '["FOO"]', {
      schedule: NotebookSchedule.on(['FOO' as Weekday], { start: '08:00' }),
    }),
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
    inStep('text', 'an access key', 'a', 'export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE'),
    inStep('text', 'an access key', 'a', "aws configure set aws_access_key_id 'ASIAIOSFODNN7EXAMPLE'"),
    inStep('text', 'a\ud800b', 'a', 'a\ud800b'),
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

  /**
   * The cases of the threat model that meet an input of the library, by their names there. docs/limits.md says what comes
   * of the others.
   */
  const seeds: { readonly [name: string]: Refusal } = {
    'notebook volume 4': inNotebook('volumeSize', '4 GiB', { volumeSize: Size.gibibytes(4) }),
    'notebook volume 16385': inNotebook('volumeSize', '16385 GiB', { volumeSize: Size.gibibytes(16_385) }),
    'notebook name a_b': inNotebook('notebookName', 'a_b', { notebookName: 'a_b' }),
    'notebook name of 64 characters': inNotebook('notebookName', s64, { notebookName: s64 }),
    'notebook name -a': inNotebook('notebookName', '-a', { notebookName: '-a' }),
    'notebook instance m5.large': inNotebook('instanceType', 'm5.large', {
      instanceType: MlInstanceType.of('m5.large'),
    }),
    'notebook with 4 extra repositories': inNotebook('codeRepositories', JSON.stringify(fiveUrls), {
      codeRepositories: fiveUrls.map((url) => CodeSource.git(url)),
    }),
    'log retention 42': inEnvironment('environment.logRetention', '42', { logRetention: 42 as logs.RetentionDays }),
    'VPC 10.0.0.0/8': inNetwork('ipAddresses', '10.0.0.0/8', { ipAddresses: ec2.IpAddresses.cidr('10.0.0.0/8') }),
    'alarm period 45': [
      'Team/alice',
      'period',
      '45 seconds',
      (stack) =>
        new MlNotebook(stack, 'alice', { shared: base(stack) }).metricDiskUsed({ period: Duration.seconds(45) }),
    ],
  };

  test('there are at least 120 of them', () => {
    expect(refusals.length + Object.keys(seeds).length).toBeGreaterThanOrEqual(120);
  });

  test.each([...refusals, ...Object.values(seeds)])("%s: '%s' must not be %s", (path, prop, got, define) => {
    const stack = teamStack();

    expectRefusal(path, prop, got, () => define(stack));
  });

  test('a type of machine that AWS may have by now is warned of and not refused', () => {
    const stack = teamStack();
    const shared = base(stack);
    new MlNotebook(stack, 'alice', { shared, instanceType: MlInstanceType.of('ml.m5.huge') });
    new MlNotebook(stack, 'bob', { shared, instanceType: MlInstanceType.of('ml.m5.xlarge') });

    expect(warningsOn(stack)).toEqual([
      "Team/alice: 'instanceType' is ml.m5.huge, which AWS did not have when this version was released; if it is not newer, it is misspelt [ack: cdk-ml-infra:unknownInstanceType]",
    ]);
  });

  test('tags that the app gives later are counted at synthesis', () => {
    const stack = teamStack();
    const tags = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`tag${index}`, 'x']));
    const shared = base(stack, { environment: MlEnvironment.custom({ name: 'lab', tags }) });
    new MlNotebook(stack, 'alice', { shared });
    for (let index = 0; index < 8; index++) {
      Tags.of(stack).add(`late${index}`, 'x');
    }

    expect(() => Stage.of(stack)?.synth()).toThrow(/Team\/alice: 'tags' must be at most 50 in all: .+, got: 51/);
  });

  test.each([
    ['172.17.0.0/16', 1],
    ['172.17.128.0/24', 1],
    ['172.16.0.0/16', 0],
    ['10.17.0.0/16', 0],
  ])('a network of %s is warned %i times of the addresses of Docker', (cidr, times) => {
    const stack = teamStack();
    new MlNetwork(stack, 'Net', { ipAddresses: ec2.IpAddresses.cidr(cidr) });

    expect(
      warningsOn(stack).filter((warning) => warning.startsWith('Team/Net: Docker on notebooks has ')),
    ).toHaveLength(times);
  });

  test('an environment that keeps data is told of logs that it does not, and DEV is not', () => {
    const stack = teamStack();
    const careless = new Stack(App.of(stack), 'Dev');
    MlEnvironment.set(stack, MlEnvironment.custom({ name: 'lab', logRetention: logs.RetentionDays.SIX_MONTHS }));
    MlEnvironment.set(careless, MlEnvironment.DEV);

    expect(warningsOn(stack)).toEqual([
      expect.stringMatching(/^Team: environment 'lab' keeps data for good and logs for 180/),
    ]);
    expect(warningsOn(careless)).toEqual([]);
  });

  afterAll(() => writeFigures('constructs'));
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

function sameNames(stack: Stack) {
  const shared = base(stack);
  new MlNotebook(stack, 'alice', { shared, notebookName: 'one' });
  return new MlNotebook(stack, 'bob', { shared, notebookName: 'one' });
}

function keyOfAnotherRegion(stack: Stack) {
  return new MlNotebook(stack, 'alice', { shared: base(stack), encryptionKey: foreignKey(stack) });
}

function foreignKey(stack: Stack) {
  const arn = 'arn:aws:kms:eu-west-1:111111111111:key/00000000-0000-0000-0000-000000000000';
  return kms.Key.fromKeyArn(stack, 'Key', arn);
}

function logsOf(stack: Stack, endpoint: string) {
  return new SageMakerLogRetention(stack, 'Logs', { endpointNames: [endpoint] });
}

function subnetsOfAnotherVpc(stack: Stack) {
  const vpcOf = (number: number) =>
    ec2.Vpc.fromVpcAttributes(stack, `Vpc${number}`, {
      vpcId: `vpc-${number}`,
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      isolatedSubnetIds: [`sn-${number}`, `sn-${number}b`],
      isolatedSubnetRouteTableIds: ['rtb-a', 'rtb-b'],
    });
  return MlNetwork.fromVpc(stack, 'Net', { vpc: vpcOf(2), subnets: { subnets: vpcOf(1).isolatedSubnets } });
}

/** Forty of the environment, three of the library, eight of the notebook. */
function tooManyTags(stack: Stack) {
  const numbered = (prefix: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, 'x']));
  const shared = base(stack, { environment: MlEnvironment.custom({ name: 'lab', tags: numbered('tag', 40) }) });
  const environmentVariables = numbered('V', 8);
  const lifecycle = new NotebookLifecycle(stack, 'Life', { shared, environmentVariables });
  return new MlNotebook(stack, 'alice', { shared, lifecycle, environmentVariables });
}

function warningsOn(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => String(entry.data));
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

function teamStack() {
  const env = { account: '111111111111', region: 'eu-central-1' };
  const zones = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
  const context = { [`availability-zones:account=${env.account}:region=${env.region}`]: zones };
  return new Stack(new App({ context }), 'Team', { env });
}
