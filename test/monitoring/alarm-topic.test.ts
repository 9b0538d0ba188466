import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { allowAlarms, createAlarmTopic } from '../../src/monitoring/alarm-topic';
import { resourcesIn, templateOf, WrittenTemplate } from '../shared/templates';

const ACCOUNT_ONLY = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

describe('createAlarmTopic', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Watch');
  });

  test('encrypts messages with a key that is rotated and goes with the topic', () => {
    createAlarmTopic(stack);

    const template = Template.fromStack(stack);
    const [[key]] = resourcesIn(template.toJSON() as WrittenTemplate, 'AWS::KMS::Key');
    template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: { 'Fn::GetAtt': [key, 'Arn'] } });
    template.hasResource('AWS::KMS::Key', { Properties: { EnableKeyRotation: true }, DeletionPolicy: 'Delete' });
  });

  test('refuses messages that do not come over TLS', () => {
    createAlarmTopic(stack);

    expect(topicStatements(stack)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  test('can be referred to from another stack without an export', () => {
    const app = new App();
    const topic = createAlarmTopic(new Stack(app, 'Watch'));
    new sns.Subscription(new Stack(app, 'People'), 'Email', {
      topic,
      protocol: sns.SubscriptionProtocol.EMAIL,
      endpoint: 'team@example.com',
    });

    const assembly = app.synth();

    expect(JSON.stringify(templateOf(assembly, 'People'))).toContain('Fn::GetStackOutput');
    expect(JSON.stringify([templateOf(assembly, 'Watch'), templateOf(assembly, 'People')])).not.toMatch(
      /"Export"|Fn::ImportValue/,
    );
  });
});

describe('allowAlarms', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Watch');
  });

  test('lets alarms of the account and rules publish to the topic', () => {
    const topic = new sns.Topic(stack, 'Topic');

    allowAlarms(stack, topic);

    expect(topicStatements(stack)).toEqual([
      { ...allowed('cloudwatch', 'sns:Publish', stack.resolve(topic.topicArn)), Condition: ACCOUNT_ONLY },
      allowed('events', 'sns:Publish', stack.resolve(topic.topicArn)),
    ]);
  });

  test('lets them encrypt with the key of the topic', () => {
    const masterKey = new kms.Key(stack, 'Key');

    allowAlarms(stack, new sns.Topic(stack, 'Topic', { masterKey }));

    const actions = ['kms:Decrypt', 'kms:GenerateDataKey*'];
    expect(keyStatements(stack).slice(1)).toEqual([
      { ...allowed('cloudwatch', actions, '*'), Condition: ACCOUNT_ONLY },
      allowed('events', actions, '*'),
    ]);
  });

  test('extends the policies where topic and key are defined, and locks neither stack', () => {
    const app = new App();
    const [people, watch] = [new Stack(app, 'People'), new Stack(app, 'Watch')];
    const topic = new sns.Topic(people, 'Topic', { masterKey: new kms.Key(people, 'Key') });

    allowAlarms(watch, topic);

    expect(topicStatements(people)).toHaveLength(2);
    expect(keyStatements(people)).toHaveLength(3);
    expect(Template.fromStack(watch).toJSON().Resources).toBeUndefined();
  });

  test('warns of an imported topic, whose policy it cannot change', () => {
    allowAlarms(stack, sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-central-1:111111111111:alarms'));

    expect(warnings(stack)).toEqual([
      expect.stringMatching(
        /^Watch: the policy of the topic Watch\/Topic cannot be changed here; let it allow sns:Pub/,
      ),
    ]);
  });

  test('warns of an imported key, whose policy it cannot change', () => {
    const key = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-0000-0000-0000-000000000000';
    const masterKey = kms.Key.fromKeyArn(stack, 'Key', key);

    allowAlarms(stack, new sns.Topic(stack, 'Topic', { masterKey }));

    expect(warnings(stack)).toEqual([
      expect.stringContaining('the policy of the key Watch/Key cannot be changed here'),
    ]);
  });

  test('warns of nothing that it has done', () => {
    allowAlarms(stack, createAlarmTopic(stack));

    expect(warnings(stack)).toEqual([]);
  });

  test('says the same only once however often it is asked', () => {
    const topic = new sns.Topic(stack, 'Topic', { masterKey: new kms.Key(stack, 'Key') });

    allowAlarms(stack, topic);
    allowAlarms(stack, topic);

    expect(keyStatements(stack)).toHaveLength(3);
    expect(topicStatements(stack)).toHaveLength(2);
  });
});

function allowed(service: string, action: string | string[], resource: unknown) {
  return { Effect: 'Allow', Principal: { Service: `${service}.amazonaws.com` }, Action: action, Resource: resource };
}

function topicStatements(stack: Stack): Record<string, unknown>[] {
  const [[, policy]] = resourcesIn(Template.fromStack(stack).toJSON() as WrittenTemplate, 'AWS::SNS::TopicPolicy');
  return policy.Properties.PolicyDocument.Statement.map(({ Sid: _, ...rest }: Record<string, unknown>) => rest);
}

function keyStatements(stack: Stack): Record<string, unknown>[] {
  const [[, key]] = resourcesIn(Template.fromStack(stack).toJSON() as WrittenTemplate, 'AWS::KMS::Key');
  return key.Properties.KeyPolicy.Statement;
}

function warnings(stack: Stack): unknown[] {
  return Annotations.fromStack(stack)
    .findWarning('*', Match.anyValue())
    .map(({ entry }) => entry.data);
}
