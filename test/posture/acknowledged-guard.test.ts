import { join } from 'node:path';
import { CfnGuardValidator } from '@cdklabs/cdk-validator-cfnguard';
import { App, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { defineEverything } from './everything';

const PLUGIN = 'cdk-validator-cfnguard';
const RULES = join(require.resolve(`@cdklabs/${PLUGIN}/package.json`), '../rules/control-tower/cfn-guard');
const hasGuard = ['linux', 'darwin'].includes(process.platform);

// If this fails, the core has learned to acknowledge findings of Guard one by one: then the library can acknowledge what
// test/posture/ledger.ts has, and docs/security-posture.md must say so.
(hasGuard ? describe : describe.skip)('one acknowledged finding of Guard', () => {
  test.each([
    ['none is acknowledged', false],
    ['that of another bucket is acknowledged', true],
  ])('lets a synthesis pass that fails otherwise: %s', (_, isAcknowledged) => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const library = new s3.Bucket(stack, 'Library');
    new s3.Bucket(stack, 'App');
    const rules = [join(RULES, 's3/ct-s3-pr-9.guard')];
    Validations.of(app).addPlugins(new CfnGuardValidator({ controlTowerRulesEnabled: false, rules }));
    if (isAcknowledged) {
      Validations.of(library).acknowledge({ id: `${PLUGIN}::s3_bucket_object_lock_enabled_check`, reason: 'a reason' });
    }
    jest.spyOn(console, 'error').mockReturnValue(undefined);

    const synthesis = expect(() => app.synth());

    isAcknowledged ? synthesis.not.toThrow() : synthesis.toThrow();
  });
});

test('the library acknowledges no finding of Guard, since that would let findings of the app pass', () => {
  const app = new App();
  defineEverything(app);

  const ids = app.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.keys(data));

  expect(ids.length).toBeGreaterThan(20);
  expect(ids.filter((id) => id.startsWith(`${PLUGIN}::`))).toEqual([]);
});
