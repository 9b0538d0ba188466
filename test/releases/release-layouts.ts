import { Duration, aws_ec2 as ec2, aws_iam as iam, Size, Stack, aws_s3 as s3, Validations } from 'aws-cdk-lib';
import {
  CodeSource,
  DataAccessTrail,
  ExecutionRoleUse,
  type IMlStorage,
  InternetAccess,
  MlBudget,
  MlCostLimit,
  MlEnvironment,
  MlExecutionRole,
  MlInstanceType,
  MlNetwork,
  MlNotebook,
  MlNotebookFleet,
  MlService,
  MlSharedInfra,
  MlStorage,
  MlUsage,
  NotebookAlarms,
  NotebookBoundary,
  NotebookLifecycle,
  SageMakerLogGroup,
  SageMakerLogRetention,
  StorageBucket,
  StorageEncryption,
} from 'cdk-ml-infra';
import { type Define, EXAMPLE_APPS } from '../examples/example-apps';
import { defineEverything } from '../posture/everything';

// Releases keep this file with all that it imports, and later ones synthesize what was kept.

const ACCOUNT = '111111111111';

/** What releases record: the examples, and whatever else users may have, which none of the examples has. */
export const LAYOUTS: { readonly [layout: string]: Define } = {
  ...EXAMPLE_APPS,

  everything: (app, env) => {
    Validations.of(defineEverything(app, env)).acknowledge(...WARNINGS);
    const replica = new Stack(app, 'Replica', { env: { account: ACCOUNT, region: 'eu-west-1' } });
    const replicateTo = new MlStorage(replica, 'Storage', LOCK);
    const guarded = new Stack(app, 'Guarded', { env, tags: { 'cost-center': 'ml' }, terminationProtection: true });
    // S3 copies between regions, which takes stacks that know theirs.
    defineGuarded(guarded, env === undefined ? undefined : replicateTo);
    defineReader(new Stack(app, 'Reader', { env }));
    defineOpen(new Stack(app, 'Open', { env }));
    defineExisting(new Stack(app, 'Existing', { env }));
    defineDevelopment(new Stack(app, 'Development', { env }));
  },
};

/** What is said about everything at once, which nobody would deploy, is not to be read at each comparison. */
const WARNINGS = ['closedPort', 'dockerWithoutRoot', 'glueOutsideNetwork'].map((name) => ({
  id: `Annotation::cdk-ml-infra:${name}`,
  reason: 'Not deployed',
}));
const LOCK = { objectLockRetention: Duration.days(7) };
const PERIMETER = { breakGlass: [new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/Ops`)] };

/** Storage that is locked and copied, a base that is published and fenced in, and more notebooks than one stack takes. */
function defineGuarded(stack: Stack, replicateTo: IMlStorage | undefined): void {
  const replicateDeleteMarkers = replicateTo === undefined ? undefined : true;
  const storage = new MlStorage(stack, 'Storage', { ...LOCK, replicateTo, replicateDeleteMarkers });
  const network = new MlNetwork(stack, 'Network', {
    services: [MlService.SECRETS_MANAGER],
    restrictDefaultSecurityGroup: true,
    trafficBetweenWorkloads: true,
  });
  const shared = new MlSharedInfra(stack, 'Shared', {
    storage,
    network,
    dataPerimeter: PERIMETER,
    baseName: 'guarded',
    jobs: { instanceTypes: [MlInstanceType.M5_XLARGE], maxRuntime: Duration.days(1), encryptedOutput: true },
  });
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  const owners = ['alice', 'bob', 'charlie', 'diana'];
  new MlNotebookFleet(stack, 'Fleet', { shared, owners, stacks: 2, defaults: { lifecycle } });
  new MlNotebookFleet(stack, 'Machines', { shared, notebooks: { gpu: {}, cpu: {} }, owned: false });
  new DataAccessTrail(stack, 'Trail', { bases: [shared], ...LOCK });
  shared.publish('guarded');
  shared.addOutputs();
  new MlBudget(stack, 'Budget', { emails: ['ml-team@example.com'], region: 'eu-central-1' });
  new MlCostLimit(stack, 'Limit', { monthlyUsd: 1_000_000 });
}

/** An app that reads the base of another. */
function defineReader(stack: Stack): void {
  const shared = MlSharedInfra.fromPublished(stack, 'Shared', 'guarded', { services: [MlService.SECRETS_MANAGER] });
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  const notebook = new MlNotebook(stack, 'alice', { shared, lifecycle, owner: 'alice', project: 'vision' });
  notebook.addOutputs();
  new MlNotebookFleet(stack, 'Fleet', { shared, owners: ['bob'], stacks: 2 });
  new NotebookBoundary(stack, 'SelfService', { shared, lifecycles: [lifecycle] });
  const { topic } = new NotebookAlarms(stack, 'Alarms', { shared, diskUsedPercent: 70 });
  new MlBudget(stack, 'Budget', { topic, monthlyUsd: 500, alertAtPercent: [50, 90], forecastAtPercent: [100] });
  MlUsage.set(stack, { notebookHours: 160 });
  for (const use of Object.values(ExecutionRoleUse)) {
    new MlExecutionRole(stack, use, { shared, use });
  }
}

/** Ways to the internet, keys of S3, and notebooks that differ in each option. */
function defineOpen(stack: Stack): void {
  const network = new MlNetwork(stack, 'Network', { internetAccess: InternetAccess.NAT_GATEWAY });
  new MlNetwork(stack, 'Instances', {
    internetAccess: InternetAccess.NAT_INSTANCE,
    ipAddresses: ec2.IpAddresses.cidr('10.1.0.0/16'),
  });
  const shared = new MlSharedInfra(stack, 'Shared', {
    network,
    storageOptions: { ...LOCK, objectLockBuckets: [StorageBucket.MODELS], encryption: StorageEncryption.S3_MANAGED },
  });
  new MlNotebook(stack, 'alice', {
    shared,
    owner: 'alice',
    instanceType: MlInstanceType.G4DN_XLARGE,
    volumeSize: Size.gibibytes(100),
    notebookName: 'alice-of-open',
    codeRepositories: [CodeSource.git('https://github.com/aws/amazon-sagemaker-examples.git')],
    rootAccess: true,
  });
  new SageMakerLogRetention(stack, 'Logs', {
    logGroups: [SageMakerLogGroup.STUDIO],
    endpointNames: ['scoring'],
  });
}

/** What stands on a VPC and on buckets that somebody else made. */
function defineExisting(stack: Stack): void {
  const vpc = new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
  });
  const network = MlNetwork.fromVpc(stack, 'Network', { vpc, services: [MlService.SECRETS_MANAGER] });
  const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, `existing-${name}`);
  const storage = MlStorage.fromBuckets(stack, 'Storage', {
    datasets: bucket('datasets'),
    models: bucket('models'),
    artifacts: bucket('artifacts'),
  });
  const shared = new MlSharedInfra(stack, 'Shared', { network, storage });
  new MlNotebook(stack, 'alice', { shared, owner: 'alice' });
}

/** An environment that gives data up. */
function defineDevelopment(stack: Stack): void {
  stack.node.setContext('cdk-ml-infra:removeData', true);
  MlEnvironment.set(stack, MlEnvironment.DEV);
  new MlStorage(stack, 'Storage');
  const shared = new MlSharedInfra(stack, 'Shared');
  new DataAccessTrail(stack, 'Trail', { bases: [shared] });
}
