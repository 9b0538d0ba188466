import { createHash } from 'node:crypto';
import { App, Duration, RemovalPolicy, Size, Stack, Tags } from 'aws-cdk-lib';
import * as codecommit from 'aws-cdk-lib/aws-codecommit';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import {
  CodeSource,
  type IMlSharedInfra,
  MlEnvironment,
  MlInstanceType,
  MlNotebook,
  MlNotebookFleet,
  MlService,
  MlSharedInfra,
  NotebookAlarms,
  NotebookBoundary,
  type NotebookLifecycle,
  type NotebookOptions,
  NotebookSchedule,
  SageMakerLogRetention,
  type Weekday,
} from '../../src';
import { defineBase } from './define-base';
import { defineLifecycle, importSecret, neighbour, SERVICES_OF_FEATURES, serviceRole } from './define-lifecycle';
import { type AppPlan, type EnvironmentPlan, NEWCOMER, type NotebookPlan, type SchedulePlan } from './plan';

export const ACCOUNT = '111122223333';

const REMOVAL = {
  retain: RemovalPolicy.RETAIN,
  destroy: RemovalPolicy.DESTROY,
  'retain-on-update-or-delete': RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
};

/** What becomes of a plan, as far as properties have to know it besides the templates. */
export interface DefinedApp {
  readonly app: App;
  readonly environment: MlEnvironment;
  /** Value of the tag `ml-base`, as a template has it. */
  readonly baseName: unknown;
}

/** The app of a plan. Synthesizing it is left to the caller. */
export function defineApp(plan: AppPlan, outdir: string): DefinedApp {
  const app = new App({ outdir, analyticsReporting: false, context: contextOf(plan) });
  const env = plan.region === undefined ? undefined : { account: ACCOUNT, region: plan.region };
  const environment = environmentOf(plan.environment);
  MlEnvironment.set(app, environment);
  const own = new Stack(app, 'Base', { env });
  const beside = plan.layout === 'two stacks' || plan.layout === 'published base';
  const stack = beside ? new Stack(app, 'Notebooks', { env }) : own;
  const published = plan.layout === 'published base';
  const features = SERVICES_OF_FEATURES.map((name) => MlService[name]);
  const base = defineBase(own, plan.base, published ? features : []);
  if (published) {
    base.publish('team');
  }
  const shared = published ? MlSharedInfra.fromPublished(stack, 'Shared', 'team', { services: features }) : base;
  const lifecycles = plan.lifecycles.map((each, index) => defineLifecycle(stack, `Lifecycle${index}`, shared, each));
  const notebooks = defineNotebooks(stack, shared, plan, lifecycles);
  defineExtras(stack, plan, base, shared, lifecycles, notebooks);
  if (plan.foreignTags) {
    for (const key of ['ml-owner', 'ml-base', 'ml-environment', 'team']) {
      Tags.of(app).add(key, 'platform');
    }
  }
  return { app, environment, baseName: own.resolve(base.baseName) };
}

function contextOf({ region, recommendedFlags, removeData }: AppPlan): { [key: string]: unknown } {
  const zones = ['a', 'b', 'c'].map((letter) => `${region}${letter}`);
  return {
    ...(recommendedFlags ? recommended : {}),
    'aws:cdk:enable-path-metadata': true,
    ...(removeData ? { 'cdk-ml-infra:removeData': true } : {}),
    [`availability-zones:account=${ACCOUNT}:region=${region}`]: zones,
  };
}

function environmentOf({ name, custom }: EnvironmentPlan): MlEnvironment {
  if (custom === undefined) {
    return MlEnvironment[name.toUpperCase() as 'DEV' | 'STAGING' | 'PROD'];
  }
  const { removalPolicy, versionDays, ...others } = custom;
  return MlEnvironment.custom({
    name,
    ...others,
    removalPolicy: removalPolicy && REMOVAL[removalPolicy],
    versionRetention: versionDays === undefined ? undefined : Duration.days(versionDays),
  });
}

function defineNotebooks(stack: Stack, shared: IMlSharedInfra, plan: AppPlan, lifecycles: NotebookLifecycle[]) {
  const entries = plan.notebooks.map((each): [string, NotebookOptions] => [
    each.id,
    optionsOf(stack, plan, each, lifecycles),
  ]);
  if (plan.layout === 'fleet' || plan.layout === 'nested stacks') {
    const stacks = plan.layout === 'nested stacks' ? 3 : undefined;
    const notebooks = Object.fromEntries(entries);
    const fleet = new MlNotebookFleet(stack, 'Fleet', { shared, notebooks, owned: false, stacks });
    return Object.values(fleet.notebooks);
  }
  return entries.map(([id, options]) => new MlNotebook(stack, id, { ...options, shared }));
}

