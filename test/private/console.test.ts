import { Stack } from 'aws-cdk-lib';
import { consoleUrl } from '../../src/private/console';

describe('consoleUrl', () => {
  test.each([
    ['eu-west-1', 'https://console.aws.amazon.com/sagemaker/home?region=eu-west-1#/notebook-instances'],
    ['cn-north-1', 'https://console.amazonaws.cn/sagemaker/home?region=cn-north-1#/notebook-instances'],
    ['us-gov-west-1', 'https://console.amazonaws-us-gov.com/sagemaker/home?region=us-gov-west-1#/notebook-instances'],
  ])('leads to the console of %s', (region, url) => {
    const stack = new Stack(undefined, 'Stack', { env: { region } });

    expect(consoleUrl(stack, 'notebook-instances')).toBe(url);
  });

  test('takes the region of the deployment where the stack has none', () => {
    const stack = new Stack();

    const url = stack.resolve(consoleUrl(stack, 'jobs'));

    expect(url).toEqual({
      'Fn::Join': ['', ['https://console.aws.amazon.com/sagemaker/home?region=', { Ref: 'AWS::Region' }, '#/jobs']],
    });
  });
});
