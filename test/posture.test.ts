import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlNotebook, MlSharedInfra, NotebookLifecycle } from '../src';
import { nagLedger } from './posture/ledger';
import { findingsIn, nagFindingsIn, PACKS } from './shared/findings';
import { nineLineTeam, OWNERS } from './shared/nine-line-team';
import { resourcesIn, textsOf, WrittenTemplate } from './shared/templates';

const REGIONS = [undefined, 'us-east-1', 'eu-central-1', 'cn-north-1', 'us-gov-west-1'];
const ACCOUNT = '111111111111';

/** The longest that a name can be which is only known at deployment. */
const LONGEST: { [intrinsic: string]: string } = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-5',
  'AWS::AccountId': ACCOUNT,
  'AWS::URLSuffix': 'amazonaws.com.cn',
};

describe('the team in nine lines', () => {
  describe.each([
    ['no feature flags', {}],
    ['all recommended feature flags', { ...recommended }],
  ])('with %s', (_, context) => {
    test.each(REGIONS)('has no open finding in any pack in region %p', (region) => {
      const app = new App({ context });
      nineLineTeam(new Stack(app, 'Team', { env: region ? { account: ACCOUNT, region } : undefined }));

      expect(findingsIn(app)).toEqual([]);
    });

    test('has none with the base in a stack of its own', () => {
      const app = new App({ context });
      nineLineTeam(new Stack(app, 'Team'), new Stack(app, 'Base'));

      expect(findingsIn(app)).toEqual([]);
    });

    test('has none when it is published, nor has who reads it', () => {
      const app = new App({ context });
      nineLineTeam(new Stack(app, 'Team')).shared.publish('vision');
      const reader = new Stack(app, 'Reader');
      const shared = MlSharedInfra.fromPublished(reader, 'Shared', 'vision');
      const lifecycle = new NotebookLifecycle(reader, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
      new MlNotebook(reader, 'frank', { shared, lifecycle, owner: 'frank' });

      expect(findingsIn(app)).toEqual([]);
    });

    test('passes a synthesis that the packs watch', () => {
      const app = new App({ context });
      nineLineTeam(new Stack(app, 'Team'));
      Validations.of(app).addPlugins(...PACKS.map((Pack) => new Pack(app)));

      const report = path.join(app.synth().directory, 'validation-report.json');

      expect(JSON.parse(fs.readFileSync(report, 'utf8')).pluginReports).toEqual([]);
    });
  });

  test('has none under other construct ids', () => {
    const app = new App();
    const stack = new Stack(app, 'Research-Lab');
    const shared = new MlSharedInfra(stack, 'a.b_c-1');
    const lifecycle = new NotebookLifecycle(stack, 'Stop idle!', { shared, idleStop: Duration.hours(1) });
    for (const owner of OWNERS) {
      new MlNotebook(stack, `${owner}@example.com`, { shared, lifecycle, owner: `${owner}@example.com` });
    }

    expect(findingsIn(app)).toEqual([]);
  });

  test('is held to rules that do find what is wrong', () => {
    const app = new App();
    new s3.Bucket(new Stack(app, 'Careless'), 'Bucket');
    Validations.of(app).addPlugins(...PACKS.map((Pack) => new Pack(app)));

    expect(findingsIn(app)).toContainEqual(expect.stringContaining('AwsSolutions-S10'));
    expect(() => app.synth()).toThrow('AwsSolutions-S10');
  });

  test('acknowledges exactly what is found, at most six rules of the ledger, each with a reason', () => {
    const app = new App();
    nineLineTeam(new Stack(app, 'Team'));

    const acknowledged = acknowledgementsIn(app);
    const rules = [...new Set(acknowledged.map(({ rule }) => rule))];

    expect(rules.sort()).toEqual([...new Set(nagFindingsIn(app).map(({ rule }) => rule))].sort());
    expect(rules.filter((rule) => !nagLedger().includes(rule))).toEqual([]);
    expect(rules.length).toBeLessThanOrEqual(6);
    expect(acknowledged.filter(({ reason }) => reason.trim().length < 20)).toEqual([]);
  });

  test.each(REGIONS)('comes out the same, byte by byte, each time it is synthesized in region %p', (region) => {
    const synthesize = () => {
      const app = new App();
      nineLineTeam(new Stack(app, 'Team', { env: region ? { account: ACCOUNT, region } : undefined }));
      return [...textsOf(app.synth())];
    };

    expect(synthesize()).toEqual(synthesize());
  });

  test.each([undefined, 'cn-north-1', 'us-gov-west-1'])('spells no partition out in region %p', (region) => {
    const app = new App();
    const env = region ? { account: ACCOUNT, region } : undefined;
    nineLineTeam(new Stack(app, 'Team', { env }), new Stack(app, 'Base', { env })).shared.publish('vision');

    const texts = [...textsOf(app.synth()).values()];

    expect(texts).toHaveLength(2);
    expect(texts.filter((text) => text.includes('arn:aws:'))).toEqual([]);
  });

  test('has managed policies that IAM takes with the longest names there are', () => {
    const app = new App();
    const stack = new Stack(app, 'S'.repeat(128));
    nineLineTeam(stack);

    const template: WrittenTemplate = app.synth().getStackByName('S'.repeat(128)).template;
    const sizes = resourcesIn(template, 'AWS::IAM::ManagedPolicy').map(([, { Properties }]) => {
      const document = JSON.stringify(longest(Properties.PolicyDocument, template));
      return document.replace(/\s/g, '').length;
    });

    expect(sizes).toHaveLength(4);
    expect(Math.max(...sizes)).toBeGreaterThan(3_000);
    expect(Math.max(...sizes)).toBeLessThan(6_144);
  });
});

function acknowledgementsIn(app: App): { readonly rule: string; readonly reason: string }[] {
  const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
  return app.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === key))
    .flatMap(({ data }) => Object.entries<string>(data))
    .filter(([id]) => id.startsWith('Annotation::'))
    .map(([id, reason]) => ({ rule: id.replace(/^Annotation::[A-Za-z0-9.]+-/, '').replace(/\[.*/s, ''), reason }));
}

