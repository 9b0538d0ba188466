import { App, Duration, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import {
  CodeSource,
  DataAccessTrail,
  ExecutionRoleUse,
  FileSystemMount,
  LifecycleStep,
  MlBudget,
  MlCostEstimate,
  MlCostLimit,
  MlEnvironment,
  MlExecutionRole,
  MlInstanceType,
  MlNetwork,
  MlNotebook,
  MlNotebookFleet,
  MlPermissionsBoundary,
  MlService,
  MlSharedInfra,
  MlStorage,
  MlUsage,
  NotebookAlarms,
  NotebookBoundary,
  NotebookLifecycle,
  NotebookSchedule,
  PackageIndex,
  S3Sync,
  SageMakerLogRetention,
} from '../src';
import { REFUSAL, thrownBy, writeFigures } from './bad-input';
import { compiledAssembly, typesOf } from './house/assembly';

/** Props as plain JavaScript may give them. */
// biome-ignore lint/suspicious/noExplicitAny: what the compiler would refuse is what is tried here
type Props = any;

/** An interface of props: what it needs to be valid, and what takes it. */
interface Subject {
  readonly valid?: Props;
  readonly take: (scope: Construct, props: Props) => unknown;
}

const assembly = compiledAssembly();
const app = new App({ context: { '@aws-cdk/core:stackResourceLimit': 0 } });
const stack = new Stack(app, 'Team', { env: { account: '111111111111', region: 'eu-central-1' } });
const shared = new MlSharedInfra(stack, 'Shared');
const notebook = new MlNotebook(stack, 'alice', { shared });
const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'courses');
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'team/token');
const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/jobs');
const vpc = new ec2.Vpc(stack, 'Vpc', {
  subnetConfiguration: [{ name: 'Own', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const fileSystem = efs.FileSystem.fromFileSystemAttributes(stack, 'Efs', {
  fileSystemId: 'fs-1',
  securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'EfsGroup', 'sg-1'),
});
const lustre = fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Lustre', {
  fileSystemId: 'fs-2',
  dnsName: 'fs-2.example.com',
  securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'LustreGroup', 'sg-2'),
});
const lifecycle = (scope: Construct, props: Props) => new NotebookLifecycle(scope, 'X', { shared, ...props });
const after = Duration.hours(1);

