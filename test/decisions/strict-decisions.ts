import { type Decision, decisions } from './decision';
import { CREATED, foreign, tags, without } from './requests';
import type { Scene } from './scene';
import type { Context } from './simulator';

const HOME = 'eu-central-1:111122223333';
const ADMIN = 'admin@strict';
const [SUBNETS, GROUPS, TYPES, ISOLATION, TRAFFIC, RUNTIME, VOLUME, OUTPUT] = [
  'VpcSubnets',
  'VpcSecurityGroupIds',
  'InstanceTypes',
  'NetworkIsolation',
  'InterContainerTrafficEncryption',
  'MaxRuntimeInSeconds',
  'VolumeKmsKeyArn',
  'OutputKmsKeyArn',
].map((key) => `sagemaker:${key}`);
const BOTH = [ADMIN, 'loose@strict'];
const REGION = { 'aws:RequestedRegion': 'eu-central-1' };

/** One action of each service, on no resource in particular. */
const ABROAD = [
  'athena:ListWorkGroups',
  'cloudwatch:ListMetrics',
  'codeartifact:ListDomains',
  'codecommit:ListRepositories',
  'ec2:DescribeInstances',
  'ecr:GetAuthorizationToken',
  'elasticfilesystem:DescribeAccountPreferences',
  'events:ListRules',
  'glue:ListSessions',
  'kms:ListKeys',
  'logs:DescribeQueries',
  's3:ListAllMyBuckets',
  'sagemaker:ListModels',
  'secretsmanager:ListSecrets',
  'ssm:DescribeActivations',
  'states:ListStateMachines',
  'sts:GetServiceBearerToken',
];

/** What rules for jobs and the permissions boundary of a base leave. */
export function strictDecisions(scene: Scene): Decision[] {
  return [...ruleDecisions(scene), ...withinBoundary(scene), ...outOfBoundary(scene)];
}

/** Each rule, kept, broken and left out. */
function ruleDecisions(scene: Scene): Decision[] {
  const { subnets, securityGroup } = scene.network('strict');
  const good: Context = {
    ...REGION,
    ...tags('aws:RequestTag', 'alice', scene.baseName('strict')),
    [SUBNETS]: subnets,
    [GROUPS]: [securityGroup],
    [TYPES]: ['ml.m5.xlarge'],
    [ISOLATION]: 'true',
    [TRAFFIC]: 'true',
    [RUNTIME]: '28800',
    [VOLUME]: scene.target('strict/key').arn,
    [OUTPUT]: scene.target('strict/key').arn,
  };
  const broken: Context[] = [
    ...[SUBNETS, GROUPS, TYPES, ISOLATION, TRAFFIC, RUNTIME, VOLUME, OUTPUT].map((key) => without(good, key)),
    without(good, 'aws:RequestTag/ml-owner'),
    without(good, 'aws:RequestTag/ml-base'),
    { ...good, 'aws:RequestTag/ml-owner': 'bob' },
    { ...good, 'aws:RequestTag/ml-base': scene.baseName('dev') },
    { ...good, [SUBNETS]: scene.network('dev').subnets },
    { ...good, [GROUPS]: [scene.network('dev').securityGroup] },
    { ...good, [TYPES]: ['ml.p5.48xlarge'] },
    { ...good, [TYPES]: ['ml.m5.xlarge', 'ml.p5.48xlarge'] },
    { ...good, [ISOLATION]: 'false' },
    { ...good, [TRAFFIC]: 'false' },
    { ...good, [RUNTIME]: '28801' },
    { ...good, [VOLUME]: scene.target('dev/key').arn },
    { ...good, [OUTPUT]: scene.target('dev/key').arn },
    ...[VOLUME, OUTPUT].flatMap((key) =>
      foreign(scene.target('strict/key').arn).map((arn): Context => ({ ...good, [key]: arn })),
    ),
    { ...without(good, VOLUME), 'sagemaker:VolumeKmsKey': scene.target('strict/key').arn },
  ];
  const abroad = { ...good, 'aws:RequestedRegion': 'us-east-1' };
  return Object.entries(CREATED).flatMap(([action, type]) =>
    decisions([
      ['alice@strict', 'may', action, `strict/${type}/a`, good],
      ['alice@strict', 'may', action, `strict/${type}/a`, { ...good, [TYPES]: ['ml.c5.xlarge'], [RUNTIME]: '60' }],
      ['alice-pipeline@strict', 'may', action, `strict/${type}/a`, good],
      [[ADMIN, 'unbounded@strict'], 'may', action, `strict/${type}/a`, good],
      ...broken.map((context) => ['alice@strict', 'may not', action, `strict/${type}/a`, context] as const),
      ...broken.map((context) => ['alice-pipeline@strict', 'may not', action, `strict/${type}/a`, context] as const),
      [['alice-job@strict', 'alice-model@strict'], 'may not', action, `strict/${type}/a`, good],
      [['alice@strict', 'alice-pipeline@strict', ADMIN], 'may not', action, `far/${type}/a`, abroad],
    ]),
  );
}

