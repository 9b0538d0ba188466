import { Annotations, Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { createDataKey } from '../private/data-key';
import { referWeakly } from '../private/references';

/**
 * A topic for alarms: over TLS alone, and encrypted with a key of its own. The key of a base would not do: it may be
 * known by its ARN only, and who publishes has to be let in by the policy of the key.
 */
export function createAlarmTopic(scope: Construct): sns.Topic {
  // Messages are delivered and gone, so nothing that lasts is lost with the key.
  const masterKey = createDataKey(scope, 'TopicKey', RemovalPolicy.DESTROY);
  const topic = new sns.Topic(scope, 'Topic', { masterKey, enforceSSL: true });
  referWeakly(masterKey);
  referWeakly(topic);
  return topic;
}

/**
 * Lets EventBridge rules and CloudWatch alarms publish to a topic, and says where that has to be done by hand.
 *
 * A topic that has any policy loses the one that SNS gives it, so both are named. EventBridge gets no condition: AWS
 * documents that it may not honour one on a topic, and a message that does not arrive would be noticed by nobody.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function allowAlarms(scope: Construct, topic: sns.ITopic): void {
  if (!everyone(['sns:Publish'], topic.topicArn).every((each) => topic.addToResourcePolicy(each).statementAdded)) {
    warn(scope, 'topicPolicy', `the topic ${topic.node.path}`, 'sns:Publish');
  }
  const key = topic.masterKey;
  const encryption = everyone(['kms:Decrypt', 'kms:GenerateDataKey*'], '*');
  if (key && !encryption.every((each) => key.addToResourcePolicy(each, true).statementAdded)) {
    warn(scope, 'topicKeyPolicy', `the key ${key.node.path}`, 'kms:Decrypt and kms:GenerateDataKey*');
  }
}

/** Statements that allow actions to everyone who publishes alarms. */
function everyone(actions: string[], resource: string): iam.PolicyStatement[] {
  const statement = (service: string, conditions?: { [operator: string]: unknown }) =>
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(service)],
      actions,
      resources: [resource],
      conditions,
    });
  return [
    statement('cloudwatch.amazonaws.com', { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }),
    statement('events.amazonaws.com'),
  ];
}

function warn(scope: Construct, id: string, what: string, actions: string): void {
  Annotations.of(scope).addWarningV2(
    `cdk-ml-infra:${id}`,
    `${scope.node.path}: the policy of ${what} cannot be changed here; let it allow ${actions} to cloudwatch.amazonaws.com and events.amazonaws.com, or no message arrives`,
  );
}
