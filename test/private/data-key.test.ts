import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { allowLogEncryption, allowTrailEncryption, createDataKey, trailArns } from '../../src/private/data-key';

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

  test.each([
    ['CloudWatch Logs', allowLogEncryption],
    ['CloudTrail', allowTrailEncryption],
  ])('of another account or app is left alone, and a warning says what its policy needs for %s', (service, allow) => {
    const stack = new Stack();
    const keyArn = stack.formatArn({ service: 'kms', resource: 'key', resourceName: 'a' });
    const imported = kms.Key.fromKeyArn(stack, 'Imported', keyArn);

    allow(stack, imported);

    Annotations.fromStack(stack).hasWarning(
      '/Default',
      Match.stringLikeRegexp(`The policy of the imported key Default/Imported cannot be changed here.*${service}`),
    );
  });

  test('CloudTrail may encrypt the files of the trails of the account and region alone', () => {
    const stack = new Stack(undefined, 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });

    allowTrailEncryption(stack, createDataKey(stack, 'Key', RemovalPolicy.RETAIN));

    const [key] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'));
    const trails = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:eu-west-1:111122223333:trail/*']],
    };
    expect(stack.resolve(trailArns(stack))).toEqual(trails);
    expect(key.Properties.KeyPolicy.Statement.slice(1)).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: {
          ArnLike: { 'aws:SourceArn': trails },
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails },
        },
      },
      {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: 'kms:DescribeKey',
        Resource: '*',
        Condition: { ArnLike: { 'aws:SourceArn': trails } },
      },
    ]);
  });

  test.each([
    ['CloudWatch Logs', allowLogEncryption],
    ['CloudTrail', allowTrailEncryption],
  ])('causes no warning when its policy can be changed: %s', (_service, allow) => {
    const stack = new Stack();

    allow(stack, createDataKey(stack, 'Key', RemovalPolicy.RETAIN));

    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });
});
