import { fullDiff, type ResourceDifference, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { App, Duration, RemovalPolicy, Size, Stack, Tags } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  CodeSource,
  FlowLogTraffic,
  InternetAccess,
  LifecycleStep,
  MlEnvironment,
  MlInstanceType,
  MlNetwork,
  type MlNetworkProps,
  MlNotebook,
  type MlNotebookProps,
  MlService,
  MlSharedInfra,
  NotebookLifecycle,
  type NotebookLifecycleProps,
} from '../src';
import type { WrittenTemplate } from './shared/templates';

const TYPE = 'AWS::SageMaker::NotebookInstance';
const ENV = { account: '111111111111', region: 'eu-central-1' };
const ZONES = { [`availability-zones:account=${ENV.account}:region=${ENV.region}`]: ['a', 'b', 'c'].map(zone) };
const OWNERS = ['alice', 'bob', 'charlie'];
const ENVIRONMENTS = [MlEnvironment.DEV, MlEnvironment.STAGING, MlEnvironment.PROD];

/** What CloudFormation replaces a notebook for, and everything else that a notebook has. */
const REPLACING = [
  'DirectInternetAccess',
  'KmsKeyId',
  'NotebookInstanceName',
  'PlatformIdentifier',
  'SecurityGroupIds',
  'SubnetId',
];
const HARMLESS = [
  'AdditionalCodeRepositories',
  'DefaultCodeRepository',
  'InstanceMetadataServiceConfiguration',
  'InstanceType',
  'LifecycleConfigName',
  'RoleArn',
  'RootAccess',
  'Tags',
  'VolumeSizeInGB',
];

/** A team: its app, its base, its notebooks. What is left out is as in the example of the README. */
interface Team {
  readonly environment?: MlEnvironment;
  readonly network?: MlNetworkProps | ((stack: Stack) => MlNetworkProps);
  readonly networkId?: string;
  readonly base?: (stack: Stack) => ConstructorParameters<typeof MlSharedInfra>[2];
  readonly owners?: string[];
  readonly lifecycle?: Partial<NotebookLifecycleProps>;
  readonly notebook?: Partial<MlNotebookProps> | ((stack: Stack, shared: MlSharedInfra) => Partial<MlNotebookProps>);
  readonly besides?: (stack: Stack, shared: MlSharedInfra, notebooks: MlNotebook[]) => void;
  readonly context?: { [key: string]: unknown };
}

