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
  const page = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html';
  allow(scope, key, [statement], `CloudWatch Logs to encrypt log groups (${page})`);
}

/**
 * Lets CloudTrail encrypt the files and digests of the trails of this account and region with a key, and nothing else.
 * The ARN of a trail is not known before the key has to be there.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function allowTrailEncryption(scope: Construct, key: kms.IKey): void {
  const trails = trailArns(scope);
  const principals = [new iam.ServicePrincipal('cloudtrail.amazonaws.com')];
  const ofTrails = { ArnLike: { 'aws:SourceArn': trails } };
  const page = 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html';
  const statements = [
    new iam.PolicyStatement({
      principals,
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { ...ofTrails, StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': trails } },
    }),
    new iam.PolicyStatement({ principals, actions: ['kms:DescribeKey'], resources: ['*'], conditions: ofTrails }),
  ];
  allow(scope, key, statements, `CloudTrail to encrypt its files (${page})`);
}

/** The trails of an account and region. */
export function trailArns(scope: Construct): string {
  return Stack.of(scope).formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: '*' });
}

function allow(scope: Construct, key: kms.IKey, statements: iam.PolicyStatement[], what: string): void {
  const added = statements.map((statement) => key.addToResourcePolicy(statement, true).statementAdded);
  if (added.includes(false)) {
    Annotations.of(scope).addWarningV2(
      'cdk-ml-infra:keyPolicy',
      `The policy of the imported key ${key.node.path} cannot be changed here: let it allow ${what}`,
    );
  }
}
