import { Stack } from 'aws-cdk-lib';
import { logStreamsArn, roleArn, sagemakerArn } from '../../src/private/arns';

describe('arns', () => {
  const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });

  test('of SageMaker name the kind of resource, the account and the region', () => {
    const arn = sagemakerArn(stack, 'training-job', '*');

    expect(plain(stack, arn)).toBe('arn:<partition>:sagemaker:eu-west-1:111122223333:training-job/*');
  });

  test('of roles have a path and no region', () => {
    const arn = roleArn(stack, 'ml-infra/base/alice/*');

    expect(plain(stack, arn)).toBe('arn:<partition>:iam::111122223333:role/ml-infra/base/alice/*');
  });

  test('of log streams are parted by colons', () => {
    const arn = logStreamsArn(stack, '/aws/sagemaker/*');

    expect(plain(stack, arn)).toBe('arn:<partition>:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/*:*');
  });

  test.each([
    ['SageMaker', (scope: Stack) => sagemakerArn(scope, 'model', '*')],
    ['roles', (scope: Stack) => roleArn(scope, '*')],
    ['log streams', (scope: Stack) => logStreamsArn(scope, '*')],
  ])('of %s leave account and partition to the deployment where the stack has no env', (_what, arnIn) => {
    const agnostic = new Stack();

    const resolved = JSON.stringify(agnostic.resolve(arnIn(agnostic)));

    expect(resolved).toContain('{"Ref":"AWS::Partition"}');
    expect(resolved).toContain('{"Ref":"AWS::AccountId"}');
  });

  function plain(scope: Stack, arn: string): string {
    return scope
      .resolve(arn)
      ['Fn::Join'][1].map((part: unknown) => (typeof part === 'string' ? part : '<partition>'))
      .join('');
  }
});
