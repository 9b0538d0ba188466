import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { logStreamsArn, sagemakerArn } from '../private/arns';
import { ownedByCaller } from '../private/identity';

/** What a workspace may do besides reaching its data: log, measure, pull images, look at itself and stop itself. */
export function workspaceStatements(scope: IConstruct): iam.PolicyStatement[] {
  return [
    ...runtimeStatements(scope),
    new iam.PolicyStatement({
      actions: ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags', 'sagemaker:StopNotebookInstance'],
      resources: [sagemakerArn(scope, 'notebook-instance', '*')],
      conditions: ownedByCaller('aws:ResourceTag'),
    }),
  ];
}

/** What whatever runs on SageMaker needs besides data: log, measure, pull images. */
export function runtimeStatements(scope: IConstruct): iam.PolicyStatement[] {
  const repositories = Stack.of(scope).formatArn({
    service: 'ecr',
    account: '*', // AWS keeps its images in accounts of its own, which differ by region
    resource: 'repository',
    resourceName: '*',
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });
  return [
    new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      resources: [logStreamsArn(scope, '/aws/sagemaker/*')],
    }),
    new iam.PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'ml-infra/*'] } },
    }),
    new iam.PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new iam.PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [repositories],
    }),
  ];
}

/** Reading what jobs have logged. Their log groups are shared by everybody in the account. */
export function readJobLogsStatement(scope: IConstruct): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents'],
    resources: ['TrainingJobs', 'ProcessingJobs', 'TransformJobs'].map((kind) =>
      logStreamsArn(scope, `/aws/sagemaker/${kind}`),
    ),
  });
}
