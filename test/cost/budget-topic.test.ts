import { App, Aws, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { allowBudgets } from '../../src/cost/budget-topic';

const CONDITION = {
  StringEquals: { 'aws:SourceAccount': '111111111111' },
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':budgets::111111111111:*']] } },
};

describe('allowBudgets', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Team', { env: { account: '111111111111', region: 'eu-central-1' } });
  });

  test('lets budgets of this account alone publish to the topic', () => {
    const topic = new sns.Topic(stack, 'Topic');

    allowBudgets(stack, topic);

    expect(statements('AWS::SNS::TopicPolicy', 'PolicyDocument')).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { Service: 'budgets.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: stack.resolve(topic.topicArn),
        Condition: CONDITION,
      },
    ]);
  });

  test('lets them use the key of the topic', () => {
    allowBudgets(stack, new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') }));

    expect(statements('AWS::KMS::Key', 'KeyPolicy')).toContainEqual({
      Effect: 'Allow',
      Principal: { Service: 'budgets.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: CONDITION,
    });
  });

  test('says what to do by hand for a topic and a key of somebody else', () => {
    const keyArn = `arn:aws:kms:eu-central-1:${Aws.ACCOUNT_ID}:key/1`;
    const masterKey = kms.Key.fromKeyArn(stack, 'Key', keyArn);
    allowBudgets(stack, new sns.Topic(stack, 'Topic', { masterKey }));
    allowBudgets(stack, sns.Topic.fromTopicArn(stack, 'Theirs', 'arn:aws:sns:eu-central-1:111111111111:theirs'));

    for (const [what, actions] of [
      ['topic Team/Theirs', 'sns:Publish'],
      ['key Team/Key', 'kms:Decrypt and kms:GenerateDataKey\\*'],
    ]) {
      const advice = `the policy of the ${what} cannot be changed here; let it allow ${actions} to budgets.amazonaws.com`;
      Annotations.fromStack(stack).hasWarning('/Team', Match.stringLikeRegexp(advice));
    }
  });

  function statements(type: string, policy: string): object[] {
    const [found] = Object.values(Template.fromStack(stack).findResources(type));
    return found.Properties[policy].Statement;
  }
});