describe('CloudFormation replaces a notebook', () => {
  test('for six properties and no other', () => {
    const template = only(inOneStack({ owners: ['alice'], notebook: { notebookName: 'alice-1' } }));
    const [[id, { Properties }]] = notebooksIn(template);

    const impacts = [...REPLACING, ...HARMLESS].map((property): [string, boolean] => {
      const edited = { ...Properties, [property]: property === 'VolumeSizeInGB' ? 51 : 'edited' };
      const after = { ...template, Resources: { ...template.Resources, [id]: { Type: TYPE, Properties: edited } } };
      return [property, replaces(changesOf([template], [after])[id])];
    });

    expect(impacts.filter(([, replaced]) => replaced).map(([property]) => property)).toEqual(REPLACING);
    expect(Object.keys(Properties).filter((property) => ![...REPLACING, ...HARMLESS].includes(property))).toEqual([]);
  });

  const own = (stack: Stack) => new kms.Key(stack, 'Own');
  const otherBase = (stack: Stack) => new MlSharedInfra(stack, 'Other', { environment: MlEnvironment.PROD });

  describe.each(ENVIRONMENTS)('and keeps the old one, in $name:', (environment) => {
    test.each<[string, string[], Team, Team]>([
      [
        'another zone',
        ['SubnetId'],
        { notebook: { availabilityZone: zone('a') } },
        { notebook: { availabilityZone: zone('b') } },
      ],
      ['another network', ['SecurityGroupIds', 'SubnetId'], {}, { networkId: 'Elsewhere' }],
      [
        'another base',
        ['KmsKeyId', 'SecurityGroupIds', 'SubnetId'],
        {},
        { notebook: (stack) => ({ shared: (stack.node.tryFindChild('Other') as MlSharedInfra) ?? otherBase(stack) }) },
      ],
      ['another key of the base', ['KmsKeyId'], {}, { base: (stack) => ({ encryptionKey: own(stack) }) }],
      [
        'a key of its own',
        ['KmsKeyId'],
        {},
        { owners: ['alice'], notebook: (stack) => ({ encryptionKey: own(stack) }) },
      ],
      ['direct internet access', ['DirectInternetAccess'], {}, { notebook: { directInternetAccess: true } }],
      ['a name', ['NotebookInstanceName'], {}, { owners: ['alice'], notebook: { notebookName: 'alice-1' } }],
      [
        'another name',
        ['NotebookInstanceName'],
        { owners: ['alice'], notebook: { notebookName: 'alice-1' } },
        { owners: ['alice'], notebook: { notebookName: 'alice-2' } },
      ],
    ])('for %s', (_, properties, before, after) => {
      const owners = after.owners ?? OWNERS;
      const [old, changed] = [before, after].map((team) => inOneStack({ environment, ...team, owners }));

      expectReplacement(old, changed, properties);
    });

    test('for another platform', () => {
      const template = inOneStack({ environment });
      const text = JSON.stringify(template);

      const edited = JSON.parse(text.replaceAll('notebook-al2023-v1', 'notebook-al2-v3'));

      expectReplacement(template, edited, ['PlatformIdentifier']);
    });
  });

  test.each([
    { name: 'dev', environment: MlEnvironment.DEV, impact: ResourceImpact.WILL_DESTROY },
    { name: 'staging', environment: MlEnvironment.STAGING, impact: ResourceImpact.WILL_DESTROY },
    { name: 'prod', environment: MlEnvironment.PROD, impact: ResourceImpact.WILL_ORPHAN },
  ])('never for a new id, which removes it as its environment says, in $name', ({ environment, impact }) => {
    const [before, after] = [OWNERS, ['alicia', 'bob', 'charlie']].map((owners) => inOneStack({ environment, owners }));

    const impacts = Object.values(changesOf(before, after)).map(({ changeImpact }) => changeImpact);

    expect(impacts.sort()).toEqual([ResourceImpact.WILL_CREATE, impact].sort());
  });
});

