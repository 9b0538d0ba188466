import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { roleArn } from '../private/arns';
import { CALLING_BASE, CALLING_OWNER, ownedByCaller, rolePath } from '../private/identity';
import { networkStatement } from './job-statements';

/** What roles of the library do in their own account, by service. Names in full: AWS cannot add to them. */
const IN_OWN_ACCOUNT: { readonly [service: string]: readonly string[] } = {
  codecommit: ['GetRepository', 'GitPull', 'GitPush'],
  elasticfilesystem: ['ClientMount', 'ClientWrite'],
  events: ['DescribeRule', 'PutRule', 'PutTargets'],
  glue: [
    'CancelStatement',
    'CreateSession',
    'GetSession',
    'GetStatement',
    'RunStatement',
    'StopSession',
    'TagResource',
  ],
  kms: ['CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'],
  logs: [
    'CreateLogGroup',
    'CreateLogStream',
    'DescribeLogStreams',
    'FilterLogEvents',
    'GetLogEvents',
    'PutLogEvents',
    'PutRetentionPolicy',
  ],
  sagemaker: [
    'AddTags',
    'CreateHyperParameterTuningJob',
    'CreateProcessingJob',
    'CreateTrainingJob',
    'DescribeHyperParameterTuningJob',
    'DescribeNotebookInstance',
    'DescribeNotebookInstanceLifecycleConfig',
    'DescribePipelineExecution',
    'DescribeProcessingJob',
    'DescribeTrainingJob',
    'ListPipelineExecutionSteps',
    'ListTags',
    'ListTrainingJobsForHyperParameterTuningJob',
    'StartNotebookInstance',
    'StartPipelineExecution',
    'StopHyperParameterTuningJob',
    'StopNotebookInstance',
    'StopPipelineExecution',
    'StopProcessingJob',
    'StopTrainingJob',
  ],
  secretsmanager: ['DescribeSecret', 'GetSecretValue'],
  ssm: ['DeregisterManagedInstance'],
  states: ['StartExecution'],
};

const ON_BUCKETS = [
  's3:AbortMultipartUpload',
  's3:DeleteObject',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:GetObjectVersion',
  's3:GetObjectVersionAcl',
  's3:GetObjectVersionForReplication',
  's3:GetObjectVersionTagging',
  's3:GetReplicationConfiguration',
  's3:ListBucket',
  's3:ListMultipartUploadParts',
  's3:PutObject',
  's3:ReplicateObject',
  's3:ReplicateTags',
];

/**
 * What leads out of a boundary, or hides that somebody tried. That it is not allowed is not enough: the policy of a
 * resource, such as the trust of a role, can speak to a session, which no boundary keeps in.
 */
const NEVER = [
  'iam:Add*',
  'iam:Attach*',
  'iam:Create*',
  'iam:Delete*',
  'iam:Detach*',
  'iam:Put*',
  'iam:Remove*',
  'iam:Set*',
  'iam:Tag*',
  'iam:Untag*',
  'iam:Update*',
  'sts:AssumeRole*',
  'kms:DisableKey*',
  'kms:PutKeyPolicy',
  'kms:ScheduleKeyDeletion',
  'logs:Delete*',
  'cloudtrail:*',
  'ec2:DeleteFlowLogs',
  's3:DeleteBucketPolicy',
  's3:PutBucketPolicy',
];

/** What an app may say about a boundary. */
export interface BoundaryLimits {
  readonly regions?: string[];
  readonly additionalActions: string[];
  readonly serviceRoleArns: string[];
}

/**
 * The most that a role of the library does, and no more: nothing in other accounts, no rights to give away, no other
 * role to become. Tags decide within it, as the policies of the roles say.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryStatements(scope: IConstruct, limits: BoundaryLimits): iam.PolicyStatement[] {
  const { regions, additionalActions } = limits;
  const allow = (actions: string[], resources: string[], conditions?: { [operator: string]: unknown }) =>
    new iam.PolicyStatement({ actions, resources, conditions });
  const arn = (service: string, account: string, rest: string) =>
    `arn:${Aws.PARTITION}:${service}:*:${account}:${rest}`;
  const services = Object.keys(IN_OWN_ACCOUNT);
  const allowed = [
    allow(
      services.flatMap((service) => IN_OWN_ACCOUNT[service].map((action) => `${service}:${action}`)),
      services.map((service) => arn(service, Aws.ACCOUNT_ID, '*')),
    ),
    allow(ON_BUCKETS, [`arn:${Aws.PARTITION}:s3:::*`], {
      StringEquals: { 'aws:ResourceAccount': Aws.ACCOUNT_ID },
    }),
    // AWS keeps models and images in accounts of its own; a domain of packages may be that of a sister account.
    allow(
      ['s3:GetObject'],
      (regions ?? [Stack.of(scope).region]).map(
        (region) => `arn:${Aws.PARTITION}:s3:::jumpstart-cache-prod-${region}/*`,
      ),
    ),
    allow(
      ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      [arn('ecr', '*', 'repository/*')],
    ),
    allow(
      ['codeartifact:GetAuthorizationToken', 'codeartifact:GetRepositoryEndpoint', 'codeartifact:ReadFromRepository'],
      [arn('codeartifact', '*', 'domain/*'), arn('codeartifact', '*', 'repository/*')],
    ),
    allow([...networkStatement().actions, 'ecr:GetAuthorizationToken'], ['*']),
    allow(['cloudwatch:PutMetricData'], ['*'], {
      StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'ml-infra/*'] },
    }),
    allow(['sts:GetServiceBearerToken'], ['*'], {
      StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' },
    }),
    allow(['ssm:CreateActivation'], ['*'], ownedByCaller('aws:RequestTag')),
    ...roleStatements(scope, limits.serviceRoleArns),
    ...(additionalActions.length > 0
      ? [allow(additionalActions, ['*'], { StringEqualsIfExists: { 'aws:ResourceAccount': Aws.ACCOUNT_ID } })]
      : []),
  ];
  return [
    ...allowed,
    ...(regions ? [elsewhere(allowed, regions)] : []),
    new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: NEVER, resources: ['*'] }),
  ];
}

/** Roles are handed on only to SageMaker, and only one's own: an administrator's would lead out of the boundary. */
function roleStatements(scope: IConstruct, serviceRoleArns: string[]): iam.PolicyStatement[] {
  const own = new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [roleArn(scope, `${rolePath(CALLING_BASE, CALLING_OWNER).slice(1)}*`)],
    conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  });
  return serviceRoleArns.length === 0
    ? [own]
    : [
        own,
        new iam.PolicyStatement({
          actions: ['iam:PassRole'],
          resources: serviceRoleArns,
          conditions: { StringEquals: { 'iam:PassedToService': ['glue.amazonaws.com', 'ssm.amazonaws.com'] } },
        }),
        // Asked for where an activation of Systems Manager has tags, of the role and of nothing else.
        new iam.PolicyStatement({ actions: ['ssm:AddTagsToResource'], resources: serviceRoleArns }),
      ];
}

/** Each service that is allowed, elsewhere. Handing on a role is left out: it happens in no region. */
function elsewhere(allowed: iam.PolicyStatement[], regions: string[]): iam.PolicyStatement {
  const services = allowed.flatMap(({ actions }) => actions.map((action) => action.split(':')[0]));
  return new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: [...new Set(services)].filter((service) => service !== 'iam').map((service) => `${service}:*`),
    resources: ['*'],
    conditions: { StringNotEquals: { 'aws:RequestedRegion': regions } },
  });
}
