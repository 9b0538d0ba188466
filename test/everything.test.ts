import { App, Validations } from 'aws-cdk-lib';
import { lint } from './decisions/lint';
import { DeployedTemplates, type StackTemplate } from './decisions/templates';
import { defineEverything, SECRET_TEXT } from './posture/everything';
import { nagLedger } from './posture/ledger';
import { findingsIn } from './shared/findings';
import { templateOf } from './shared/templates';

jest.setTimeout(120_000);

function define() {
  const app = new App();
  defineEverything(app, { account: '111111111111', region: 'eu-central-1' });
  return { app };
}

describe('everything at once', () => {
  const { app } = define();
  const template = templateOf(app.synth(), 'Everything');
  const deployed = new DeployedTemplates([
    { stackName: 'Everything', region: 'eu-central-1', template: template as StackTemplate['template'] },
  ]);

  test('has no open finding in any pack', () => {
    expect(findingsIn(define().app)).toEqual([]);
  });

  test('acknowledges no other rules than those of the ledger', () => {
    const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
    const data = app.node.findAll().flatMap(({ node }) => node.metadata.filter(({ type }) => type === key));
    const ids = data.flatMap((each) => Object.keys(each.data)).filter((id) => id.startsWith('Annotation::'));

    const rules = new Set(ids.map((id) => id.replace(/^Annotation::[A-Za-z0-9.]+-|\[.*/gs, '')));
    expect(rules.size).toBeGreaterThan(4);
    expect([...rules].filter((rule) => !nagLedger().includes(rule))).toEqual([]);
  });

  test('is a script of at most 2 KB without any text of a user', () => {
    const [{ stack, resource }] = deployed.ofType('AWS::SageMaker::NotebookInstanceLifecycleConfig');
    for (const hook of ['OnStart', 'OnCreate']) {
      const script = deployed.resolve(stack, resource.Properties[hook][0].Content['Fn::Base64']);
      expect(Buffer.byteLength(script)).toBeLessThanOrEqual(2_048);
      for (const text of [SECRET_TEXT, 'lightgbm', 'example.com', 'STAGE', 'courses-of-the-team']) {
        expect(script).not.toContain(text);
      }
    }
  });

  test('writes policies that AWS understands, takes and would not call too wide', async () => {
    const policies = deployed.ofType('AWS::IAM::ManagedPolicy');
    expect(policies.length).toBeGreaterThan(8);
    for (const { stack, logicalId, resource } of policies) {
      const policy = deployed.resolve(stack, resource.Properties.PolicyDocument);
      expect([logicalId, JSON.stringify(policy).length < 6_144]).toEqual([logicalId, true]);
      // That tags of an activation need a right on its role is not in AWS's data, but in its samples.
      const known = (statement: { Action: unknown }) => statement.Action === 'ssm:AddTagsToResource';
      const statements = policy.Statement.filter((statement: { Action: unknown }) => !known(statement));
      const checked = { ...policy, Statement: statements };
      expect(await lint({ name: logicalId, kind: 'identity', policy: checked })).toEqual([]);
    }
  });

  test('is the same each time', () => {
    expect(templateOf(define().app.synth(), 'Everything')).toEqual(template);
  });
});
