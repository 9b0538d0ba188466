import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Environment, Validations } from 'aws-cdk-lib';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import * as nag from 'cdk-nag';

/** Defines the stacks of an example in an app. */
export type Define = (app: App, env?: Environment) => void;

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1', 'cn-north-1', 'us-gov-west-1'];
const FLAGS: [string, object][] = [
  ['no feature flags', {}],
  ['all recommended feature flags', recommended],
];

/**
 * Tests an example as its users meet it: with the validation of the core, whose findings fail the synthesis, with every
 * pack of cdk-nag, under any feature flags and in any region. Only what the example's own `cdk.json` gives is compared
 * with a snapshot.
 */
export function testExample(layout: string, define: Define): void {
  beforeAll(() => {
    // test/no-template-validation.js switches it off, to spare each unit test its seconds.
    process.env.CDK_VALIDATION = 'true';
  });

  test('gives the templates of the snapshot', () => {
    const { context } = JSON.parse(readFileSync(join(EXAMPLES, layout, 'typescript', 'cdk.json'), 'utf8'));

    expect(masked(synthesize(define, context).templates)).toMatchSnapshot();
  });

  describe.each(FLAGS)('with %s', (_, flags) => {
    test.each([undefined, ...REGIONS])('has no finding in region %s', (region) => {
      const { findings } = synthesize(define, flags, region && { account: ACCOUNT, region });

      expect(findings).toEqual([]);
    });
  });
}

/** Templates by the name of their stack, and what any checker said about them. */
export function synthesize(define: Define, flags: object, env?: Environment | '') {
  const app = new App({ context: { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': true } });
  Validations.of(app).addPlugins(
    new nag.AwsSolutionsChecks(app),
    new nag.HIPAASecurityChecks(app),
    new nag.NIST80053R4Checks(app),
    new nag.NIST80053R5Checks(app),
    new nag.PCIDSS321Checks(app),
    new nag.ServerlessChecks(app),
  );
  define(app, env || undefined);
  const assembly = app.synth();
  const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  return {
    templates: Object.fromEntries(assembly.stacks.map(({ stackName, template }) => [stackName, template])),
    findings: [
      ...report.pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations),
      ...assembly.stacks.flatMap(({ messages }) => messages.map(({ level, entry }) => `${level}: ${entry.data}`)),
    ],
  };
}

/** Hashes of assets change with every byte of a script; the snapshot is about everything else. */
function masked(templates: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(templates).replace(/[0-9a-f]{64}/g, '<asset>'));
}
