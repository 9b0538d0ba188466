import { Stack } from 'aws-cdk-lib';
import { MlNotebook, MlSharedInfra } from '../../src';
import { synthesize } from './synthesis';

test('an app that reads a published base synthesizes without any finding or warning', () => {
  process.env.CDK_VALIDATION = 'true';

  const { findings } = synthesize((app) => {
    const stack = new Stack(app, 'Team');
    const shared = MlSharedInfra.fromPublished(stack, 'Base', 'vision');
    new MlNotebook(stack, 'frank', { shared, owner: 'frank' });
  }, {});

  expect(findings).toEqual([]);
});
