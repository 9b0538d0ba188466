import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Address of a page of SageMaker in the AWS console. */
export function consoleUrl(scope: IConstruct, page: string): string {
  const { region } = Stack.of(scope);
  const domain = region.startsWith('cn-')
    ? 'console.amazonaws.cn'
    : region.startsWith('us-gov-')
      ? 'console.amazonaws-us-gov.com'
      : 'console.aws.amazon.com';
  return `https://${domain}/sagemaker/home?region=${region}#/${page}`;
}
