import { Annotations, ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { nameOf } from '../private/checks';

/**
 * Lets AWS Budgets of this account publish to a topic and use its key, and says where that has to be done by hand.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 */
export function allowBudgets(scope: Construct, topic: sns.ITopic): void {
  const publish = ['sns:Publish'];
  if (!topic.addToResourcePolicy(toBudgets(scope, publish, topic.topicArn)).statementAdded) {
    warn(scope, 'budgetTopicPolicy', `the topic ${nameOf(topic)}`, publish);
  }
  const encrypt = ['kms:Decrypt', 'kms:GenerateDataKey*'];
  const key = topic.masterKey;
  if (key && !key.addToResourcePolicy(toBudgets(scope, encrypt, '*'), true).statementAdded) {
    warn(scope, 'budgetTopicKeyPolicy', `the key ${nameOf(key)}`, encrypt);
  }
}

function toBudgets(scope: Construct, actions: string[], resource: string): iam.PolicyStatement {
  const stack = Stack.of(scope);
  const budgets = { service: 'budgets', region: '', resource: '*', arnFormat: ArnFormat.NO_RESOURCE_NAME };
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal('budgets.amazonaws.com')],
    actions,
    resources: [resource],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn(budgets) },
    },
  });
}

function warn(scope: Construct, id: string, what: string, actions: string[]): void {
  Annotations.of(scope).addWarningV2(
    `cdk-ml-infra:${id}`,
    `${nameOf(scope)}: the policy of ${what} cannot be changed here; let it allow ${actions.join(' and ')} to budgets.amazonaws.com, or no alert arrives`,
  );
}