describe.each([
  ['in one stack with the base', inOneStack],
  ['in a stack of their own', inTwoStacks],
])('notebooks %s are neither replaced nor removed by', (_layout, define) => {
  let before: WrittenTemplate[];
  beforeAll(() => {
    before = define({});
  });

  test.each<[string, Team]>([
    ['others that come', { owners: ['zoe', ...OWNERS, 'yan'] }],
    ['another order', { owners: ['bob', 'alice', 'charlie'] }],
    ['a role of their own', { notebook: role }],
    ['another owner', { notebook: { owner: 'zoe' } }],
    ['another machine', { notebook: { instanceType: MlInstanceType.G5_XLARGE } }],
    ['a larger volume', { notebook: { volumeSize: Size.gibibytes(200) } }],
    ['root access', { notebook: { rootAccess: true } }],
    ['a removal policy', { notebook: { removalPolicy: RemovalPolicy.DESTROY } }],
    ['a repository', { notebook: { codeRepositories: [CodeSource.git('https://git.example.com/a.git')] } }],
    ['a repository with an endpoint', { notebook: codeCommit }],
    ['no lifecycle', { notebook: { lifecycle: undefined } }],
    ['another lifecycle', { notebook: otherLifecycle }],
    ['other steps', { lifecycle: { onStart: [LifecycleStep.script('a', 'true')] } }],
    ['steps before the first start', { lifecycle: { onCreate: [LifecycleStep.script('a', 'true')] } }],
    ['another idle time', { lifecycle: { idleStop: Duration.hours(3) } }],
    ['more endpoints', { network: { services: [MlService.KMS, MlService.GLUE] } }],
    ['an endpoint that is asked for later', { besides: (_, { network }) => network.requireService(MlService.KMS) }],
    ['internet through gateways', { network: { internetAccess: InternetAccess.NAT_GATEWAY } }],
    ['internet through instances', { network: { internetAccess: InternetAccess.NAT_INSTANCE } }],
    ['public subnets', { network: { publicSubnets: true } }],
    ['a third zone', { network: { maxAzs: 3 } }],
    ['less in the flow logs', { network: { flowLogs: FlowLogTraffic.REJECTED } }],
    ['no flow logs', { network: { flowLogs: FlowLogTraffic.NONE } }],
    ['traffic between workloads', { network: { trafficBetweenWorkloads: true } }],
    ['egress to S3 alone', { network: (stack) => ({ s3PrefixList: prefixList(stack) }) }],
    ['rules of traffic', { besides: (_stack, _shared, [first]) => allowTraffic(first) }],
    ['grants', { besides: (stack, _shared, [first]) => first.grantOpen(person(stack)) }],
    ['outputs', { besides: (_stack, shared, notebooks) => [shared, ...notebooks].map((each) => each.addOutputs()) }],
    ['tags', { besides: (stack) => Tags.of(stack.node.root).add('team', 'vision') }],
    ['tags of the environment', { environment: MlEnvironment.custom({ name: 'prod', tags: { team: 'vision' } }) }],
    ['the environment DEV', { environment: MlEnvironment.DEV }],
    ['the environment STAGING', { environment: MlEnvironment.STAGING }],
    ['an environment over three zones', { environment: MlEnvironment.custom({ name: 'wide', zones: 3 }) }],
    ['a boundary for roles', { base: (stack) => ({ permissionsBoundary: boundary(stack) }) }],
    ['another name of the base', { base: () => ({ baseName: 'vision' }) }],
    ['publishing the base', { besides: (_, shared) => shared.publish('vision') }],
    ['a second base', { besides: (stack) => new MlSharedInfra(stack, 'Second') }],
    ['all recommended feature flags', { context: { ...recommended } }],
  ])('%s', (_, after) => {
    expect(losses(before, define(after))).toEqual([]);
  });

  test.each<[string, Team]>([
    ['gateways', { network: { internetAccess: InternetAccess.NAT_GATEWAY } }],
    ['public subnets', { network: { publicSubnets: true } }],
    ['a third zone', { network: { maxAzs: 3 } }],
    ['endpoints', { network: { services: [MlService.KMS, MlService.GLUE] } }],
    ['their lifecycle of steps', { lifecycle: { onCreate: [LifecycleStep.script('a', 'true')] } }],
  ])('%s that go', (_, team) => {
    expect(losses(define(team), before)).toEqual([]);
  });

  test('others that go or get another id', () => {
    const [alice, bob] = [define({ owners: ['alice'] }), define({ owners: ['alice', 'robert', 'charlie'] })];

    expect(losses(before, alice)).toEqual(['bob removed', 'charlie removed']);
    expect(losses(before, bob)).toEqual(['bob removed']);
  });
});

/** The base and the notebooks of a team as one template. */
function inOneStack(team: Team): WrittenTemplate[] {
  const { app, stack } = start(team, 'Team');
  define(team, stack, stack);
  return [app.synth().getStackByName('Team').template];
}

/** The base and the notebooks of a team as a template each. */
function inTwoStacks(team: Team): WrittenTemplate[] {
  const { app, stack } = start(team, 'Base');
  define(team, stack, new Stack(app, 'Team', { env: ENV }));
  const assembly = app.synth();
  return ['Base', 'Team'].map((name) => assembly.getStackByName(name).template);
}

function start({ context, environment }: Team, stackName: string) {
  const app = new App({ context: { ...ZONES, ...context } });
  if (environment) {
    MlEnvironment.set(app, environment);
  }
  return { app, stack: new Stack(app, stackName, { env: ENV }) };
}