/** A part of a template as it would be at its longest. */
function longest(value: unknown, template: WrittenTemplate): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => longest(each, template));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, argument], ...rest] = Object.entries(value);
  if (name === 'Fn::Join') {
    return (longest(argument[1], template) as string[]).join(argument[0]);
  }
  if (name === 'Fn::Sub') {
    return String(argument).replace(/\$\{([^}]+)\}/g, (_, key) => LONGEST[key] ?? `\${${key}}`);
  }
  if (name === 'Ref' || name === 'Fn::GetAtt') {
    return LONGEST[argument] ?? longestName(template.Resources[[argument].flat()[0]].Type, name);
  }
  return Object.fromEntries([[name, argument], ...rest].map(([key, each]) => [key, longest(each, template)]));
}

function longestName(type: string, intrinsic: string): string {
  const arn = (service: string, name: string) => `arn:aws-us-gov:${service}:ap-southeast-5:${ACCOUNT}:${name}`;
  const names: { [type: string]: string } = {
    'AWS::S3::Bucket': intrinsic === 'Ref' ? 'b'.repeat(63) : `arn:aws-us-gov:s3:::${'b'.repeat(63)}`,
    'AWS::KMS::Key': arn('kms', `key/mrk-${'0'.repeat(32)}`),
    'AWS::Logs::LogGroup': arn('logs', `log-group:${'l'.repeat(512)}:*`),
    'AWS::EC2::Subnet': `subnet-${'0'.repeat(17)}`,
    'AWS::EC2::SecurityGroup': `sg-${'0'.repeat(17)}`,
  };
  const name = names[type];
  if (name === undefined) {
    throw new Error(`the longest name of ${type} is not known to this test`);
  }
  return name;
}
