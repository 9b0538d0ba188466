import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { readSecret } from '../../src/private/secrets';

describe('reading a secret', () => {
  const stack = new Stack(new App(), 'Team');
  const rights = (secret: secretsmanager.ISecret) =>
    readSecret(secret).map(({ actions, resources }) => [actions, resources]);
  const read = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];

  test('takes the right to it alone', () => {
    const secret = new secretsmanager.Secret(stack, 'Secret');

    expect(rights(secret)).toEqual([[read, [secret.secretArn]]]);
  });

  test('takes its key, if that is one of your own', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const secret = new secretsmanager.Secret(stack, 'Encrypted', { encryptionKey });

    expect(rights(secret)).toEqual([
      [read, [secret.secretArn]],
      [['kms:Decrypt'], [encryptionKey.keyArn]],
    ]);
  });

  test('by a partial ARN matches the six characters that Secrets Manager adds', () => {
    const [[, [resource]]] = rights(secretsmanager.Secret.fromSecretNameV2(stack, 'Partial', 'team/token'));

    expect(resource).toMatch(/:secret:team\/token-\?{6}$/);
  });
});
