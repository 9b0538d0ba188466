import { App, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  FileSystemMount,
  type GitRepository,
  type IdleStopOptions,
  LifecycleFeature,
  LifecycleStep,
  MlInstanceType,
  MlNotebook,
  MlNotebookFleet,
  type MlNotebookFleetProps,
  MlSharedInfra,
  NotebookAlarms,
  NotebookBoundary,
  NotebookLifecycle,
  type NotebookLifecycleProps,
  type NotebookOptions,
  NotebookSchedule,
  PackageIndex,
  S3Sync,
  SageMakerLogRetention,
  type SecretVariable,
} from '../src';
import { expectRefusal, writeFigures } from './bad-input';

type Lifecycle = Omit<NotebookLifecycleProps, 'shared'>;

const s65 = 'a'.repeat(65);
const sha256 = '0'.repeat(64);

describe('an input of a feature that cannot work is refused with path, prop, rule and value:', () => {
  const stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-central-1' } });
  const shared = new MlSharedInfra(stack, 'Shared');
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'courses');
  const own = shared.storage.datasets;
  const again = s3.Bucket.fromBucketArn(stack, 'Again', own.bucketArn);
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'team/token');
  const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::222222222222:role/other');
  let count = 0;
  const next = () => `x${count++}`;
  const idle = (options: Partial<IdleStopOptions>): Lifecycle => ({ idle: { after: Duration.hours(1), ...options } });

  const lifecycles: [prop: string, got: string, props: Lifecycle][] = [
    ['idleStop', '4 minutes', { idleStop: Duration.minutes(4) }],
    ['idle.warnBefore', '2 hours 1 minute', idle({ warnBefore: Duration.minutes(121) })],
    ['idle.cpuThreshold', '0', idle({ cpuThreshold: 0 })],
    ['idle.cpuThreshold', '101', idle({ cpuThreshold: 101 })],
    ['idle.processCpuThreshold', '10001', idle({ processCpuThreshold: 10_001 })],
    ['idle.gpuThreshold', '-1', idle({ gpuThreshold: -1 })],
    ['idle.keepAliveFor', '1 day 1 minute', idle({ keepAliveFor: Duration.minutes(1_441) })],
    ['idle.keepAliveFile', '/etc/passwd', idle({ keepAliveFile: '/etc/passwd' })],
    ['idle.keepAliveFile', '~/../x', idle({ keepAliveFile: '~/../x' })],
    ['metrics.every', '30 seconds', { metrics: { every: Duration.seconds(30) } }],
    ['environmentVariables', 'A B', { environmentVariables: { 'A B': '' } }],
    ['environmentVariables', 'PATH', { environmentVariables: { PATH: '' } }],
    ['secrets', 'A-B', { secrets: { 'A-B': { secret } } }],
    ['certificateBundle', 'no-such-file.pem', { certificateBundle: 'no-such-file.pem' }],
    ['certificateBundle', 'package.json', { certificateBundle: 'package.json' }],
    ['proxy.httpsProxy', 'proxy:3128', { proxy: { httpsProxy: 'proxy:3128' } }],
    ['proxy.httpsProxy', 'http://***@proxy:3128', { proxy: { httpsProxy: 'http://user:word@proxy:3128' } }],
    ['proxy.noProxy[0]', 'a b', { proxy: { httpsProxy: 'http://proxy:3128', noProxy: ['a b'] } }],
    ['packageIndex', 'http://pypi.example.com', { packageIndex: PackageIndex.url('http://pypi.example.com') }],
    ['packageIndex.domain', 'T', { packageIndex: PackageIndex.codeArtifact({ domain: 'T', repository: 'pypi' }) }],
    ['pipPackages[0]', '-r x', { pipPackages: ['-r x'] }],
    ['pipPackages[0]', "'a\\nb'", { pipPackages: ['a\nb'] }],
    ['condaPackages[0]', "''", { condaPackages: [''] }],
    ['requirementsFile', 'none.txt', { requirementsFile: 'none.txt' }],
    ['kernelName', s65, { pipPackages: ['a'], kernelName: s65 }],
    ['git.userName', 'A <b>', { git: { userName: 'A <b>' } }],
    ['git.userEmail', 'nobody', { git: { userEmail: 'nobody' } }],
    ['git.credentials[0].host', 'https://a', { git: { credentials: [{ host: 'https://a', secret }] } }],
    ['git.repositories[0].url', 'git@a:b.git', { git: { repositories: [{ url: 'git@a:b.git' }] } }],
    ['git.repositories[0].folder', '../x', { git: { repositories: [{ url: 'https://a.b/c.git', folder: '../x' }] } }],
    ['jupyter.extensions[0]', 'black', { jupyter: { extensions: ['black'] } }],
    ['jupyter.settingsFile', 'none.json', { jupyter: { settingsFile: 'none.json' } }],
    ['codeServer', '[]', { codeServer: { bucket, key: 'a.tar.gz', sha256 } }],
    ['onStart', 'metrics', { metrics: {}, onStart: [LifecycleStep.script('metrics', 'true')] }],
    ['requiredFeatures', 'backup', { requiredFeatures: [LifecycleFeature.BACKUP] }],
    ['secrets.A', 'json_field', { secrets: { A: { secret, json_field: 'x' } as SecretVariable } }],
    ['git.repositories[0]', 'ur', { git: { repositories: [{ url: 'https://a.b/c.git', ur: '' } as GitRepository] } }],
    ['secrets', 'IFS', { secrets: { IFS: { secret } } }],
    [
      'folder',
      'team/a',
      {
        sync: [S3Sync.fromBucket(bucket, { folder: 'team' }), S3Sync.fromBucket(bucket, { folder: 'team/a' })],
      },
    ],
    ['sync[0].prefix', "''", { sync: [S3Sync.fromBucket(again, { folder: 'x' })] }],
    ['environment.variables.A', '?', { environmentVariables: { A: `${own.bucketName}?` } }],
    ['codeServer.sha256', 'abc', { codeServer: { bucket, key: 'a.tar.gz', sha256: 'abc' } }],
    ['codeServer.key', 'a.zip', { codeServer: { bucket, key: 'a.zip', sha256 } }],
    ['sync[0].folder', '../x', { sync: [S3Sync.fromBucket(bucket, { folder: '../x' })] }],
    ['sync[0].prefix', 'users/bob/', { sync: [S3Sync.fromBucket(own, { folder: 'x', prefix: 'users/bob/' })] }],
    ['mounts[0].folder', '/mnt', { mounts: [FileSystemMount.s3(bucket, { folder: '/mnt' })] }],
    ['backup.every', '30 minutes', { backup: { every: Duration.minutes(30) } }],
    ['spark.livyUrl', 'livy:8998', { spark: { livyUrl: 'livy:8998' } }],
    ['glueSessions.role', '222222222222', { glueSessions: { role } }],
    ['sessionManager.role', '222222222222', { sessionManager: { role } }],
  ];

  test.each(lifecycles)("lifecycle '%s' got %s", (prop, got, props) => {
    const id = next();
    expectRefusal(`Team/${id}`, prop, got, () => new NotebookLifecycle(stack, id, { shared, ...props }));
  });

  const notebooks: [prop: string, got: string, options: NotebookOptions][] = [
    ['maxUptime', '14 minutes', { maxUptime: Duration.minutes(14) }],
    ['maxUptime', '31 days', { maxUptime: Duration.days(31) }],
    ['schedule.start', '8:00', { schedule: NotebookSchedule.daily({ start: '8:00' }) }],
    ['idleStop', 'no lifecycle', { idleStop: Duration.hours(1) }],
    ['environmentVariables', 'A', { environmentVariables: { A: 'a' } }],
    ['gitUserName', 'no lifecycle', { gitUserName: 'A' }],
    ['restoreFrom', 'no lifecycle', { restoreFrom: 'a' }],
    ['project', 'a;b', { project: 'a;b' }],
  ];

  test.each(notebooks)("notebook '%s' got %s", (prop, got, options) => {
    const id = next();
    expectRefusal(`Team/${id}`, prop, got, () => new MlNotebook(stack, id, { shared, ...options }));
  });

  const fleets: [prop: string, got: string, props: Omit<MlNotebookFleetProps, 'shared'>][] = [
    ['stacks', '1', { stacks: 1 }],
    ['stacks', '101', { stacks: 101 }],
    ['stacks', '2.5', { stacks: 2.5 }],
    ['owners', 'alice', { owners: ['alice', 'alice'] }],
    ['notebooks.gpu', 'instance_type', { notebooks: { gpu: { instance_type: 'x' } as NotebookOptions } }],
    ['defaults.owner', 'alice', { defaults: { owner: 'alice' } }],
  ];

  test.each(fleets)("fleet '%s' got %s", (prop, got, props) => {
    const id = next();
    expectRefusal(`Team/${id}`, prop, got, () => new MlNotebookFleet(stack, id, { shared, ...props }));
  });

  test('a lifecycle with features of another base, and one from a synthesizer with a hostile prefix', () => {
    const other = new MlSharedInfra(stack, 'Other');
    const lifecycle = new NotebookLifecycle(stack, 'Elsewhere', { shared: other, metrics: {} });
    expectRefusal('Team/y', 'lifecycle', 'Team/Elsewhere', () => new MlNotebook(stack, 'y', { shared, lifecycle }));
    const synthesizer = new DefaultStackSynthesizer({ bucketPrefix: "a'; touch /tmp/x; '" });
    const hostile = new Stack(new App(), 'Hostile', { synthesizer });
    const base = new MlSharedInfra(hostile, 'Shared');
    expect(() => new NotebookLifecycle(hostile, 'L', { shared: base, idleStop: Duration.hours(1) })).toThrow(
      /^Hostile\/L: 'synthesizer' must be .+, got: a'; touch/,
    );
  });

  test('alarms, a boundary and log retention', () => {
    for (const diskUsedPercent of [0, 101, Number.NaN, Number.POSITIVE_INFINITY]) {
      const id = next();
      const define = () => new NotebookAlarms(stack, id, { shared, diskUsedPercent });
      expectRefusal(`Team/${id}`, 'diskUsedPercent', `${diskUsedPercent}`, define);
    }
    const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111111111111:alarms');
    expectRefusal('Team/a', 'topic', 'one of eu-west-1', () => new NotebookAlarms(stack, 'a', { shared, topic }));
    const instanceTypes = [MlInstanceType.of('m5.large')];
    expect(() => new NotebookBoundary(stack, 'b', { shared, instanceTypes })).toThrow(/^Team\/b: 'instanceTypes/);
    expectRefusal(
      'Team/c',
      'retention',
      '42',
      () => new SageMakerLogRetention(stack, 'c', { retention: 42 as logs.RetentionDays }),
    );
  });

  afterAll(() => writeFigures('features'));
});