function optionsOf(
  stack: Stack,
  plan: AppPlan,
  notebook: NotebookPlan,
  lifecycles: NotebookLifecycle[],
): NotebookOptions {
  const { id, instanceType, gibibytes, uptimeMinutes } = notebook;
  const index = notebook.lifecycle ?? lifecycles.length;
  const served = plan.lifecycles[index];
  const { base, region } = plan;
  const zoned = notebook.zone !== undefined && region !== undefined && plan.layout !== 'published base';
  return {
    owner: ownerOf(plan, notebook),
    instanceType: instanceType === undefined ? undefined : MlInstanceType.of(instanceType),
    volumeSize: gibibytes === undefined ? undefined : Size.gibibytes(gibibytes),
    lifecycle: lifecycles[index],
    idleStop: served?.idleMinutes && notebook.idleMinutes ? Duration.minutes(notebook.idleMinutes) : undefined,
    gitUserName: served?.features.includes('git') ? notebook.gitUserName : undefined,
    restoreFrom: served?.features.includes('backup') ? 'old-notebook' : undefined,
    environmentVariables: Object.fromEntries(Object.keys(served?.variables ?? {}).map((name) => [name, 'own'])),
    project: notebook.project,
    schedule: notebook.schedule && scheduleOf(notebook.schedule),
    maxUptime: uptimeMinutes === undefined ? undefined : Duration.minutes(uptimeMinutes),
    codeRepositories: notebook.code.map((kind) => codeOf(stack, kind)),
    availabilityZone: zoned && base.network.kind !== 'existing' ? `${region}${'ab'[notebook.zone ?? 0]}` : undefined,
    notebookName: notebook.named ? `named-${createHash('sha256').update(id).digest('hex').slice(0, 8)}` : undefined,
    role: notebook.ownRole ? serviceRole(stack, 'OwnRole', 'sagemaker.amazonaws.com') : undefined,
    encryptionKey: notebook.ownKey ? neighbour(stack, 'OwnKey', (scope, name) => new kms.Key(scope, name)) : undefined,
    rootAccess: notebook.rootAccess,
    directInternetAccess: notebook.directInternetAccess,
    removalPolicy: notebook.removalPolicy && REMOVAL[notebook.removalPolicy],
  };
}

/** Whom a notebook belongs to. */
export function ownerOf({ notebooks }: AppPlan, { id, owner }: NotebookPlan): string | undefined {
  const [first] = notebooks
    .map((each) => each.id)
    .filter((each) => each !== NEWCOMER)
    .sort();
  return owner === 'nobody' ? undefined : owner === 'first' ? first : id;
}

function byId(one: MlNotebook, other: MlNotebook): number {
  return one.node.id < other.node.id ? -1 : 1;
}

function scheduleOf({ days, start, stop, timeZone }: SchedulePlan): NotebookSchedule {
  return NotebookSchedule.on(days as Weekday[], { start, stop, timeZone });
}

function codeOf(stack: Stack, kind: NotebookPlan['code'][number]): CodeSource {
  switch (kind) {
    case 'git':
      return CodeSource.git('https://git.example.com/team/a.git');
    case 'git with secret':
      return CodeSource.git('https://git.example.com/team/b.git', { secret: neighbour(stack, 'Secret', importSecret) });
    case 'codecommit': {
      const define = (scope: Stack, id: string) => codecommit.Repository.fromRepositoryName(scope, id, 'team-code');
      return CodeSource.codeCommit(neighbour(stack, 'Repository', define));
    }
  }
}

function defineExtras(
  stack: Stack,
  { extras }: AppPlan,
  base: MlSharedInfra,
  shared: IMlSharedInfra,
  lifecycles: NotebookLifecycle[],
  notebooks: MlNotebook[],
): void {
  // Whoever joins or is listed first is none of the others' concern.
  const [notebook] = notebooks.filter(({ node }) => node.id !== NEWCOMER).sort(byId);
  if (extras.alarmsAt !== undefined) {
    new NotebookAlarms(stack, 'Alarms', { shared, diskUsedPercent: extras.alarmsAt });
  }
  if (extras.selfService) {
    const chosen = lifecycles.length > 0 ? lifecycles : undefined;
    new NotebookBoundary(stack, 'SelfService', { shared, lifecycles: chosen });
  }
  if (extras.logRetention !== undefined) {
    new SageMakerLogRetention(stack, 'Logs', { retention: extras.logRetention });
  }
  if (extras.outputs) {
    notebook.addOutputs();
  }
  if (extras.grants) {
    const person = definePerson(Stack.of(notebook));
    notebook.grantOpen(person, { fromIpAddresses: ['203.0.113.0/24'] });
    notebook.grantStartStop(person);
  }
  if (extras.baseGrantsTo !== 'nobody') {
    const colleague = definePerson(extras.baseGrantsTo === 'role beside the base' ? Stack.of(base) : stack);
    base.grantReadJobLogs(colleague);
    base.storage.grantReadShared(colleague);
    base.storage.grantWriteShared(colleague);
  }
}

/** Somebody who is given rights, in a stack. Account principals have no source. */
function definePerson(stack: Stack): iam.Role {
  return neighbour(
    stack,
    'Person',
    (scope, id) => new iam.Role(scope, id, { assumedBy: new iam.AccountRootPrincipal() }),
  );
}
