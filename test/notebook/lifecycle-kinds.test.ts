import { Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { requireNestedKinds } from '../../src/notebook/lifecycle-kinds';

type Options = Parameters<typeof requireNestedKinds>[1];

describe('the props of features', () => {
  const stack = new Stack();
  const lifecycle = new Construct(stack, 'Lifecycle');
  const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'Secret', 'team/token');

  test('are accepted where they are of their kinds, or left out', () => {
    const git = {
      credentials: [{ host: 'a.example.com', secret }],
      repositories: [{ url: 'https://a.example.com/b' }],
    };

    expect(() => requireNestedKinds(lifecycle, {})).not.toThrow();
    expect(() => requireNestedKinds(lifecycle, { git, metrics: {}, secrets: { A: { secret } } })).not.toThrow();
  });

  test.each<[string, unknown, string]>([
    ['a feature', { metrics: { every: 5 } }, "'metrics.every' must be a duration"],
    ['what is required', { spark: {} }, "'spark.livyUrl' must be a text, got: undefined"],
    [
      'an entry that is nothing',
      { git: { repositories: [null] } },
      "'git.repositories[0]' must be a set of props: url",
    ],
    ['a credential', { git: { credentials: [{ host: 'a' }] } }, "'git.credentials[0].secret' must be a secret"],
    ['a secret', { secrets: { A: { secret, jsonField: 5 } } }, "'secrets.A.jsonField' must be a text, got: 5"],
  ])('fail in %s', (_, options, message) => {
    expect(() => requireNestedKinds(lifecycle, options as Options)).toThrow(`Default/Lifecycle: ${message}`);
  });
});
