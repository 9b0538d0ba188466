import { App, Stack, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { bindCodeServer } from '../../src/lifecycle/code-server';

describe('code-server', () => {
  const stack = new Stack(new App(), 'Team');
  const bucket = new s3.Bucket(stack, 'Tools');
  const key = 'tools/code-server-4.99.3-linux-amd64.tar.gz';
  const sha256 = 'a'.repeat(64);

  test('is offered before the notebook opens, and may read its release and nothing else', () => {
    const { statements, ...bound } = bindCodeServer(stack, { bucket, key, sha256 });

    expect(bound).toEqual({
      name: 'code_server',
      user: 'root',
      phase: 'blocking',
      timeoutSeconds: 30,
      settings: { bucket: bucket.bucketName, key, sha256 },
    });
    expect(statements?.map(({ actions, resources }) => [actions, resources])).toEqual([
      [['s3:GetObject'], [bucket.arnForObjects(key)]],
    ]);
  });

  test('is decrypted with the key of its bucket', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const encrypted = new s3.Bucket(stack, 'Encrypted', { encryptionKey });

    const { statements } = bindCodeServer(stack, { bucket: encrypted, key, sha256 });

    expect(statements?.map(({ actions, resources }) => [actions, resources])).toContainEqual([
      ['kms:Decrypt'],
      [encryptionKey.keyArn],
    ]);
  });

  test.each([
    '',
    'a.zip',
    '/a.tar.gz',
    '.tar.gz',
    'a*.tar.gz',
    'a?.tar.gz',
    'a\n.tar.gz',
    `${'a'.repeat(1018)}.tar.gz`,
  ])('refuses the key %j', (bad) => {
    expect(() => bindCodeServer(stack, { bucket, key: bad, sha256 })).toThrow(
      "Team: 'codeServer.key' must be the key of a .tar.gz in the bucket, of 1 to 1024 characters without * and ?, got: ",
    );
  });

  test.each(['', 'A'.repeat(64), 'a'.repeat(63), 'latest'])('refuses the hash %j', (bad) => {
    expect(() => bindCodeServer(stack, { bucket, key, sha256: bad })).toThrow(
      "Team: 'codeServer.sha256' must be 64 hexadecimal digits in lower case, got: ",
    );
  });

  test('has a key and a hash that are known at synthesis', () => {
    const token = Token.asString({ Ref: 'X' });
    const known = 'must be known at synthesis, because notebooks get it in a file, got: a deploy-time value';

    expect(() => bindCodeServer(stack, { bucket, key: token, sha256 })).toThrow(`Team: 'codeServer.key' ${known}`);
    expect(() => bindCodeServer(stack, { bucket, key, sha256: token })).toThrow(`Team: 'codeServer.sha256' ${known}`);
  });
});
