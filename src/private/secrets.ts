import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';

/** The right to read a secret, and to decrypt it if its key is one of your own. */
export function readSecret(secret: secretsmanager.ISecret): iam.PolicyStatement[] {
  const read = new iam.PolicyStatement({
    actions: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
    resources: [secret.secretFullArn ?? `${secret.secretArn}-??????`],
  });
  const { encryptionKey } = secret;
  const decrypt =
    encryptionKey && new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [encryptionKey.keyArn] });
  return decrypt ? [read, decrypt] : [read];
}
