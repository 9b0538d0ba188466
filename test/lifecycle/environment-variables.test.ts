import { App, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { bindEnvironment } from '../../src/lifecycle';

describe('environment variables', () => {
  const stack = new Stack(new App(), 'Team');
  const secret = new secretsmanager.Secret(stack, 'Secret');
  const bind = (variables: { [name: string]: string }, secrets = {}) => bindEnvironment(stack, variables, secrets);

  test('need neither rights nor services', () => {
    expect(bind({ A: 'a', B_2: "it's $(id)" })).toMatchObject({
      name: 'environment',
      phase: 'blocking',
      user: 'root',
      settings: { variables: { A: 'a', B_2: "it's $(id)" }, secrets: {} },
      statements: [],
      services: [],
    });
  });

  test('that are secrets are read by name, with the right to read these alone', () => {
    const encryptionKey = new kms.Key(stack, 'Key');
    const own = new secretsmanager.Secret(stack, 'Own', { encryptionKey });

    const { settings, services, statements } = bind(
      {},
      { PASSWORD: { secret: own, jsonField: 'password' }, ALL: { secret } },
    );

    expect(settings.secrets).toEqual({
      PASSWORD: { id: own.secretArn, field: 'password' },
      ALL: { id: secret.secretArn, field: null },
    });
    expect(services).toEqual(['secretsmanager']);
    expect(statements?.map((statement) => [statement.actions, statement.resources])).toEqual([
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [own.secretArn]],
      [['kms:Decrypt'], [encryptionKey.keyArn]],
      [['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], [secret.secretArn]],
    ]);
  });

  test('that are secrets known by a partial ARN match the six characters that Secrets Manager adds', () => {
    const partial = secretsmanager.Secret.fromSecretNameV2(stack, 'Partial', 'team/token');

    expect(stack.resolve(bind({}, { TOKEN: { secret: partial } }).statements?.[0].resources)).toEqual([
      {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            ':secretsmanager:',
            { Ref: 'AWS::Region' },
            ':',
            { Ref: 'AWS::AccountId' },
            ':secret:team/token-??????',
          ],
        ],
      },
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'a name with a dash',
      () => bind({ 'A-B': '' }),
      "'environmentVariables' must be named by 1 to 127 letters, digits and underscores that do not begin with a digit, got: A-B",
    ],
    ['a name that begins with a digit', () => bind({ '1A': '' }), 'got: 1A'],
    ['a name with a command', () => bind({ 'A=$(id)': '' }), 'got: A=$(id)'],
    ['an empty name', () => bind({ '': '' }), "got: ''"],
    [
      'the path of commands',
      () => bind({ PATH: '/x' }),
      "'environmentVariables' must be without names that the system itself uses, got: PATH",
    ],
    ['a library to load', () => bind({ LD_PRELOAD: '/x' }), 'got: LD_PRELOAD'],
    [
      'a line break',
      () => bind({ A: 'a\nb' }),
      "'environmentVariables.A' must be at most 4096 characters on one line, got: 'a\\nb'",
    ],
    ['a NUL', () => bind({ A: 'a\0b' }), "got: 'a\\u0000b'"],
    ['a long value', () => bind({ A: 'x'.repeat(4097) }), 'at most 4096 characters'],
    [
      'an access key',
      () => bind({ A: 'AKIAIOSFODNN7EXAMPLE' }),
      "'environmentVariables.A' must be free of access keys; give secrets by 'secrets', got: an access key",
    ],
    [
      'too many',
      () => bind(Object.fromEntries([...Array(201).keys()].map((n) => [`A${n}`, '']))),
      "'environmentVariables (count)' must be a whole number from 0 to 200, got: 201",
    ],
    [
      'too many secrets',
      () => bind({}, Object.fromEntries([...Array(21).keys()].map((n) => [`A${n}`, { secret }]))),
      "'secrets (count)' must be a whole number from 0 to 20, got: 21",
    ],
    [
      'a name that is both',
      () => bind({ A: '' }, { A: { secret } }),
      "'secrets' must be a list without names that 'environmentVariables' has, got: A",
    ],
    ['a secret with a bad name', () => bind({}, { 'A B': { secret } }), "'secrets' must be named by"],
  ])('are refused with %s', (_, define, message) => {
    expect(define).toThrow(message);
    expect(define).toThrow(/^Team: /);
  });

  test('may be known at deployment only', () => {
    expect(() => bind({ A: stack.region, B: `${secret.secretArn}` })).not.toThrow();
  });
});
