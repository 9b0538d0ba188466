import { ArnFormat, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** ARN of a SageMaker resource, or a pattern of such, in the account and region of `scope`. */
export function sagemakerArn(scope: IConstruct, resource: string, resourceName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource, resourceName });
}

/** ARN of an IAM role by path and name, or a pattern of such, in the account of `scope`. */
export function roleArn(scope: IConstruct, pathAndName: string): string {
  return Stack.of(scope).formatArn({ service: 'iam', region: '', resource: 'role', resourceName: pathAndName });
}

/** ARN of a CloudWatch log group, or a pattern of such, and of all its streams. */
export function logStreamsArn(scope: IConstruct, logGroup: string): string {
  return Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: `${logGroup}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
