import { App, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { requireSamePlace } from '../../src/private/places';

describe('requireSamePlace', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  let app: App;
  let given: Construct;
  beforeEach(() => {
    app = new App();
    given = new Construct(new Stack(app, 'Given', { env }), 'It');
  });

  test.each([
    ['the same stack', () => given],
    ['another stack of the place', () => new Stack(app, 'Here', { env })],
    ['a stack whose place is only known at deployment', () => new Stack(app, 'Here')],
  ])('takes it in %s', (_where, scope) => {
    expect(() => requireSamePlace(given, scope(), 'shared')).not.toThrow();
  });

  test.each([
    ['account', { ...env, account: '444455556666' }, '444455556666, got: 111122223333'],
    ['region', { ...env, region: 'us-east-1' }, 'us-east-1, got: eu-west-1'],
  ])('fails for another %s', (place, elsewhere, rest) => {
    const scope = new Stack(app, 'Here', { env: elsewhere });

    expect(() => requireSamePlace(given, scope, 'lifecycle')).toThrow(
      `Here: 'lifecycle' must be a lifecycle in the same ${place}, ${rest}`,
    );
  });

  test.each([
    ['shared', 'publish it and use MlSharedInfra.fromPublished'],
    ['lifecycle', 'define one there'],
  ] as const)('fails for %s of another stage, with the remedy', (prop, remedy) => {
    const scope = new Stack(new Stage(app, 'Prod', { env }), 'Here');

    expect(() => requireSamePlace(given, scope, prop)).toThrow(
      `of the same stage; across stages, ${remedy}, got: Given/It`,
    );
  });
});
