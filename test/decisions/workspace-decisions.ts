import { type Decision, decisions } from './decision';
import { ODD_TAGS, type Scene } from './scene';

const ODD = [...Object.keys(ODD_TAGS), 'untagged'].map((name) => `${name}@dev`);
const OWN = ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags', 'sagemaker:StopNotebookInstance'];
const HOME = 'eu-central-1:111122223333';

/** What a workspace does to live: its notebook, scripts, logs, metrics, images, network. */
export function workspaceDecisions(): Decision[] {
  const oneself = ['alice', 'bob', 'alice-b', 'alice2', 'guest', 'team'].map((owner) => `${owner}@dev`);
  const others = ['bob', 'alice-b', 'alice2', 'guest', 'team'].map((owner) => `dev/notebook/${owner}`);
  const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];
  const pull = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
  return [
    ...oneself.flatMap((caller) => decisions([[caller, 'may', OWN, `dev/notebook/${caller.split('@')[0]}`]])),
    ...decisions([
      ['alice@dev', 'may not', OWN, [...others, 'prod/notebook/alice', 'far/notebook/alice']],
      ['alice-b@dev', 'may not', OWN, 'dev/notebook/alice'],
      ['alice@prod', 'may not', OWN, ['dev/notebook/alice', 'prod/notebook/bob']],
      ['alice@far', 'may not', OWN, 'dev/notebook/alice'],
      [ODD, 'may not', OWN, 'dev/notebook/alice'],
      ['untagged@dev', 'may not', OWN, 'dev/notebook-instance/without-tags'],
      ['alice@dev', 'may not', OWN, 'dev/notebook-instance/alice'],
      [
        'alice@dev',
        'may not',
        'sagemaker:ListTags',
        'dev/notebook-instance-lifecycle-config/a',
        { 'aws:ResourceTag/ml-owner': 'alice' },
      ],

      ['alice@dev', 'may', 's3:GetObject', 'assets/bundle'],
      [['team@dev', 'alice@prod'], 'may', 's3:GetObject', 'assets/bundle'],
      ['guest@dev', 'may not', 's3:GetObject', 'assets/bundle'],
      ['alice@dev', 'may not', ['s3:PutObject', 's3:DeleteObject', 's3:GetObjectVersion'], 'assets/bundle'],
      ['alice@dev', 'may not', 's3:GetObject', ['assets/bucket/another.zip', 'assets/bucket/another/bundle.zip']],
      [
        'alice@dev',
        'may not',
        ['s3:ListBucket', 's3:GetBucketLocation'],
        'assets/bucket',
        { 's3:prefix': 'users/alice/' },
      ],

      ['alice@dev', 'may', logs, `arn:aws:logs:${HOME}:log-group:/aws/sagemaker/TrainingJobs:log-stream:a/b`],
      ['alice@dev', 'may not', logs, `arn:aws:logs:${HOME}:log-group:/aws/lambda/other:log-stream:a`],
      ['alice@dev', 'may not', logs, 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/sagemaker/a:log-stream:a'],
      [
        'alice@dev',
        'may not',
        ['logs:DeleteLogStream', 'logs:GetLogEvents'],
        `arn:aws:logs:${HOME}:log-group:/aws/sagemaker/a:log-stream:a`,
      ],
      [
        'alice@dev',
        'may not',
        ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy'],
        `arn:aws:logs:${HOME}:log-group:/aws/sagemaker/a:*`,
      ],

      ['alice@dev', 'may', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': '/aws/sagemaker/TrainingJobs' }],
      ['alice@dev', 'may', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'ml-infra/idle' }],
      ['alice@dev', 'may not', 'cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'billing' }],
      ['alice@dev', 'may not', 'cloudwatch:PutMetricData', '*'],
      [
        'alice@dev',
        'may not',
        'cloudwatch:DeleteAlarms',
        `arn:aws:cloudwatch:${HOME}:alarm:a`,
        { 'cloudwatch:namespace': 'ml-infra/a' },
      ],
      [
        'alice@dev',
        'may not',
        'cloudwatch:PutMetricAlarm',
        `arn:aws:cloudwatch:${HOME}:alarm:a`,
        { 'cloudwatch:namespace': 'ml-infra/a' },
      ],

      ['alice@dev', 'may', 'ecr:GetAuthorizationToken', '*'],
      [
        'alice@dev',
        'may',
        pull,
        [`arn:aws:ecr:${HOME}:repository/a`, 'arn:aws:ecr:eu-central-1:492215442770:repository/sagemaker-xgboost'],
      ],
      ['alice@dev', 'may not', pull, 'arn:aws:ecr:us-east-1:111122223333:repository/a'],
      [
        'alice@dev',
        'may not',
        ['ecr:PutImage', 'ecr:DeleteRepository', 'ecr:SetRepositoryPolicy', 'ecr:BatchDeleteImage'],
        `arn:aws:ecr:${HOME}:repository/a`,
      ],
      ['alice@dev', 'may not', 'ecr:PutRegistryPolicy', '*'],

      ['alice@dev', 'may', ['ec2:DescribeSubnets', 'ec2:DescribeVpcs', 'ec2:DescribeDhcpOptions'], '*'],
      ['alice@dev', 'may', 'ec2:CreateNetworkInterface', `arn:aws:ec2:${HOME}:network-interface/eni-1`],
    ]),
  ];
}

/** What is for those who look after the account. */
export function adminDecisions(scene: Scene): Decision[] {
  const everybody = ['alice@dev', 'team@dev'];
  const iam = [
    'iam:AttachRolePolicy',
    'iam:PutRolePolicy',
    'iam:TagRole',
    'iam:UntagRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:DeleteRole',
    'iam:GetRole',
  ];
  const own = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
  const config = `arn:aws:sagemaker:${HOME}:notebook-instance-lifecycle-config/a`;
  return decisions([
    [everybody, 'may not', iam, ['role/alice@dev', 'role/team@dev'], own],
    [
      everybody,
      'may not',
      ['iam:CreateRole', 'iam:CreateServiceLinkedRole'],
      'arn:aws:iam::111122223333:role/new',
      own,
    ],
    [everybody, 'may not', ['iam:CreatePolicyVersion', 'iam:DeletePolicy'], policyArns(scene)],
    [everybody, 'may not', ['iam:CreateUser', 'iam:CreateAccessKey'], 'arn:aws:iam::111122223333:user/new'],
    [
      everybody,
      'may not',
      [
        'sagemaker:CreatePresignedNotebookInstanceUrl',
        'sagemaker:DeleteNotebookInstance',
        'sagemaker:StartNotebookInstance',
        'sagemaker:UpdateNotebookInstance',
      ],
      ['dev/notebook/alice', 'dev/notebook/team', 'dev/notebook/bob'],
    ],
    [
      everybody,
      'may not',
      ['sagemaker:UpdateNotebookInstanceLifecycleConfig', 'sagemaker:DeleteNotebookInstanceLifecycleConfig'],
      config,
      { 'aws:ResourceTag/ml-owner': 'alice', 'aws:ResourceTag/ml-base': scene.baseName('dev') },
    ],
    [everybody, 'may not', ['sagemaker:ListNotebookInstances', 'sagemaker:ListTrainingJobs'], '*'],
    [everybody, 'may not', 'sagemaker:InvokeEndpoint', 'dev/endpoint/a'],
    [everybody, 'may not', 'sagemaker:CreateDomain', 'dev/domain/a'],
    [everybody, 'may not', 'ec2:RunInstances', `arn:aws:ec2:${HOME}:instance/i-1`],
    [
      everybody,
      'may not',
      ['ec2:AuthorizeSecurityGroupEgress', 'ec2:DeleteSecurityGroup'],
      `arn:aws:ec2:${HOME}:security-group/sg-1`,
    ],
    [
      everybody,
      'may not',
      ['ec2:DeleteVpcEndpoints', 'ec2:ModifyVpcEndpoint'],
      `arn:aws:ec2:${HOME}:vpc-endpoint/vpce-1`,
    ],
    [everybody, 'may not', 'ec2:AssociateAddress', `arn:aws:ec2:${HOME}:elastic-ip/eipalloc-1`],
    [everybody, 'may not', 'ec2:ModifyNetworkInterfaceAttribute', `arn:aws:ec2:${HOME}:network-interface/eni-1`],
    [everybody, 'may not', 'kms:CreateKey', '*'],
    [everybody, 'may not', 'ssm:PutParameter', `arn:aws:ssm:${HOME}:parameter/ml-infra/dev/base-name`],
    [everybody, 'may not', 'lambda:CreateFunction', `arn:aws:lambda:${HOME}:function:a`],
    [everybody, 'may not', 'cloudformation:UpdateStack', `arn:aws:cloudformation:${HOME}:stack/ml-dev/1`],
    [everybody, 'may not', 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${HOME}:secret:a-123456`],
  ]);
}

/** What people may do who open and start notebooks. */
export function grantDecisions(scene: Scene): Decision[] {
  const open = ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:DescribeNotebookInstance'];
  const url = open[0];
  const startStop = ['sagemaker:StartNotebookInstance', 'sagemaker:StopNotebookInstance'];
  const [alice, bob] = ['dev/notebook/alice', 'dev/notebook/bob'];
  return decisions([
    ['operator', 'may', [...startStop, 'sagemaker:DescribeNotebookInstance'], alice],
    ['operator', 'may not', startStop, bob],
    ['operator', 'may not', [url, 'sagemaker:DeleteNotebookInstance', 'sagemaker:UpdateNotebookInstance'], alice],
    ['anywhere', 'may', open, alice],
    ['anywhere', 'may not', open, [bob, 'prod/notebook/alice']],
    ['anywhere', 'may not', startStop, alice],
    ['office', 'may', open, alice, { 'aws:SourceIp': '203.0.113.7' }],
    ['office', 'may not', open, alice, { 'aws:SourceIp': '198.51.100.7' }],
    ['office', 'may not', open, alice],
    ['inside', 'may', open, alice, { 'aws:SourceVpce': scene.endpointId('dev/sagemaker.api') }],
    ['inside', 'may not', open, alice, { 'aws:SourceVpce': scene.endpointId('prod/sagemaker.api') }],
    ['inside', 'may not', open, alice],
  ]);
}

/** What endpoints let through, also for those whom their own policies allow everything. */
export function endpointDecisions(): Decision[] {
  const object = 'dev/datasets/users/alice/a.csv';
  const foreignObject = 'arn:aws:s3:::bucket-of-a-stranger/a.csv';
  const foreign = { 'aws:ResourceAccount': '444455556666' };
  const layers = (region: string) => `arn:aws:s3:::prod-${region}-starport-layer-bucket/a`;
  const awsBucket = { 'aws:ResourceAccount': '999988887777' };
  return ['dev', 'prod'].flatMap((base) => [
    ...decisions(
      [
        ['alice@dev', 'may', ['s3:GetObject', 's3:PutObject'], object],
        ['alice@dev', 'may', 's3:GetObject', 'assets/bundle'],
        ['admin', 'may', ['s3:GetObject', 's3:PutObject'], object],
        ['stranger', 'may not', ['s3:GetObject', 's3:PutObject'], object],
        ['stranger', 'may not', ['s3:GetObject', 's3:PutObject'], foreignObject, foreign],
        ['stranger', 'may not', ['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::bucket-open-to-all/a'],
        ['admin', 'may not', ['s3:GetObject', 's3:PutObject'], foreignObject, foreign],
        ['alice@dev', 'may not', ['s3:GetObject', 's3:PutObject'], foreignObject, foreign],
        ['ecr', 'may', 's3:GetObject', layers('eu-central-1'), awsBucket],
        ['ecr', 'may not', 's3:PutObject', layers('eu-central-1'), awsBucket],
        ['ecr', 'may not', 's3:GetObject', layers('us-east-1'), awsBucket],
        [
          'ecr',
          'may not',
          's3:GetObject',
          ['arn:aws:s3:::prod-eu-central-1-starport-layer-bucket-of-a-stranger/a'],
          foreign,
        ],
      ],
      `${base}/s3`,
    ),
    ...decisions(
      [
        ['alice@dev', 'may', 'sagemaker:StopNotebookInstance', 'dev/notebook/alice'],
        ['alice@dev', 'may not', 'sagemaker:StopNotebookInstance', 'dev/notebook/bob'],
        ['admin', 'may', 'sagemaker:CreateTrainingJob', 'dev/training-job/a'],
        ['stranger', 'may not', 'sagemaker:CreateTrainingJob', 'dev/training-job/a'],
      ],
      `${base}/sagemaker.api`,
    ),
    ...decisions([['stranger', 'may not', 'sts:AssumeRole', 'role/operator']], `${base}/sts`),
    ...decisions(
      [
        ['stranger', 'may not', 'logs:PutLogEvents', `arn:aws:logs:eu-central-1:444455556666:log-group:a:log-stream:b`],
        ['admin', 'may', 'logs:PutLogEvents', `arn:aws:logs:${HOME}:log-group:a:log-stream:b`],
      ],
      `${base}/logs`,
    ),
    ...decisions([['stranger', 'may not', 'sagemaker:InvokeEndpoint', 'dev/endpoint/a']], `${base}/sagemaker.runtime`),
  ]);
}

function policyArns(scene: Scene): string[] {
  return scene.policyArns('WorkspacePolicy', 'JobsPolicy');
}
