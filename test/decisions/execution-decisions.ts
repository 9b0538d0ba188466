import { type Decision, decisions } from './decision';
import { CREATED, tags, without } from './requests';
import type { Scene } from './scene';

const HOME = 'eu-central-1:111122223333';
const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const WRITE = ['s3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'];
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
const NETWORK = ['ec2:CreateNetworkInterface', 'ec2:CreateNetworkInterfacePermission', 'ec2:DeleteNetworkInterface'];
const SYNC = ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'];
const RUNS = [
  'sagemaker:DescribePipelineExecution',
  'sagemaker:ListPipelineExecutionSteps',
  'sagemaker:StopPipelineExecution',
];
const STEP_FUNCTIONS = `arn:aws:events:${HOME}:rule/StepFunctionsGetEventsForSageMaker`;
const below = (prefix: string) => ({ 's3:prefix': prefix });

/** What roles for jobs, models and pipelines may do, and what is left to others. */
export function executionDecisions(scene: Scene): Decision[] {
  return [
    ...runtimeDecisions(),
    ...dataOfJobs(),
    ...dataOfModels(),
    ...keyDecisionsOfRoles(),
    ...pipelineDecisions(scene),
    ...nothingElse(scene),
  ];
}

/** Logs, metrics, images and network are the same for jobs and models. */
function runtimeDecisions(): Decision[] {
  const running = ['alice-job@dev', 'team-job@dev', 'guest-job@dev', 'alice-model@dev', 'guest-model@dev'];
  return decisions([
    [running, 'may', LOGS, `arn:aws:logs:${HOME}:log-group:/aws/sagemaker/TrainingJobs:log-stream:a`],
    [running, 'may not', LOGS, `arn:aws:logs:${HOME}:log-group:/aws/lambda/a:log-stream:a`],
    [running, 'may not', LOGS, 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/a:log-stream:a'],
    [
      running,
      'may not',
      ['logs:GetLogEvents', 'logs:DeleteLogStream'],
      `arn:aws:logs:${HOME}:log-group:/aws/sagemaker/a:log-stream:a`,
    ],
    [running, 'may', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': '/aws/sagemaker/TrainingJobs' }],
    [running, 'may not', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'billing' }],
    [running, 'may not', 'cloudwatch:PutMetricData', '*'],
    [
      running,
      'may not',
      ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
      `arn:aws:cloudwatch:${HOME}:alarm:a`,
    ],
    [running, 'may', 'ecr:GetAuthorizationToken', '*'],
    [running, 'may', PULL, [`arn:aws:ecr:${HOME}:repository/a`, 'arn:aws:ecr:eu-central-1:492215442770:repository/x']],
    [running, 'may not', PULL, 'arn:aws:ecr:us-east-1:111122223333:repository/a'],
    [running, 'may not', ['ecr:PutImage', 'ecr:SetRepositoryPolicy'], `arn:aws:ecr:${HOME}:repository/a`],
    [running, 'may not', 'ecr:PutRegistryPolicy', '*'],
    [running, 'may', NETWORK, `arn:aws:ec2:${HOME}:network-interface/eni-1`],
    [running, 'may not', 'ec2:ModifyNetworkInterfaceAttribute', `arn:aws:ec2:${HOME}:network-interface/eni-1`],
    [running, 'may not', 'ec2:AuthorizeSecurityGroupEgress', `arn:aws:ec2:${HOME}:security-group/sg-1`],
  ]);
}

function dataOfJobs(): Decision[] {
  const own = ['datasets', 'models', 'artifacts'].map((bucket) => `dev/${bucket}/users/alice/a`);
  return decisions([
    ['alice-job@dev', 'may', [...READ, ...WRITE], own],
    ['alice-job@dev', 'may', READ, ['dev/datasets/raw/a', 'dev/models/shared/bob/a', 'dev/artifacts/code/a']],
    ['alice-job@dev', 'may', WRITE, 'dev/models/shared/alice/a'],
    ['team-job@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/team/a'],
    ['guest-job@dev', 'may', [...READ, ...WRITE], 'dev/datasets/users/guest/a'],
    ['alice-job@prod', 'may', [...READ, ...WRITE], 'prod/datasets/users/alice/a'],
    ['alice-job@dev', 'may', 's3:ListBucket', 'dev/datasets', below('users/alice/')],
    ['alice-job@dev', 'may', 's3:GetBucketLocation', 'dev/datasets'],

    ['alice-job@dev', 'may not', [...READ, ...WRITE], ['dev/datasets/users/bob/a', 'dev/datasets/users/alice-b/a']],
    [['alice-b-job@dev', 'team-job@dev', 'guest-job@dev'], 'may not', [...READ, ...WRITE], own],
    ['alice-job@dev', 'may not', WRITE, ['dev/datasets/raw/a', 'dev/models/shared/bob/a', 'dev/models/production/a']],
    ['alice-job@dev', 'may not', READ, ['dev/datasets/other/a', 'dev/datasets/a', 'dev/accesslogs/a']],
    ['alice-job@dev', 'may not', 's3:ListBucket', ['dev/datasets', 'dev/models']],
    ['alice-job@dev', 'may not', 's3:ListBucket', 'dev/datasets', below('users/bob/')],
    ['alice-job@dev', 'may not', 's3:ListBucket', 'dev/datasets', below('users/')],
    ['alice-job@dev', 'may not', 's3:ListBucketVersions', 'dev/datasets', below('users/alice/')],
    ['alice-job@dev', 'may not', ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucket'], 'dev/datasets'],
    ['alice-job@dev', 'may not', ['s3:DeleteObjectVersion', 's3:PutObjectAcl', 's3:PutObjectTagging'], own[0]],
    ['alice-job@dev', 'may not', [...READ, ...WRITE], ['prod/datasets/users/alice/a', 'far/datasets/users/alice/a']],
    ['alice-job@dev', 'may not', READ, ['prod/datasets/shared/alice/a', 'far/datasets/raw/a']],
    [['alice-job@prod', 'alice-job@far'], 'may not', [...READ, ...WRITE], own],
    ['alice-job@dev', 'may not', ['s3:ListBucket', 's3:GetBucketLocation'], 'prod/datasets', below('users/alice/')],
    ['alice-job@dev', 'may not', 's3:GetObject', ['assets/bundle', 'assets/bucket/other.zip']],
    ['alice-job@dev', 'may not', ['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::bucket-of-my-own/a'],
    ['alice-job@dev', 'may not', 's3:CreateBucket', 'arn:aws:s3:::bucket-of-my-own'],
  ]);
}

/** A model reads models. What it learns from requests it can tell nobody through a bucket. */
function dataOfModels(): Decision[] {
  const team = ['trained', 'artifacts', 'experiments', 'production'].map((area) => `dev/models/${area}/a`);
  const listed = ['users/alice/', 'shared/', 'production/'];
  return decisions([
    ['alice-model@dev', 'may', READ, ['dev/models/users/alice/a', 'dev/models/shared/bob/a', ...team]],
    [['team-model@dev', 'guest-model@dev'], 'may', READ, team],
    ['guest-model@dev', 'may', READ, 'dev/models/users/guest/a'],
    ['alice-model@prod', 'may', READ, 'prod/models/users/alice/a'],
    ...listed.map((prefix) => ['alice-model@dev', 'may', 's3:ListBucket', 'dev/models', below(prefix)] as const),
    ['alice-model@dev', 'may', 's3:GetBucketLocation', 'dev/models'],

    ['alice-model@dev', 'may not', WRITE, ['dev/models/users/alice/a', 'dev/models/shared/alice/a', ...team]],
    [
      'alice-model@dev',
      'may not',
      [...READ, ...WRITE],
      ['dev/datasets/users/alice/a', 'dev/datasets/raw/a', 'dev/artifacts/users/alice/a', 'dev/artifacts/code/a'],
    ],
    ['alice-model@dev', 'may not', READ, ['dev/models/users/bob/a', 'dev/models/users/alice-b/a', 'dev/models/a']],
    ['alice-b-model@dev', 'may not', READ, 'dev/models/users/alice/a'],
    [
      'alice-model@dev',
      'may not',
      READ,
      ['prod/models/users/alice/a', 'prod/models/production/a', 'far/models/shared/a'],
    ],
    [['alice-model@prod', 'alice-model@far'], 'may not', READ, ['dev/models/users/alice/a', 'dev/models/production/a']],
    ['alice-model@dev', 'may not', ['s3:ListBucket', 's3:ListBucketVersions'], 'dev/models'],
    ['alice-model@dev', 'may not', ['s3:ListBucketVersions'], 'dev/models', below('users/alice/')],
    ['alice-model@dev', 'may not', 's3:ListBucket', 'dev/models', below('users/bob/')],
    ['alice-model@dev', 'may not', 's3:ListBucket', 'dev/models', below('users/')],
    ['alice-model@dev', 'may not', ['s3:ListBucket', 's3:GetBucketLocation'], 'dev/datasets', below('users/alice/')],
    ['alice-model@dev', 'may not', ['s3:GetBucketPolicy', 's3:PutBucketPolicy'], 'dev/models'],
    ['alice-model@dev', 'may not', ['s3:GetObjectAcl', 's3:DeleteObjectVersion'], 'dev/models/users/alice/a'],
    ['alice-model@dev', 'may not', 's3:GetObject', 'dev/models/users/alice/a', { 'aws:SecureTransport': 'false' }],
  ]);
}

function keyDecisionsOfRoles(): Decision[] {
  const s3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const sagemaker = { 'kms:ViaService': 'sagemaker.eu-central-1.amazonaws.com' };
  const forAws = { 'kms:GrantIsForAWSResource': 'true' };
  const running = ['alice-job@dev', 'alice-model@dev'];
  const roles = [...running, 'alice-pipeline@dev'];
  return decisions([
    [running, 'may', 'kms:Decrypt', 'dev/key', s3],
    ['alice-job@dev', 'may', 'kms:GenerateDataKey', 'dev/key', s3],
    ['alice-model@dev', 'may not', 'kms:GenerateDataKey', 'dev/key', s3],
    ['alice-pipeline@dev', 'may not', ['kms:Decrypt', 'kms:GenerateDataKey'], 'dev/key', s3],
    [roles, 'may not', ['kms:Decrypt', 'kms:GenerateDataKey'], 'dev/key'],
    [roles, 'may not', ['kms:Decrypt', 'kms:GenerateDataKey'], 'dev/key', sagemaker],
    [roles, 'may not', ['kms:Decrypt', 'kms:GenerateDataKey'], ['prod/key', 'far/key'], s3],
    [
      roles,
      'may not',
      ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'],
      'dev/key',
      s3,
    ],
    [roles, 'may', 'kms:CreateGrant', 'dev/key', { ...sagemaker, ...forAws }],
    [roles, 'may not', 'kms:CreateGrant', 'dev/key', sagemaker],
    [roles, 'may not', 'kms:CreateGrant', 'dev/key', forAws],
    [
      roles,
      'may not',
      'kms:CreateGrant',
      'dev/key',
      { ...forAws, 'kms:ViaService': 'sagemaker.us-east-1.amazonaws.com' },
    ],
    [roles, 'may not', 'kms:Decrypt', 'dev/key', { 'kms:ViaService': 's3.us-east-1.amazonaws.com' }],
    [roles, 'may not', 'kms:CreateGrant', 'prod/key', { ...sagemaker, ...forAws }],
    [
      roles,
      'may not',
      ['kms:RevokeGrant', 'kms:RetireGrant', 'kms:DisableKey'],
      'dev/key',
      { ...sagemaker, ...forAws },
    ],
  ]);
}

/** A pipeline does with jobs what its owner does, waits for them, and reaches no data. */
function pipelineDecisions(scene: Scene): Decision[] {
  const dev = scene.network('dev');
  const of = (owner: string, base = 'dev') => tags('aws:ResourceTag', owner, scene.baseName(base));
  const job = {
    ...tags('aws:RequestTag', 'alice', scene.baseName('dev')),
    'sagemaker:VpcSubnets': dev.subnets,
    'sagemaker:VpcSecurityGroupIds': [dev.securityGroup],
  };
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const mine = ['alice', 'alice-job', 'alice-model', 'alice-pipeline'].map((name) => `role/${name}@dev`);
  const others = ['bob@dev', 'bob-job@dev', 'alice-b-job@dev', 'team-job@dev', 'alice-job@prod', 'alice-job@far'];
  const rules = ['TrainingJobs', 'ProcessingJobs', 'TuningJobs'].map((jobs) => `${STEP_FUNCTIONS}${jobs}Rule`);
  const pipeline = 'dev/pipeline/a';
  const run = 'dev/pipeline/a/execution/b';
  return [
    ...Object.entries(CREATED).flatMap(([action, type]) =>
      decisions([
        ['alice-pipeline@dev', 'may', action, `dev/${type}/a`, job],
        ['alice-pipeline@dev', 'may not', action, `dev/${type}/a`, without(job, 'sagemaker:VpcSubnets')],
        ['alice-pipeline@dev', 'may not', action, `dev/${type}/a`, without(job, 'aws:RequestTag/ml-owner')],
        ['alice-pipeline@dev', 'may not', action, `dev/${type}/a`, { ...job, 'aws:RequestTag/ml-owner': 'bob' }],
        [['bob-pipeline@dev', 'alice-pipeline@prod', 'alice-pipeline@far'], 'may not', action, `dev/${type}/a`, job],
        ['alice-pipeline@dev', 'may', 'sagemaker:ListTags', `dev/${type}/a`, of('alice')],
        ['alice-pipeline@dev', 'may not', 'sagemaker:ListTags', `dev/${type}/a`, of('bob')],
        ['alice-pipeline@dev', 'may not', 'sagemaker:ListTags', `dev/${type}/a`, of('alice', 'prod')],
        ['alice-pipeline@dev', 'may not', 'sagemaker:ListTags', `far/${type}/a`, of('alice')],
        ['alice-pipeline@dev', 'may not', ['sagemaker:ListTags', 'sagemaker:DeleteTags'], `dev/${type}/a`],
      ]),
    ),
    ...decisions([
      ['alice-pipeline@dev', 'may', 'iam:PassRole', mine, sagemaker],
      ['alice-pipeline@dev', 'may not', 'iam:PassRole', mine],
      ['alice-pipeline@dev', 'may not', 'iam:PassRole', mine, { 'iam:PassedToService': 'states.amazonaws.com' }],
      ['alice-pipeline@dev', 'may not', 'iam:PassRole', others.map((name) => `role/${name}`), sagemaker],
      [['alice-job@dev', 'alice-model@dev'], 'may not', 'iam:PassRole', [...mine, 'role/bob@dev'], sagemaker],

      [['alice-pipeline@dev', 'team-pipeline@dev', 'guest-pipeline@dev'], 'may', SYNC, rules],
      ['alice-pipeline@dev', 'may not', SYNC, [`${STEP_FUNCTIONS}Rule`, `arn:aws:events:${HOME}:rule/a`]],
      ['alice-pipeline@dev', 'may not', SYNC, rules[0].replace('eu-central-1', 'us-east-1')],
      ['alice-pipeline@dev', 'may not', ['events:DeleteRule', 'events:RemoveTargets', 'events:DisableRule'], rules],
      ['alice-pipeline@dev', 'may not', 'events:PutEvents', `arn:aws:events:${HOME}:event-bus/default`],

      ['alice-pipeline@dev', 'may', RUNS, run, of('alice')],
      ['alice-pipeline@dev', 'may', 'sagemaker:StartPipelineExecution', pipeline, of('alice')],
      ['alice-pipeline@dev', 'may not', RUNS, run, of('bob')],
      ['alice-pipeline@dev', 'may not', RUNS, run, of('alice', 'prod')],
      ['alice-pipeline@dev', 'may not', RUNS, [run, 'far/pipeline/a/execution/b']],
      ['alice-pipeline@dev', 'may not', RUNS, 'far/pipeline/a/execution/b', of('alice')],
      ['alice-pipeline@dev', 'may not', 'sagemaker:StartPipelineExecution', pipeline, of('bob')],
      [
        'alice-pipeline@dev',
        'may not',
        'sagemaker:StartPipelineExecution',
        pipeline,
        without(of('alice'), 'aws:ResourceTag/ml-base'),
      ],
      [
        'alice-pipeline@dev',
        'may not',
        'sagemaker:StartPipelineExecution',
        pipeline,
        without(of('alice'), 'aws:ResourceTag/ml-owner'),
      ],
      [
        'alice-pipeline@dev',
        'may not',
        ['sagemaker:UpdatePipeline', 'sagemaker:DeletePipeline'],
        pipeline,
        of('alice'),
      ],
      ['alice-pipeline@dev', 'may not', 'sagemaker:ListTags', ['dev/notebook/alice', pipeline], of('alice')],
      [
        'alice-pipeline@dev',
        'may not',
        READ,
        ['dev/datasets/users/alice/a', 'dev/artifacts/shared/alice/a', 'dev/datasets/raw/a'],
      ],
      ['alice-pipeline@dev', 'may not', WRITE, ['dev/datasets/users/alice/a', 'dev/models/users/alice/a']],
      ['alice-pipeline@dev', 'may not', 's3:ListBucket', 'dev/datasets', below('users/alice/')],
    ]),
  ];
}

/** What runs unattended starts nothing but what it is for, and knows no notebook. */
function nothingElse(scene: Scene): Decision[] {
  const roles = ['alice-job@dev', 'alice-model@dev', 'alice-pipeline@dev', 'team-pipeline@dev'];
  const running = roles.slice(0, 2);
  const dev = scene.network('dev');
  const good = {
    ...tags('aws:RequestTag', 'alice', scene.baseName('dev')),
    ...tags('aws:ResourceTag', 'alice', scene.baseName('dev')),
    'sagemaker:VpcSubnets': dev.subnets,
    'sagemaker:VpcSecurityGroupIds': [dev.securityGroup],
  };
  const notebook = ['Describe', 'Start', 'Stop', 'Delete', 'Update'].map((verb) => `sagemaker:${verb}NotebookInstance`);
  const role = ['AttachRolePolicy', 'PutRolePolicy', 'TagRole', 'GetRole', 'DeleteRolePermissionsBoundary'];
  return decisions([
    ...Object.entries(CREATED).map(([action, type]) => [running, 'may not', action, `dev/${type}/a`, good] as const),
    [
      running,
      'may not',
      ['sagemaker:DescribeTrainingJob', 'sagemaker:StopTrainingJob', 'sagemaker:AddTags', 'sagemaker:ListTags'],
      'dev/training-job/a',
      { ...good, 'sagemaker:TaggingAction': 'CreateTrainingJob' },
    ],
    [running, 'may not', [...RUNS], 'dev/pipeline/a/execution/b', good],
    [roles, 'may not', [...notebook, 'sagemaker:CreatePresignedNotebookInstanceUrl'], 'dev/notebook/alice'],
    [roles, 'may not', 'sagemaker:CreateNotebookInstance', 'dev/notebook-instance/a', good],
    [roles, 'may not', ['sagemaker:CreateModel', 'sagemaker:DeleteModel'], 'dev/model/a', good],
    [roles, 'may not', ['sagemaker:CreateEndpoint', 'sagemaker:InvokeEndpoint'], 'dev/endpoint/a', good],
    [roles, 'may not', 'sagemaker:CreateTransformJob', 'dev/transform-job/a', good],
    [roles, 'may not', 'sagemaker:ListTrainingJobs', '*'],
    [roles, 'may not', role.map((action) => `iam:${action}`), ['role/alice-job@dev', 'role/alice@dev']],
    [roles, 'may not', ['iam:CreateRole', 'iam:CreateServiceLinkedRole'], 'arn:aws:iam::111122223333:role/new'],
    [roles, 'may not', 'sts:AssumeRole', ['role/alice@dev', 'role/bob-job@dev', 'role/scientist']],
    [roles, 'may not', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${HOME}:secret:a-123456`],
    [roles, 'may not', 'ssm:PutParameter', `arn:aws:ssm:${HOME}:parameter/ml-infra/dev/base-name`],
    [roles, 'may not', 'lambda:InvokeFunction', `arn:aws:lambda:${HOME}:function:a`],
    [roles, 'may not', 'states:StartExecution', `arn:aws:states:${HOME}:stateMachine:a`],
  ]);
}
