import { App, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type IMlSharedInfra, MlEnvironment, MlNotebook, MlPermissionsBoundary, MlSharedInfra } from '../../src';
import { factsBelow, type WrittenFacts } from '../../src/private/facts';

let app: App;
beforeEach(() => {
  app = new App();
});

function factsAt(scope: IMlSharedInfra | MlNotebook): WrittenFacts {
  return factsBelow(scope)[0];
}

describe('a base tells', () => {
  test('its name, network, data and key', () => {
    const shared = new MlSharedInfra(new Stack(app, 'Stack'), 'Shared', { environment: MlEnvironment.DEV });

    expect(factsAt(shared)).toEqual({
      path: 'Stack/Shared',
      stack: 'Stack',
      kind: 'MlSharedInfra',
      details: [],
      identity: { base: 'Stack-Shared-${AWS::Region}', environment: 'dev' },
      parts: [{ kind: 'key', path: 'Stack/Shared/Key', label: 'key' }],
      links: [
        { to: 'Stack/Shared/Network', label: 'network' },
        { to: 'Stack/Shared/Storage', label: 'data' },
      ],
    });
  });

  test('what fences it in, and under which names others read it', () => {
    const stack = new Stack(app, 'Stack');
    const shared = new MlSharedInfra(stack, 'Shared', {
      dataPerimeter: { breakGlass: [new iam.ArnPrincipal('arn:aws:iam::111111111111:role/Ops')] },
      permissionsBoundary: new MlPermissionsBoundary(stack, 'Boundary').policy,
    });
    shared.publish('team');

    expect(factsAt(shared).details).toEqual(['data perimeter', 'permissions boundary', 'publishes team']);
  });
});

describe('a published base tells', () => {
  const read = (scope: Stage, id = 'Reader') => MlSharedInfra.fromPublished(new Stack(scope, id), 'Shared', 'team');

  test('its publication, network and data, and takes that for its name', () => {
    expect(factsAt(read(app))).toMatchObject({
      path: 'Reader/Shared',
      kind: 'MlSharedInfra',
      details: ['published as team'],
      identity: { base: 'team', environment: 'prod' },
      links: [
        { to: 'Reader/Shared/Network', label: 'network' },
        { to: 'Reader/Shared/Storage', label: 'data' },
      ],
    });
  });

  test.each(['before', 'after'])('the name of the base where the app publishes it %s', (order) => {
    const publish = () => new MlSharedInfra(new Stack(app, 'Base'), 'Shared', { baseName: 'real' }).publish('team');
    if (order === 'before') {
      publish();
    }
    const [one, two] = [read(app, 'One'), read(app, 'Two')];
    const notebook = new MlNotebook(Stack.of(two), 'alice', { shared: two });
    if (order === 'after') {
      publish();
    }

    expect([one, two, notebook].map((each) => factsAt(each).identity?.base)).toEqual(['real', 'real', 'real']);
  });

  test('no name of a base in another stage or region, which may be another', () => {
    new MlSharedInfra(new Stack(new Stage(app, 'Other'), 'Base'), 'Shared', { baseName: 'other' }).publish('team');
    const [here, there] = ['eu-central-1', 'eu-west-1'].map(
      (region) => new Stack(app, region, { env: { account: '111111111111', region } }),
    );
    new MlSharedInfra(there, 'Shared', { baseName: 'there' }).publish('team');

    expect(factsAt(MlSharedInfra.fromPublished(here, 'Shared', 'team')).identity?.base).toBe('team');
  });
});
