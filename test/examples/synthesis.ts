import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Environment, Validations } from 'aws-cdk-lib';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import * as nag from 'cdk-nag';
import { MlComplianceChecks } from '../../src';
import { deployed, differences } from './differences';
import type { Define } from './example-apps';

export type { Define } from './example-apps';

/** Templates by the name of their stack, and what any checker said about them. */
export interface Synthesized {
  readonly templates: Record<string, unknown>;
  readonly findings: unknown[];
}

/** What is special about an example. */
export interface ExampleTestOptions {
  /** Regions that lack a type of resource which the example takes. The core refuses them. */
  readonly missing?: { readonly type: string; readonly regions: string[] };
}

export const EXAMPLES = join(__dirname, '..', '..', 'examples');

const ACCOUNT = '111122223333';
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-southeast-1', 'cn-north-1', 'us-gov-west-1'];
const FLAGS: [string, object][] = [
  ['no feature flags', {}],
  ['all recommended feature flags', recommended],
];

/**
 * Tests an example as its users meet it: with the validation of the core, whose findings fail the synthesis, with every
 * pack of cdk-nag, under any feature flags and in any region. What the example's own `cdk.json` gives stands in a
 * snapshot as a whole; of everything else only what differs.
 */
export function testExample(layout: string, define: Define, { missing }: ExampleTestOptions = {}): void {
  let own: Synthesized;
  let anywhere: Synthesized;

  beforeAll(() => {
    // test/no-template-validation.js switches it off, to spare each unit test its seconds.
    process.env.CDK_VALIDATION = 'true';
    const { context } = JSON.parse(readFileSync(join(EXAMPLES, layout, 'typescript', 'cdk.json'), 'utf8'));
    own = synthesize(define, context);
  });

  test('gives the templates of the snapshot', () => {
    expect(own.findings).toEqual([]);
    expect(own.templates).toMatchSnapshot();
  });

  describe.each(FLAGS)('with %s', (_, flags) => {
    beforeAll(() => {
      anywhere = synthesize(define, flags);
    });

    test('differs from its own context as in the snapshot', () => {
      expect(anywhere.findings).toEqual([]);
      expect(differences(own.templates, anywhere.templates)).toMatchSnapshot();
    });

    test.each(REGIONS.filter((region) => !missing?.regions.includes(region)))(
      'has, in %s, what the snapshot says',
      (region) => {
        const there = synthesize(define, flags, { account: ACCOUNT, region });

        expect(there.findings).toEqual([]);
        const [expected, found] = [anywhere, there].map(({ templates }) => deployed(templates, knownIn(region)));
        expect(differences(expected, found)).toMatchSnapshot();
      },
    );
  });

  if (missing) {
    test.each(missing.regions)(`is refused in %s, which has no ${missing.type}`, (region) => {
      expect(() => synthesize(define, recommended, { account: ACCOUNT, region })).toThrow(
        `Resource type '${missing.type}' does not exist in '${region}'`,
      );
    });
  }
}

/** Synthesizes an app. Hashes of assets are left out of its templates, as they change with every byte of a script. */
export function synthesize(define: Define, flags: object, env?: Environment): Synthesized {
  const app = new App({ context: { ...flags, '@aws-cdk/core:validateAgainstDefaultRules': true } });
  Validations.of(app).addPlugins(
    new MlComplianceChecks(),
    new nag.AwsSolutionsChecks(app),
    new nag.HIPAASecurityChecks(app),
    new nag.NIST80053R4Checks(app),
    new nag.NIST80053R5Checks(app),
    new nag.PCIDSS321Checks(app),
    new nag.ServerlessChecks(app),
  );
  define(app, env);
  const assembly = app.synth();
  const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  const templates = Object.fromEntries(assembly.stacks.map(({ stackName, template }) => [stackName, template]));
  return {
    templates: JSON.parse(JSON.stringify(templates).replace(/[0-9a-f]{64}/g, '<asset>')),
    findings: [
      ...report.pluginReports.flatMap(({ violations }: { violations: unknown[] }) => violations),
      ...assembly.stacks.flatMap(({ messages }) => messages.map(({ level, entry }) => `${level}: ${entry.data}`)),
    ],
  };
}

function knownIn(region: string): Record<string, string> {
  const { partition = 'aws', domainSuffix = 'amazonaws.com' } = RegionInfo.get(region);
  return {
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::URLSuffix': domainSuffix,
  };
}
