import { Annotations, ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** A key for data at rest: rotated every year, deleted no sooner than 30 days after somebody asks for it. */
export function createDataKey(scope: Construct, id: string, removalPolicy: RemovalPolicy): kms.Key {
  return new kms.Key(scope, id, { enableKeyRotation: true, removalPolicy });
}

/**
 * Lets CloudWatch Logs encrypt the log groups of this account and region with a key, and nothing else.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowLogEncryption(scope: Construct, key: kms.IKey): void {
  const stack = Stack.of(scope);
  const logGroups = stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const statement = new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${stack.region}.${stack.urlSuffix}`)],
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
  });
  if (!key.addToResourcePolicy(statement, true).statementAdded) {
    Annotations.of(scope).addWarningV2(
      'cdk-ml-infra:keyPolicy',
      `The policy of the imported key ${key.node.path} cannot be changed here: let it allow CloudWatch Logs to encrypt log groups (https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html)`,
    );
  }
}
