import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import { FlowLogs, FlowLogsProps } from '../../src/network/flow-logs';

describe('FlowLogs', () => {
  let stack: Stack;
  let vpc: ec2.Vpc;
  let encryptionKey: kms.Key;
  beforeEach(() => {
    stack = new Stack();
    vpc = new ec2.Vpc(stack, 'Vpc');
    encryptionKey = new kms.Key(stack, 'Key');
  });

  test.each([ec2.FlowLogTrafficType.ALL, ec2.FlowLogTrafficType.REJECT])(
    'record %s traffic of the whole VPC',
    (trafficType) => {
      flowLogs({ trafficType });

      Template.fromStack(stack).hasResourceProperties('AWS::EC2::FlowLog', {
        ResourceId: stack.resolve(vpc.vpcId),
        ResourceType: 'VPC',
        TrafficType: trafficType,
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: { Ref: logGroupId() },
      });
    },
  );

  test.each([
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.DESTROY, 'Delete'],
  ])('go to an encrypted log group with a retention, whose removal policy is %s', (removalPolicy, policy) => {
    flowLogs({ removalPolicy, retention: logs.RetentionDays.ONE_MONTH });

    const template = Template.fromStack(stack);
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { KmsKeyId: stack.resolve(encryptionKey.keyArn), RetentionInDays: 30 },
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy,
    });
    expect(JSON.stringify(template.findResources('AWS::KMS::Key'))).toContain('kms:EncryptionContext:aws:logs:arn');
  });

  test('are written with a role of this account that may write to that log group and has no inline policy', () => {
    flowLogs();

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
            Resource: { 'Fn::GetAtt': [logGroupId(), 'Arn'] },
          },
        ],
      },
    });
  });

  test('begin when the role may write', () => {
    flowLogs();

    const template = Template.fromStack(stack);
    const policies = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    template.hasResource('AWS::EC2::FlowLog', { DependsOn: policies });
  });

  function logGroupId(): string {
    return Object.keys(Template.fromStack(stack).findResources('AWS::Logs::LogGroup'))[0];
  }

  function flowLogs(props: Partial<FlowLogsProps> = {}) {
    return new FlowLogs(stack, 'FlowLogs', {
      vpc,
      encryptionKey,
      trafficType: ec2.FlowLogTrafficType.ALL,
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
  }
});