function define(team: Team, baseStack: Stack, stack: Stack): void {
  const network = typeof team.network === 'function' ? team.network(baseStack) : team.network;
  const shared = new MlSharedInfra(baseStack, 'Shared', {
    network: new MlNetwork(baseStack, team.networkId ?? 'Network', network),
    ...team.base?.(baseStack),
  });
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', {
    shared,
    idleStop: Duration.hours(1),
    ...team.lifecycle,
  });
  const notebooks = (team.owners ?? OWNERS).map((owner) => {
    const props = typeof team.notebook === 'function' ? team.notebook(stack, shared) : team.notebook;
    return new MlNotebook(stack, owner, { shared, owner, lifecycle, ...props });
  });
  team.besides?.(stack, shared, notebooks);
}

function role(stack: Stack) {
  const id = 'OwnRole';
  const assumedBy = new iam.ServicePrincipal('sagemaker.amazonaws.com');
  return { role: (stack.node.tryFindChild(id) as iam.Role) ?? new iam.Role(stack, id, { assumedBy }) };
}

function codeCommit(stack: Stack) {
  const id = 'Repository';
  const existing = stack.node.tryFindChild(id) as codecommit.Repository;
  const repository = existing ?? new codecommit.Repository(stack, id, { repositoryName: 'code' });
  return { codeRepositories: [CodeSource.codeCommit(repository)] };
}

function otherLifecycle(stack: Stack, shared: MlSharedInfra) {
  const existing = stack.node.tryFindChild('Other') as NotebookLifecycle;
  return { lifecycle: existing ?? new NotebookLifecycle(stack, 'Other', { shared }) };
}

function prefixList(stack: Stack) {
  return ec2.PrefixList.fromPrefixListId(stack, 'S3', 'pl-6ea54007');
}

function allowTraffic(notebook: MlNotebook): void {
  notebook.connections.allowFrom(ec2.Peer.ipv4('10.1.0.0/16'), ec2.Port.tcp(8443));
}

function person(stack: Stack) {
  return new iam.Role(stack, 'Person', { assumedBy: new iam.AccountRootPrincipal() });
}

function boundary(stack: Stack) {
  return iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
}

function zone(letter: string): string {
  return `eu-central-1${letter}`;
}

/** That each notebook is replaced, for some properties alone, and that CloudFormation keeps what it replaces. */
function expectReplacement(before: WrittenTemplate[], after: WrittenTemplate[], properties: string[]): void {
  const changes = Object.values(changesOf(before, after));
  expect(changes).toHaveLength(notebooksIn(only(after)).length);
  for (const change of changes) {
    const blamed = Object.entries(change.propertyUpdates).filter(([, { changeImpact }]) =>
      /REPLACE/.test(`${changeImpact}`),
    );
    expect(replaces(change)).toBe(true);
    expect(blamed.map(([property]) => property).sort()).toEqual(properties);
    expect([change.oldValue?.UpdateReplacePolicy, change.newValue?.UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
  }
}

/** The notebooks that an update would take from their owners, and how. */
function losses(before: WrittenTemplate[], after: WrittenTemplate[]): string[] {
  return Object.entries(changesOf(before, after))
    .filter(([, change]) => change.isRemoval || replaces(change))
    .map(([id, change]) => `${id.replace(/[0-9A-F]{8}$/, '')} ${change.isRemoval ? 'removed' : 'replaced'}`);
}

function replaces(change: ResourceDifference | undefined): boolean {
  return change !== undefined && /REPLACE/.test(change.changeImpact);
}

/** The notebooks that differ, by logical id. What a notebook refers to counts too, if it is replaced. */
function changesOf(before: WrittenTemplate[], after: WrittenTemplate[]): { [id: string]: ResourceDifference } {
  const changes: { [id: string]: ResourceDifference } = {};
  before.forEach((template, index) => {
    fullDiff(template as never, after[index] as never).resources.forEachDifference((id, change) => {
      if ((change.oldResourceType ?? change.newResourceType) === TYPE) {
        changes[id] = change;
      }
    });
  });
  return changes;
}

function notebooksIn(template: WrittenTemplate) {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === TYPE);
}

function only([template]: WrittenTemplate[]): WrittenTemplate {
  return template;
}
