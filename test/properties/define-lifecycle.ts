import { join } from 'node:path';
import { ArnFormat, Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import {
  FileSystemMount,
  type IMlSharedInfra,
  LifecyclePhase,
  LifecycleStep,
  LifecycleUser,
  NotebookLifecycle,
  PackageIndex,
  S3Sync,
  StepFailure,
} from '../../src';
import type { Feature, LifecyclePlan, StepPlan } from './plan';

const FIXTURES = join(__dirname, '..', 'assets', 'notebook', 'lifecycle', 'everything');

/** The services that some feature needs, which a published base has to be said to have. */
export const SERVICES_OF_FEATURES = [
  'ATHENA',
  'CLOUDWATCH_MONITORING',
  'CODEARTIFACT_API',
  'CODEARTIFACT_REPOSITORIES',
  'CODECOMMIT',
  'CODECOMMIT_GIT',
  'GLUE',
  'SECRETS_MANAGER',
  'SSM',
  'SSM_MESSAGES',
  'SSM_NODES',
  'AMAZON_LINUX',
] as const;

/** A lifecycle of a plan. */
export function defineLifecycle(stack: Stack, id: string, shared: IMlSharedInfra, plan: LifecyclePlan) {
  const has = (feature: Feature) => plan.features.includes(feature);
  const when = <T>(feature: Feature, define: () => T) => (has(feature) ? define() : undefined);
  const secret = () => neighbour(stack, 'Secret', importSecret);
  const courses = () => neighbour(stack, 'Courses', (scope, name) => s3.Bucket.fromBucketName(scope, name, 'courses'));
  const peer = () => neighbour(stack, 'Peer', importGroup);
  const after = plan.idleMinutes === undefined ? undefined : Duration.minutes(plan.idleMinutes);
  const mounts = [
    when('mount-efs', () => FileSystemMount.efs(neighbour(stack, 'Efs', importEfs), { folder: 'team' })),
    when('mount-lustre', () =>
      FileSystemMount.fsxLustre(neighbour(stack, 'Lustre', importLustre), { folder: 'fast', mountName: 'abcdef12' }),
    ),
    when('mount-s3', () => FileSystemMount.s3(courses(), { prefix: 'data/', folder: 'courses' })),
  ].filter((mount) => mount !== undefined);
  return new NotebookLifecycle(stack, id, {
    shared,
    idleStop: plan.fineIdle ? undefined : after,
    idle: plan.fineIdle && after ? { after, checkEvery: Duration.minutes(10), countOpenTabs: true } : undefined,
    onStart: plan.onStart.map(step),
    onCreate: plan.onCreate.map(step),
    environmentVariables: plan.variables,
    pipPackages: plan.pipPackages,
    condaPackages: plan.condaPackages,
    certificateBundle: when('certificates', () => join(FIXTURES, 'ca.pem')),
    proxy: when('proxy', () => ({ httpsProxy: 'http://proxy.example.com:3128', noProxy: ['.example.com'] })),
    packageIndex:
      when('code-artifact', () => PackageIndex.codeArtifact({ domain: 'team', repository: 'pypi' })) ??
      when('package-url', () => PackageIndex.url('https://pypi.example.com/simple', { secret: secret() })),
    secrets: when('secrets', () => ({ TOKEN: { secret: secret(), jsonField: 'token' } })),
    persistentHome: has('persistent-home'),
    git: when('git', () => ({
      userName: 'Team',
      credentials: [{ host: 'git.example.com', secret: secret() }],
      repositories: [{ url: 'https://git.example.com/team/models.git' }],
    })),
    jupyter: has('jupyter') || has('code-server') ? { extensions: ['jupyter-server-proxy==4.6.0'] } : undefined,
    codeServer: when('code-server', () => ({ bucket: courses(), key: 'code.tar.gz', sha256: '0'.repeat(64) })),
    dockerOnVolume: has('docker'),
    metrics: when('metrics', () => ({ every: Duration.minutes(10) })),
    spark: when('spark', () => ({ livyUrl: 'http://livy.example.com:8998', peer: peer() })),
    sessionManager: when('session-manager', () => ({ role: serviceRole(stack, 'Node', 'ssm.amazonaws.com') })),
    mounts,
    sync: when('sync', () => [
      S3Sync.fromBucket(courses(), {
        prefix: 'lab/',
        folder: 'lab',
        replace: { '<Key>': shared.encryptionKey.keyArn },
      }),
    ]),
    backup: when('backup', () => ({ every: Duration.days(2) })),
    glueSessions: when('glue', () => ({ role: serviceRole(stack, 'Glue', 'glue.amazonaws.com') })),
  });
}

/** The construct of an id in a stack: defined at the first call. */
export function neighbour<T>(stack: Stack, id: string, define: (stack: Stack, id: string) => T): T {
  const found = NEIGHBOURS.get(stack) ?? new Map<string, unknown>();
  NEIGHBOURS.set(stack, found);
  if (!found.has(id)) {
    found.set(id, define(stack, id));
  }
  return found.get(id) as T;
}

const NEIGHBOURS = new WeakMap<Stack, Map<string, unknown>>();

/** A role of the app's own, which only resources of its account may use. */
export function serviceRole(stack: Stack, id: string, service: string): iam.Role {
  const conditions = { StringEquals: { 'aws:SourceAccount': stack.account } };
  return neighbour(
    stack,
    id,
    (scope) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal(service, { conditions }) }),
  );
}

/** A secret that another team keeps. */
export function importSecret(stack: Stack, id: string): secretsmanager.ISecret {
  const arn = stack.formatArn({
    service: 'secretsmanager',
    resource: 'secret',
    resourceName: 'team/token-AbCdEf',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return secretsmanager.Secret.fromSecretCompleteArn(stack, id, arn);
}

function importGroup(stack: Stack, id: string): ec2.ISecurityGroup {
  return ec2.SecurityGroup.fromSecurityGroupId(stack, id, 'sg-0123456789abcdef0');
}

function importEfs(stack: Stack, id: string): efs.IFileSystem {
  const securityGroup = neighbour(stack, 'Peer', importGroup);
  return efs.FileSystem.fromFileSystemAttributes(stack, id, { fileSystemId: 'fs-01234567', securityGroup });
}

function importLustre(stack: Stack, id: string): fsx.IFileSystem {
  return fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, id, {
    dnsName: 'fs.example.com',
    fileSystemId: 'fs-01234567890123456',
    securityGroup: neighbour(stack, 'Peer', importGroup),
  });
}

function step({ name, text, blocking, root, seconds }: StepPlan): LifecycleStep {
  return LifecycleStep.script(name, text, {
    phase: blocking ? LifecyclePhase.BLOCKING : LifecyclePhase.BACKGROUND,
    user: root ? LifecycleUser.ROOT : LifecycleUser.EC2_USER,
    timeout: seconds === undefined ? undefined : Duration.seconds(seconds),
    onFailure: blocking ? StepFailure.STOP : StepFailure.CONTINUE,
  });
}
