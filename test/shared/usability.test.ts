import { App, Duration, Environment, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MlNotebook, MlSharedInfra, MlSharedInfraProps, MlStorage, NotebookLifecycle } from '../../src';

describe('a base', () => {
  const account = '111111111111';
  let app: App;
  let shared: MlSharedInfra;
  beforeEach(() => {
    app = new App();
    shared = new MlSharedInfra(new Stack(app, 'Base', { env: { account, region: 'us-east-1' } }), 'Shared');
  });

  test('is refused in another stage, with the way that works there', () => {
    const stack = new Stack(new Stage(app, 'Prod'), 'Team');

    expect(() => new MlNotebook(stack, 'alice', { shared })).toThrow(
      "Prod/Team/alice: 'shared' must be a base of the same stage; across stages, publish it and use MlSharedInfra.fromPublished, got: Base/Shared",
    );
  });

  test.each([
    ['region', { account, region: 'eu-west-1' }, 'eu-west-1, got: us-east-1'],
    ['account', { account: '222222222222', region: 'us-east-1' }, '222222222222, got: 111111111111'],
  ])('is refused in another %s', (place, env, rest) => {
    const stack = new Stack(app, 'Team', { env });

    expect(() => new NotebookLifecycle(stack, 'Lifecycle', { shared })).toThrow(
      `Team/Lifecycle: 'shared' must be a base in the same ${place}, ${rest}`,
    );
  });

  test('is refused for a notebook when only its lifecycle stands in another region', () => {
    const abroad = new Stack(app, 'Abroad', { env: { account, region: 'eu-west-1' } });
    const sharedAbroad = new MlSharedInfra(abroad, 'Shared');
    const lifecycle = new NotebookLifecycle(abroad, 'Lifecycle', { shared: sharedAbroad, idleStop: Duration.hours(1) });
    const stack = new Stack(app, 'Team', { env: { account, region: 'us-east-1' } });

    expect(() => new MlNotebook(stack, 'alice', { shared, lifecycle })).toThrow(
      "Team/alice: 'lifecycle' must be a lifecycle in the same region, us-east-1, got: eu-west-1",
    );
  });

  test('is taken where account and region are only known at deployment', () => {
    const stack = new Stack(app, 'Team');

    expect(() => new MlNotebook(stack, 'alice', { shared, owner: 'alice' })).not.toThrow();
  });

  test('is taken in another stack of the same stage', () => {
    const stage = new Stage(app, 'Prod');
    const staged = new MlSharedInfra(new Stack(stage, 'Base'), 'Shared');

    expect(() => new MlNotebook(new Stack(stage, 'Team'), 'alice', { shared: staged })).not.toThrow();
  });

  test('may have the name of a base in another account, and only there, as IAM knows neither stage nor region', () => {
    const named = (stage: string, env?: Environment) =>
      new MlSharedInfra(new Stack(new Stage(app, stage, { env }), 'Base'), 'Shared', { baseName: 'vision' });

    named('Dev', { account, region: 'us-east-1' });

    expect(() => named('Prod', { account: '222222222222', region: 'us-east-1' })).not.toThrow();
    expect(() => named('Test', { account, region: 'eu-west-1' })).toThrow(
      "Test/Base/Shared: 'baseName' must be unlike that of Dev/Base/Shared, unless both stand in stacks whose 'env' names different accounts, got: vision",
    );
    expect(() => named('Anywhere')).toThrow("'baseName' must be unlike that of Dev/Base/Shared");
  });

  test('is refused on buckets that let in only the network of another base, in whatever order', () => {
    const breakGlass = [new iam.ArnPrincipal('arn:aws:iam::111111111111:role/DataAdmin')];
    const on = (id: string, storage: MlStorage, props: MlSharedInfraProps = {}) =>
      new MlSharedInfra(Stack.of(shared), id, { storage, ...props });
    const [one, two, three] = ['One', 'Two', 'Three'].map((id) => new MlStorage(Stack.of(shared), id));

    on('A', one, { dataPerimeter: { breakGlass } });
    on('C', two);
    const network = on('E', three, { dataPerimeter: { breakGlass } }).network;

    expect(() => on('B', one)).toThrow("Base/B: 'storage' must be of one base where that has a dataPerimeter");
    expect(() => on('D', two, { dataPerimeter: { breakGlass } })).toThrow("Base/D: 'storage' must be of one base");
    expect(() => on('F', three, { network })).not.toThrow();
  });
});