/** Every interface of props that a user writes, by its name in the API. */
const SUBJECTS: { readonly [name: string]: Subject } = {
  MlEnvironmentProps: {
    valid: { name: 'lab' },
    take: (scope, props) => MlEnvironment.set(scope, MlEnvironment.custom(props)),
  },
  MlSharedInfraProps: { take: (scope, props) => new MlSharedInfra(scope, 'X', props) },
  PublishedInfraOptions: { take: (scope, props) => MlSharedInfra.fromPublished(scope, 'X', 'vision', props) },
  MlNetworkProps: { take: (scope, props) => new MlNetwork(scope, 'X', props) },
  ExistingVpcProps: { valid: { vpc }, take: (scope, props) => MlNetwork.fromVpc(scope, 'X', props) },
  MlStorageProps: { take: (scope, props) => new MlStorage(scope, 'X', props) },
  ExistingBucketsProps: {
    valid: { datasets: bucket, models: bucket, artifacts: bucket },
    take: (scope, props) => MlStorage.fromBuckets(scope, 'X', props),
  },
  MlNotebookProps: { valid: { shared }, take: (scope, props) => new MlNotebook(scope, 'X', props) },
  GrantOpenOptions: { take: (_, props) => notebook.grantOpen(role, props) },
  NotebookScheduleOptions: {
    valid: { start: '08:00' },
    take: (scope, props) => new MlNotebook(scope, 'X', { shared, schedule: NotebookSchedule.daily(props) }),
  },
  MlNotebookFleetProps: { valid: { shared }, take: (scope, props) => new MlNotebookFleet(scope, 'X', props) },
  NotebookOptions: {
    take: (scope, props) => new MlNotebookFleet(scope, 'X', { shared, notebooks: { alice: props } }),
  },
  NotebookBoundaryProps: { valid: { shared }, take: (scope, props) => new NotebookBoundary(scope, 'X', props) },
  NotebookAlarmsProps: { valid: { shared }, take: (scope, props) => new NotebookAlarms(scope, 'X', props) },
  SageMakerLogRetentionProps: { take: (scope, props) => new SageMakerLogRetention(scope, 'X', props) },
  GitSourceOptions: {
    take: (scope, props) =>
      new MlNotebook(scope, 'X', { shared, codeRepositories: [CodeSource.git('https://a.example.com/b.git', props)] }),
  },
  NotebookLifecycleProps: { valid: { shared }, take: (scope, props) => new NotebookLifecycle(scope, 'X', props) },
  LifecycleStepOptions: {
    take: (scope, props) => lifecycle(scope, { onStart: [LifecycleStep.script('a', 'true', props)] }),
  },
  IdleStopOptions: { valid: { after }, take: (scope, idle) => lifecycle(scope, { idle }) },
  SecretVariable: { valid: { secret }, take: (scope, props) => lifecycle(scope, { secrets: { A: props } }) },
  ProxyOptions: {
    valid: { httpsProxy: 'http://proxy:3128' },
    take: (scope, proxy) => lifecycle(scope, { proxy }),
  },
  PackageIndexUrlOptions: {
    take: (scope, props) =>
      lifecycle(scope, { packageIndex: PackageIndex.url('https://pypi.example.com/simple', props) }),
  },
  CodeArtifactIndexOptions: {
    valid: { domain: 'team', repository: 'python' },
    take: (scope, props) => lifecycle(scope, { packageIndex: PackageIndex.codeArtifact(props) }),
  },
  GitOptions: { take: (scope, git) => lifecycle(scope, { git }) },
  GitCredential: {
    valid: { host: 'git.example.com', secret },
    take: (scope, props) => lifecycle(scope, { git: { credentials: [props] } }),
  },
  GitRepository: {
    valid: { url: 'https://git.example.com/a.git' },
    take: (scope, props) => lifecycle(scope, { git: { repositories: [props] } }),
  },
  S3SyncOptions: {
    valid: { folder: 'a' },
    take: (scope, props) => lifecycle(scope, { sync: [S3Sync.fromBucket(bucket, props)] }),
  },
  S3MountOptions: {
    valid: { folder: 'a' },
    take: (scope, props) => lifecycle(scope, { mounts: [FileSystemMount.s3(bucket, props)] }),
  },
  EfsMountOptions: {
    valid: { folder: 'a' },
    take: (scope, props) => lifecycle(scope, { mounts: [FileSystemMount.efs(fileSystem, props)] }),
  },
  LustreMountOptions: {
    valid: { folder: 'a', mountName: 'abcdefgh' },
    take: (scope, props) => lifecycle(scope, { mounts: [FileSystemMount.fsxLustre(lustre, props)] }),
  },
  BackupOptions: { take: (scope, backup) => lifecycle(scope, { backup }) },
  JupyterOptions: { take: (scope, jupyter) => lifecycle(scope, { jupyter }) },
  MetricsOptions: { take: (scope, metrics) => lifecycle(scope, { metrics }) },
  CodeServerOptions: {
    valid: { bucket, key: 'a.tar.gz', sha256: '0'.repeat(64) },
    take: (scope, codeServer) =>
      lifecycle(scope, { codeServer, jupyter: { extensions: ['jupyter-server-proxy==4.4.0'] } }),
  },
  SparkOptions: { valid: { livyUrl: 'http://emr:8998' }, take: (scope, spark) => lifecycle(scope, { spark }) },
  GlueSessionsOptions: { valid: { role }, take: (scope, glueSessions) => lifecycle(scope, { glueSessions }) },
  SessionManagerOptions: { valid: { role }, take: (scope, sessionManager) => lifecycle(scope, { sessionManager }) },
  MlExecutionRoleProps: {
    valid: { shared, use: ExecutionRoleUse.JOB },
    take: (scope, props) => new MlExecutionRole(scope, 'X', props),
  },
  MlPermissionsBoundaryProps: { take: (scope, props) => new MlPermissionsBoundary(scope, 'X', props) },
  JobRules: { take: (scope, jobs) => new MlSharedInfra(scope, 'X', { jobs }) },
  DataPerimeterOptions: {
    valid: { breakGlass: [role] },
    take: (scope, dataPerimeter) => new MlSharedInfra(scope, 'X', { dataPerimeter }),
  },
  MlCostEstimateOptions: { take: (scope, props) => MlCostEstimate.of(scope, props) },
  MlUsageProps: { take: (scope, props) => MlUsage.set(scope, props) },
  MlCostLimitProps: { valid: { monthlyUsd: 1 }, take: (scope, props) => new MlCostLimit(scope, 'X', props) },
  MlBudgetProps: {
    valid: { emails: ['ml-team@example.com'] },
    take: (scope, props) => new MlBudget(scope, 'X', props),
  },
  DataAccessTrailProps: { valid: { bases: [shared] }, take: (scope, props) => new DataAccessTrail(scope, 'X', props) },
};

/** Interfaces that are tried as part of others, or that the library gives and does not take. */
const ELSEWHERE: { readonly [name: string]: string } = {
  LifecycleFeatureOptions: 'part of NotebookLifecycleProps',
  MlComplianceChecksProps: 'two switches of a plugin, which has no place in the tree',
  MlComplianceRule: 'given',
  MlCostByUse: 'given',
  MlCostItem: 'given',
  MlNetworkOptions: 'part of MlNetworkProps',
  MlSharingComparison: 'given',
  MlUnpricedCost: 'given',
  ObjectLockOptions: 'part of MlStorageProps',
  PackageOptions: 'part of NotebookLifecycleProps',
};

