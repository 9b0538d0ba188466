import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, NestedStack, Stack, Stage, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { MlComplianceChecks, MlComplianceChecksProps } from '../../src/compliance';
import { nineLineTeam } from '../shared/nine-line-team';
import { plainNotebook } from './plain-notebooks';

const ROOT_RULE = 'sagemaker-notebook-root';
const WITH_ROOT = { RootAccess: 'Enabled' };

describe('MlComplianceChecks', () => {
  let app: App;
  let stack: Stack;
  beforeEach(() => {
    app = new App();
    stack = new Stack(app, 'Stack');
  });

  test('says nothing of an app that complies, of plain CloudFormation', () => {
    plainNotebook(stack, 'Notebook');

    expect(findings()).toEqual([]);
  });

  test.each<[string, () => Construct]>([
    ['a stack', () => stack],
    ['a nested stack', () => new NestedStack(stack, 'Nested')],
    ['a nested stack of a nested stack', () => new NestedStack(new NestedStack(stack, 'Nested'), 'Deeper')],
    ['a stage', () => new Stack(new Stage(app, 'Stage'), 'Staged')],
    ['a construct', () => new Construct(stack, 'Part')],
  ])('finds what is wrong in %s, and names the construct', (_, scopeOf) => {
    const scope = scopeOf();
    plainNotebook(scope, 'Notebook', WITH_ROOT);

    expect(findings()).toEqual([`${ROOT_RULE} ${scope.node.path}/Notebook`]);
  });

  test('says what was found, what must hold, how to fix it, and by which controls', () => {
    plainNotebook(stack, 'Notebook', WITH_ROOT);

    const [violation] = new MlComplianceChecks().validateScope(app).violations;

    expect(violation).toMatchObject({
      ruleName: ROOT_RULE,
      description: 'Users of notebooks are not root: Properties.RootAccess must be Disabled, got: "Enabled"',
      fix: expect.stringContaining('Set RootAccess to Disabled'),
      severity: 'error',
      ruleMetadata: { controls: 'SageMaker.3, CT.SAGEMAKER.PR.3', severity: 'HIGH' },
      violatingResources: [
        { constructPath: 'Stack/Notebook', resourceLogicalId: 'Notebook', locations: ['Properties.RootAccess'] },
      ],
    });
  });

  test('validateScope leaves out what lies beside the scope', () => {
    const part = new Construct(stack, 'Part');
    plainNotebook(part, 'Notebook', WITH_ROOT);
    plainNotebook(stack, 'Beside', WITH_ROOT);

    expect(findings(part)).toEqual([`${ROOT_RULE} Stack/Part/Notebook`]);
  });

  test('finds nothing in the team of nine lines that is not acknowledged', () => {
    nineLineTeam(stack);

    expect(findings()).toEqual([]);
  });

  test('knows the account of a stack, and lets its own principals into buckets', () => {
    const own = new Stack(app, 'Own', { env: { account: '111111111111', region: 'eu-central-1' } });
    for (const [id, account] of Object.entries({ Own: '111111111111', Foreign: '222222222222' })) {
      const Statement = { Effect: 'Allow', Principal: { AWS: account }, Action: 's3:GetObject', Resource: '*' };
      const properties = { Bucket: 'data', PolicyDocument: { Statement } };
      new CfnResource(own, id, { type: 'AWS::S3::BucketPolicy', properties });
    }

    expect(findings()).toEqual(['s3-bucket-foreign-accounts Own/Foreign']);
  });

  test('checks where images come from only if asked to', () => {
    const model = {
      PrimaryContainer: { Image: 'churn' },
      EnableNetworkIsolation: true,
      VpcConfig: { Subnets: ['a', 'b'] },
    };
    new CfnResource(stack, 'Model', { type: 'AWS::SageMaker::Model', properties: model });

    expect(findings()).toEqual([]);
    expect(findings(app, { privateRegistry: true })).toEqual(['sagemaker-model-registry Stack/Model']);
    expect(new MlComplianceChecks().ruleIds).toHaveLength(44);
    expect(new MlComplianceChecks({ privateRegistry: true }).ruleIds).toHaveLength(46);
  });

  test('lists all rules with their controls', () => {
    expect(MlComplianceChecks.rules).toHaveLength(46);
    expect(MlComplianceChecks.rules.find(({ id }) => id === 'sagemaker-model-registry')).toMatchObject({
      controls: ['SageMaker.16', 'sagemaker-model-private-registry-required'],
      onByDefault: false,
      inGuard: true,
    });
    expect(MlComplianceChecks.guardRules).toContain('rule sagemaker_model_registry when');
  });

  describe.each([
    ['bare', ROOT_RULE],
    ['prefixed', `MlCompliance::${ROOT_RULE}`],
  ])('acknowledged with the %s id', (form, id) => {
    test.each<[string, (notebook: CfnResource) => IConstruct]>([
      ['the resource', (notebook) => notebook],
      ['the construct above', (notebook) => notebook.node.scope!],
      ['the stack', () => stack],
      ['the app', () => app],
    ])('on %s, the finding is gone and the app synthesizes', (_, placeOf) => {
      Validations.of(app).addPlugins(new MlComplianceChecks());
      const notebook = plainNotebook(new Construct(stack, 'Part'), 'Notebook', WITH_ROOT);
      Validations.of(placeOf(notebook)).acknowledge({ id, reason: 'tested' });

      expect(() => app.synth()).not.toThrow();
      expect(findings()).toEqual([]);
    });

    test('elsewhere, the finding still fails synthesis', () => {
      Validations.of(app).addPlugins(new MlComplianceChecks());
      Validations.of(plainNotebook(stack, 'Accepted', WITH_ROOT)).acknowledge({ id, reason: 'tested' });
      plainNotebook(stack, 'Notebook', WITH_ROOT);

      expect(() => app.synth()).toThrow(/Stack\/Notebook\b/);
      const { violations } = report();
      expect(violations.map(constructsOf)).toEqual([['Stack/Notebook']]);
    });

    test('once, another rule still fails synthesis', () => {
      Validations.of(app).addPlugins(new MlComplianceChecks());
      Validations.of(app).acknowledge({ id, reason: 'tested' });
      plainNotebook(stack, 'Notebook', { ...WITH_ROOT, KmsKeyId: undefined });

      expect(() => app.synth()).toThrow(/sagemaker-notebook-key/);
    });

    test(`in a nested stack and in a stage, the app synthesizes (${form})`, () => {
      Validations.of(app).addPlugins(new MlComplianceChecks());
      for (const scope of [new NestedStack(stack, 'Nested'), new Stack(new Stage(app, 'Stage'), 'Staged')]) {
        Validations.of(plainNotebook(scope, 'Notebook', WITH_ROOT)).acknowledge({ id, reason: 'tested' });
      }

      expect(() => app.synth()).not.toThrow();
    });
  });

  test('with the prefix, the report of the core keeps the reason', () => {
    Validations.of(app).addPlugins(new MlComplianceChecks());
    const notebook = plainNotebook(stack, 'Notebook', WITH_ROOT);
    Validations.of(notebook).acknowledge({ id: `MlCompliance::${ROOT_RULE}`, reason: 'the team installs drivers' });

    app.synth();

    expect(report().suppressedViolations).toMatchObject([
      { ruleName: ROOT_RULE, reason: 'the team installs drivers', acknowledgedAt: 'Stack/Notebook' },
    ]);
  });

  // The core of 2.269 would let one acknowledgement hold for the whole app: it suppresses by name, but nothing fatal.
  test('makes findings fatal beside an acknowledgement that an old core would let hold for them', () => {
    const plugin = new MlComplianceChecks();
    Validations.of(plainNotebook(stack, 'Accepted', WITH_ROOT)).acknowledge({
      id: `MlCompliance::${ROOT_RULE}`,
      reason: 'tested',
    });
    plainNotebook(stack, 'Notebook', { ...WITH_ROOT, KmsKeyId: undefined });
    const stackTemplates = [{ stackConstructPath: 'Stack', templatePath: '', accountId: undefined, region: undefined }];
    app.synth();

    const { violations, success } = plugin.validate({ appConstruct: app, templatePaths: [], stackTemplates });

    expect(success).toBe(false);
    expect(violations.map(({ ruleName, severity, ...each }) => [ruleName, severity, ...constructsOf(each)])).toEqual([
      ['sagemaker-notebook-key', 'error', 'Stack/Notebook'],
      [ROOT_RULE, 'fatal', 'Stack/Notebook'],
      [ROOT_RULE, 'error', 'Stack/Accepted'],
    ]);
  });

  test('added to a stage, checks that stage alone', () => {
    const stage = new Stage(app, 'Stage');
    plainNotebook(new Stack(stage, 'Staged'), 'Notebook', WITH_ROOT);
    plainNotebook(stack, 'Notebook', WITH_ROOT);
    Validations.of(stage).addPlugins(new MlComplianceChecks());

    expect(() => app.synth()).toThrow(/Stage\/Staged\/Notebook/);
    expect(report().violations.map(constructsOf)).toEqual([['Stage/Staged/Notebook']]);
  });

  test('reports without failing if it is told to', () => {
    Validations.of(app).addPlugins(new MlComplianceChecks({ reportOnly: true }));
    Validations.of(app).acknowledge({ id: 'MlCompliance::sagemaker-notebook-key', reason: 'tested' });
    plainNotebook(stack, 'Notebook', { ...WITH_ROOT, KmsKeyId: undefined });
    const printed = jest.spyOn(console, 'error').mockReturnValue();

    expect(() => app.synth()).not.toThrow();

    expect(printed.mock.calls.join()).toContain(ROOT_RULE);
    expect(report().violations).toMatchObject([{ ruleName: ROOT_RULE, severity: 'warning' }]);
  });

  function findings(scope: IConstruct = app, props?: MlComplianceChecksProps): string[] {
    const { violations, success } = new MlComplianceChecks(props).validateScope(scope);
    expect(success).toBe(violations.length === 0);
    return violations.map((violation) => `${violation.ruleName} ${constructsOf(violation)}`);
  }

  /** What the core wrote of the pack. */
  function report() {
    const file = join(app.outdir, 'validation-report.json');
    const reports: Report[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).pluginReports : [];
    return reports.find(({ pluginName }) => pluginName === 'MlCompliance')!;
  }
});

interface Report {
  readonly pluginName: string;
  readonly violations: Violation[];
  readonly suppressedViolations?: object[];
}

interface Violation {
  readonly violatingConstructs?: { readonly constructPath?: string }[];
  readonly violatingResources?: { readonly constructPath?: string }[];
}

/** In a report of the core, the resources of a plugin are called constructs. */
function constructsOf({ violatingConstructs, violatingResources = [] }: Violation): (string | undefined)[] {
  return (violatingConstructs ?? violatingResources).map(({ constructPath }) => constructPath);
}
