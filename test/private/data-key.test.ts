import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { allowLogEncryption, createDataKey } from '../../src/private/data-key';

describe('data key', () => {
  test.each([
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.DESTROY, 'Delete'],
  ])('is rotated, and its removal policy %s is kept', (removalPolicy, policy) => {
    const stack = new Stack();

    createDataKey(stack, 'Key', removalPolicy);

    Template.fromStack(stack).hasResource('AWS::KMS::Key', {
      Properties: { EnableKeyRotation: true, PendingWindowInDays: Match.absent() },
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy,
    });
  });

  test.each(['eu-west-1', 'cn-north-1'])(
    'CloudWatch Logs of %s may encrypt the log groups of the account alone',
    (region) => {
      const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region } });

      allowLogEncryption(stack, createDataKey(stack, 'Key', RemovalPolicy.RETAIN));

      const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
      expect(key.Properties.KeyPolicy.Statement.slice(1)).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: { 'Fn::Join': ['', [`logs.${region}.`, { Ref: 'AWS::URLSuffix' }]] } },
          Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
          Resource: '*',
          Condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': {
                'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:logs:${region}:111122223333:log-group:*`]],
              },
            },
          },
        },
      ]);
    },
  );

  test('of another account or app is left alone, and a warning says what its policy needs', () => {
    const stack = new Stack();
    const imported = kms.Key.fromKeyArn(
      stack,
      'Imported',
      stack.formatArn({ service: 'kms', resource: 'key', resourceName: 'a' }),
    );

    allowLogEncryption(stack, imported);

    Annotations.fromStack(stack).hasWarning(
      '/Default',
      Match.stringLikeRegexp('The policy of the imported key Default/Imported cannot be changed here.*CloudWatch Logs'),
    );
  });

  test('causes no warning when its policy can be changed', () => {
    const stack = new Stack();

    allowLogEncryption(stack, createDataKey(stack, 'Key', RemovalPolicy.RETAIN));

    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});