/** Values that no prop takes all of. */
const WRONG: readonly (readonly [name: string, value: unknown])[] = [
  ['null', null],
  ['{}', {}],
  ['[]', []],
  ['[null]', [null]],
  ['{a: null}', { a: null }],
  ['NaN', Number.NaN],
  ['-1', -1],
  ["''", ''],
  ["'text'", 'text'],
  ['true', true],
  ['a function', () => 'text'],
  ['a deploy-time text', Token.asString({ Ref: 'Text' })],
  ['a deploy-time number', Token.asNumber({ Ref: 'Number' })],
  ['a construct', new Construct(stack, 'Something')],
  ['a duration', after],
];

describe('a value of a wrong type is accepted or refused in the form of all errors, as', () => {
  let count = 0;
  let tried = 0;
  const scope = () => new Construct(stack, `Case${count++}`);
  const propsOf = (fqn: string): string[] => {
    const type = assembly.types?.[fqn];
    const own = (type?.properties ?? []).map(({ name }) => name);
    return [...own, ...(type?.interfaces ?? []).flatMap(propsOf)];
  };

  test('is asked of every interface of props that the library takes', () => {
    const taken = Object.values(assembly.types ?? {})
      .filter(({ datatype }) => datatype)
      .map(({ name }) => name);

    expect(taken.filter((name) => !(name in SUBJECTS) && !(name in ELSEWHERE))).toEqual([]);
  });

  test.each(Object.entries(SUBJECTS))('a prop of %s', (name, { valid = {}, take }) => {
    const props = propsOf(`${assembly.name}.${name}`);
    expect(props.length).toBeGreaterThan(0);
    expect(() => take(scope(), { ...valid })).not.toThrow();

    const wrong = props.flatMap((prop) =>
      [...WRONG, ['undefined', undefined] as const].map(
        ([words, value]) => [`${prop}: ${words}`, { ...valid, [prop]: value }] as const,
      ),
    );
    expect(unlike(wrong, take)).toEqual([]);
  });

  test.each(Object.entries(SUBJECTS))('%s as a whole', (_name, { take }) => {
    expect(unlike([...WRONG, ['undefined', undefined]], take)).toEqual([]);
  });

  test('what factories take', () => {
    const factories: { readonly [name: string]: (value: Props) => unknown } = {
      'MlInstanceType.of': (value) => new MlNotebook(scope(), 'X', { shared, instanceType: MlInstanceType.of(value) }),
      'CodeSource.git': (value) => new MlNotebook(scope(), 'X', { shared, codeRepositories: [CodeSource.git(value)] }),
      'CodeSource.codeCommit': (value) =>
        new MlNotebook(scope(), 'X', { shared, codeRepositories: [CodeSource.codeCommit(value)] }),
      'MlService.of': (value) => new MlNetwork(scope(), 'X', { services: [MlService.of(value, value)] }),
      'MlEnvironment.set': (value) => MlEnvironment.set(scope(), value),
      'NotebookSchedule.on': (value) =>
        new MlNotebook(scope(), 'X', { shared, schedule: NotebookSchedule.on(value, { start: '08:00' }) }),
      'LifecycleStep.script': (value) => lifecycle(scope(), { onStart: [LifecycleStep.script(value, value)] }),
      'LifecycleStep.script, text': (value) => lifecycle(scope(), { onStart: [LifecycleStep.script('a', value)] }),
      'LifecycleStep.file': (value) => lifecycle(scope(), { onStart: [LifecycleStep.file('a', value)] }),
      'PackageIndex.url': (value) => lifecycle(scope(), { packageIndex: PackageIndex.url(value) }),
      'S3Sync.fromBucket': (value) => lifecycle(scope(), { sync: [S3Sync.fromBucket(value, { folder: 'a' })] }),
      'FileSystemMount.s3': (value) => lifecycle(scope(), { mounts: [FileSystemMount.s3(value, { folder: 'a' })] }),
    };
    const wrong = Object.entries(factories).map(([name, take]) => [name, unlike(WRONG, (_, value) => take(value))]);
    expect(Object.fromEntries(wrong.filter(([, found]) => found.length > 0))).toEqual({});
  });

  afterAll(() => writeFigures('types', { wrongTypes: tried }));

  /** What ends in an error of another form. */
  function unlike(cases: readonly (readonly [string, unknown])[], take: Subject['take']): string[] {
    return cases.flatMap(([words, value]) => {
      tried += 1;
      const error = thrownBy(() => take(scope(), value));
      return error === undefined || REFUSAL.test(error.message) ? [] : [`${words}: ${error.message.slice(0, 90)}`];
    });
  }
});

test('every subject is an interface of the API', () => {
  const names = typesOf(assembly).map(({ name }) => name);

  expect(Object.keys(SUBJECTS).filter((name) => !names.includes(name))).toEqual([]);
});