/** What the library does stays possible under its boundary, for those whose policies allow it. */
function withinBoundary(scene: Scene): Decision[] {
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const read = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
  const s3 = { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' };
  const image = 'arn:aws:ecr:eu-central-1:492215442770:repository/sagemaker-xgboost';
  const jumpstart = 'arn:aws:s3:::jumpstart-cache-prod-eu-central-1/a';
  const own = tags('aws:ResourceTag', 'alice', scene.baseName('strict'));
  return inRegion(
    decisions([
      [['alice@strict', 'alice-job@strict', ADMIN], 'may', read, 'strict/datasets/users/alice/a'],
      [['alice@strict', 'alice-job@strict', ADMIN], 'may', 'kms:Decrypt', 'strict/key', s3],
      [['alice@strict', 'alice-model@strict', ADMIN], 'may', 'ecr:BatchGetImage', image],
      [['alice@strict', 'alice-model@strict', ADMIN], 'may', 'ecr:GetAuthorizationToken', '*'],
      [['alice@strict', 'alice-pipeline@strict', ADMIN], 'may', 'iam:PassRole', 'role/alice-job@strict', sagemaker],
      [['alice@strict', ADMIN], 'may', 'sagemaker:StopNotebookInstance', 'strict/notebook/alice'],
      ['alice-pipeline@strict', 'may', 'sagemaker:StartPipelineExecution', 'strict/pipeline/a', own],
      [ADMIN, 'may', 's3:GetObject', jumpstart, { 'aws:ResourceAccount': '999988887777' }],
      [ADMIN, 'may', 'athena:GetQueryExecution', `arn:aws:athena:${HOME}:workgroup/a`],
      [ADMIN, 'may', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'ml-infra/a' }],
      [ADMIN, 'may', 'sts:GetServiceBearerToken', '*', { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' }],
      [ADMIN, 'may', 'ssm:CreateActivation', '*', tags('aws:RequestTag', 'alice', scene.baseName('strict'))],
    ]),
  );
}

/** An administrator under the boundary gets no further than the library goes. */
function outOfBoundary(scene: Scene): Decision[] {
  const role = ['role/alice@strict', 'role/bob@strict', 'role/alice@dev', 'arn:aws:iam::111122223333:role/any'];
  const rights = [
    'AttachRolePolicy',
    'DeleteRole',
    'DeleteRolePermissionsBoundary',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
    'PutRolePolicy',
    'TagRole',
    'UntagRole',
    'UpdateAssumeRolePolicy',
    'UpdateRole',
  ].map((action) => `iam:${action}`);
  const sagemaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const others = ['bob@strict', 'bob-job@strict', 'team@strict', 'alice@dev', 'alice-job@dev', 'alice@prod'];
  const foreign = { 'aws:ResourceAccount': '444455556666' };
  const theirs = (service: string, rest: string) => `arn:aws:${service}:eu-central-1:444455556666:${rest}`;
  const policies = ['CreatePolicyVersion', 'DeletePolicy', 'SetDefaultPolicyVersion'].map((action) => `iam:${action}`);
  return inRegion(
    decisions([
      [BOTH, 'may not', rights, role],
      [BOTH, 'may not', policies, 'arn:aws:iam::111122223333:policy/any'],
      [BOTH, 'may not', ['iam:CreateUser', 'iam:CreateAccessKey'], 'arn:aws:iam::111122223333:user/new'],
      [BOTH, 'may not', 'iam:CreateRole', 'arn:aws:iam::111122223333:role/new'],
      [BOTH, 'may not', 'iam:RemoveRoleFromInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/any'],
      [BOTH, 'may not', 'iam:AddRoleToInstanceProfile', 'arn:aws:iam::111122223333:instance-profile/any'],
      [BOTH, 'may not', ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity'], role],
      [ADMIN, 'may not', 'iam:PassRole', others.map((name) => `role/${name}`), sagemaker],
      [ADMIN, 'may not', 'iam:PassRole', ['arn:aws:iam::111122223333:role/admin', 'role/creator'], sagemaker],
      [ADMIN, 'may not', 'iam:PassRole', 'role/alice@strict'],
      [ADMIN, 'may not', 'iam:PassRole', 'role/alice@strict', { 'iam:PassedToService': 'ec2.amazonaws.com' }],
      [ADMIN, 'may not', 'iam:PassRole', 'role/alice@strict', { 'iam:PassedToService': 'glue.amazonaws.com' }],

      [ADMIN, 'may not', ['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::bucket-of-a-stranger/a', foreign],
      [ADMIN, 'may not', 's3:PutObject', 'arn:aws:s3:::jumpstart-cache-prod-eu-central-1/a', foreign],
      [ADMIN, 'may not', ['s3:ListBucket', 's3:GetBucketLocation'], 'arn:aws:s3:::bucket-of-a-stranger', foreign],
      [ADMIN, 'may not', ['kms:Decrypt', 'kms:CreateGrant'], theirs('kms', 'key/a'), foreign],
      [ADMIN, 'may not', 'secretsmanager:GetSecretValue', theirs('secretsmanager', 'secret:a-123456'), foreign],
      [ADMIN, 'may not', 'sagemaker:CreateTrainingJob', theirs('sagemaker', 'training-job/a'), foreign],
      [ADMIN, 'may not', 'states:StartExecution', theirs('states', 'stateMachine:a'), foreign],
      [ADMIN, 'may not', 'logs:PutLogEvents', theirs('logs', 'log-group:a:log-stream:b'), foreign],
      [ADMIN, 'may not', 'glue:CreateSession', theirs('glue', 'session/a'), foreign],
      [ADMIN, 'may not', 'codecommit:GitPush', theirs('codecommit', 'a'), foreign],
      [ADMIN, 'may not', 'elasticfilesystem:ClientWrite', theirs('elasticfilesystem', 'file-system/fs-1'), foreign],
      [ADMIN, 'may not', 'events:PutTargets', theirs('events', 'rule/a'), foreign],
      [ADMIN, 'may not', 'ssm:DeregisterManagedInstance', theirs('ssm', 'managed-instance/mi-1'), foreign],
      [ADMIN, 'may not', 'athena:GetQueryExecution', theirs('athena', 'workgroup/a'), foreign],

      [
        BOTH,
        'may not',
        ['kms:DisableKey', 'kms:DisableKeyRotation', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion'],
        'strict/key',
      ],
      [ADMIN, 'may not', ['kms:ReEncryptFrom', 'kms:RevokeGrant'], 'strict/key'],
      [ADMIN, 'may not', ['s3:PutBucketVersioning', 's3:DeleteBucket'], 'strict/datasets'],
      [BOTH, 'may not', ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy'], 'strict/datasets'],
      [ADMIN, 'may not', ['s3:DeleteObjectVersion', 's3:PutObjectAcl'], 'strict/datasets/users/alice/a'],
      [ADMIN, 'may not', 'logs:PutSubscriptionFilter', `arn:aws:logs:${HOME}:log-group:a:*`],
      [BOTH, 'may not', 'logs:DeleteLogGroup', `arn:aws:logs:${HOME}:log-group:a:*`],
      [BOTH, 'may not', ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], `arn:aws:cloudtrail:${HOME}:trail/a`],
      [BOTH, 'may not', 'ec2:DeleteFlowLogs', `arn:aws:ec2:${HOME}:vpc-flow-log/fl-1`],
      [ADMIN, 'may not', ['ec2:RunInstances', 'ec2:TerminateInstances'], `arn:aws:ec2:${HOME}:instance/i-1`],
      [ADMIN, 'may not', ['ec2:ModifyNetworkInterfaceAttribute'], `arn:aws:ec2:${HOME}:network-interface/eni-1`],
      [ADMIN, 'may not', 'lambda:InvokeFunction', `arn:aws:lambda:${HOME}:function:a`],
      [ADMIN, 'may not', 'ecr:PutImage', `arn:aws:ecr:${HOME}:repository/a`],
      [ADMIN, 'may not', 'ecr:PutRegistryPolicy', '*'],
      [ADMIN, 'may not', 'codeartifact:PublishPackageVersion', `arn:aws:codeartifact:${HOME}:package/a/b/pypi/c/d`],
      [ADMIN, 'may not', 'codeartifact:DeleteRepository', `arn:aws:codeartifact:${HOME}:repository/a/b`],
      [ADMIN, 'may not', 'athena:StartQueryExecution', `arn:aws:athena:${HOME}:workgroup/a`],
      [ADMIN, 'may not', 'athena:DeleteWorkGroup', `arn:aws:athena:${HOME}:workgroup/a`],
      [ADMIN, 'may not', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'billing' }],
      [ADMIN, 'may not', 'cloudwatch:PutMetricData', '*'],
      [
        ADMIN,
        'may not',
        'cloudwatch:DeleteAlarms',
        `arn:aws:cloudwatch:${HOME}:alarm:a`,
        { 'cloudwatch:namespace': 'ml-infra/a' },
      ],
      [ADMIN, 'may not', 'sts:GetServiceBearerToken', '*', { 'sts:AWSServiceName': 'ecr-public.amazonaws.com' }],
      [ADMIN, 'may not', 'sts:GetServiceBearerToken', '*'],
      [
        ADMIN,
        'may not',
        'sts:GetFederationToken',
        'arn:aws:sts::111122223333:federated-user/a',
        { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' },
      ],
      [ADMIN, 'may not', 'ssm:CreateActivation', '*', tags('aws:RequestTag', 'bob', scene.baseName('strict'))],
      [ADMIN, 'may not', 'ssm:CreateActivation', '*', tags('aws:RequestTag', 'alice', scene.baseName('dev'))],
      [ADMIN, 'may not', 'ssm:CreateActivation', '*'],
      [
        ADMIN,
        'may not',
        'ssm:PutParameter',
        `arn:aws:ssm:${HOME}:parameter/a`,
        tags('aws:RequestTag', 'alice', scene.baseName('strict')),
      ],
      [ADMIN, 'may not', 'sagemaker:CreateModel', 'strict/model/a'],
      [
        ADMIN,
        'may not',
        ['sagemaker:DeleteNotebookInstance', 'sagemaker:UpdateNotebookInstance'],
        'strict/notebook/alice',
      ],
    ]),
  ).concat(
    decisions([
      ['loose@strict', 'may not', ABROAD, '*', { 'aws:RequestedRegion': 'us-east-1' }],
      [
        ADMIN,
        'may not',
        's3:GetObject',
        'arn:aws:s3:::jumpstart-cache-prod-us-east-1/a',
        {
          ...REGION,
          'aws:ResourceAccount': '999988887777',
        },
      ],
      [ADMIN, 'may not', 's3:GetObject', 'strict/datasets/users/alice/a', { 'aws:RequestedRegion': 'us-east-1' }],
      [ADMIN, 'may not', 'kms:Decrypt', 'far/key', { 'aws:RequestedRegion': 'us-east-1' }],
      [
        ADMIN,
        'may not',
        'athena:GetQueryExecution',
        `arn:aws:athena:${HOME}:workgroup/a`,
        { 'aws:RequestedRegion': 'us-east-1' },
      ],
    ]),
  );
}

function inRegion(list: Decision[]): Decision[] {
  return list.map((decision) => ({ ...decision, context: { ...REGION, ...decision.context } }));
}
