// A lifecycle with every feature at once. As a program it synthesizes into the folder that it is told.
const path = require('node:path');
const { App, Duration, Stack } = require('aws-cdk-lib');
const efs = require('aws-cdk-lib/aws-efs');
const ec2 = require('aws-cdk-lib/aws-ec2');
const fsx = require('aws-cdk-lib/aws-fsx');
const iam = require('aws-cdk-lib/aws-iam');
const s3 = require('aws-cdk-lib/aws-s3');
const secretsmanager = require('aws-cdk-lib/aws-secretsmanager');
const {
  FileSystemMount,
  LifecyclePhase,
  LifecycleStep,
  LifecycleUser,
  MlSharedInfra,
  NotebookLifecycle,
  PackageIndex,
  S3Sync,
} = require('cdk-ml-infra');

const SECRET_TEXT = 'plan-of-the-user $(touch x) `id` "\'';

function everything(stack, shared) {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(
    stack,
    'Secret',
    `arn:aws:secretsmanager:eu-central-1:111111111111:secret:team/token-AbCdEf`,
  );
  const bucket = s3.Bucket.fromBucketName(stack, 'Courses', 'courses-of-the-team');
  const role = (id, service) => new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal(service) });
  const peer = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Peer', 'sg-0123456789abcdef0');
  return new NotebookLifecycle(stack, 'Lifecycle', {
    shared,
    idle: { after: Duration.hours(2), dryRun: true },
    certificateBundle: path.join(__dirname, 'ca.pem'),
    proxy: { httpsProxy: 'http://proxy.example.com:3128', noProxy: ['.example.com'] },
    packageIndex: PackageIndex.codeArtifact({ domain: 'team', repository: 'pypi' }),
    environmentVariables: { STAGE: 'all', BUCKET: shared.storage.datasets.bucketName, PLAN: SECRET_TEXT },
    secrets: { TOKEN: { secret, jsonField: 'token' } },
    persistentHome: true,
    git: {
      userName: 'Team',
      userEmail: 'team@example.com',
      credentials: [{ host: 'git.example.com', secret }],
      repositories: [{ url: 'https://git.example.com/team/models.git' }],
    },
    jupyter: { theme: 'JupyterLab Dark', terminals: true, extensions: ['jupyter-server-proxy==4.6.0'] },
    dockerOnVolume: true,
    codeServer: { bucket, key: 'code-server.tar.gz', sha256: '0'.repeat(64) },
    metrics: {},
    spark: { livyUrl: 'http://livy.example.com:8998', peer },
    sessionManager: { role: role('Node', 'ssm.amazonaws.com') },
    mounts: [
      FileSystemMount.efs(
        efs.FileSystem.fromFileSystemAttributes(stack, 'Efs', { fileSystemId: 'fs-01234567', securityGroup: peer }),
        { folder: 'team' },
      ),
      FileSystemMount.fsxLustre(
        fsx.LustreFileSystem.fromLustreFileSystemAttributes(stack, 'Fsx', {
          dnsName: 'fs.example.com',
          fileSystemId: 'fs-01234567890123456',
          securityGroup: peer,
        }),
        { folder: 'fast', mountName: 'abcdef12' },
      ),
      FileSystemMount.s3(bucket, { prefix: 'data/', folder: 'courses' }),
    ],
    sync: [
      S3Sync.fromBucket(bucket, {
        prefix: 'lab-1/',
        folder: 'lab',
        include: ['*.ipynb'],
        stripOutputs: true,
        replace: { '<Bucket>': shared.storage.datasets.bucketName },
      }),
    ],
    backup: {},
    requirementsFile: path.join(__dirname, 'requirements.txt'),
    pipPackages: ['lightgbm==4.6.0'],
    glueSessions: { role: role('Glue', 'glue.amazonaws.com') },
    onStart: [
      LifecycleStep.script('own', `echo ${JSON.stringify(SECRET_TEXT)}`),
      LifecycleStep.script('guard', 'true', { phase: LifecyclePhase.BLOCKING, user: LifecycleUser.ROOT }),
    ],
    onCreate: [LifecycleStep.script('once', 'true')],
  });
}

module.exports = { everything, SECRET_TEXT };

if (require.main === module) {
  const app = new App({ outdir: process.argv[2] });
  const stack = new Stack(app, 'Everything');
  everything(stack, new MlSharedInfra(stack, 'Shared'));
  app.synth();
}
