import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'languages', 'compare.mjs');
const HASH = '0123456789abcdef'.repeat(4);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('assemblies of two languages', () => {
  test.each<[string, Change]>([
    ['nothing', {}],
    ['the versions in the metadata of CDK', { analytics: 'v2:deflate64:other' }],
    ['where in the code a warning comes from', { metadata: { '/Team': [{ type: 'aws:cdk:logicalId', data: 'x' }] } }],
    ['an asset that only one has', { files: { 'asset.c/a': 'a' } }],
    ['the order of keys', { resources: { Bucket: { Properties: { Tags: ['a', 'b'], Name: 'x' }, Type: 'B' } } }],
  ])('are equal when %s differs', (_, change) => {
    expect(compare({}, change)).toEqual({ status: 0, output: 'equal' });
  });

  test.each<[string, Change, string]>([
    [
      'a property',
      { resources: { Bucket: { Type: 'B', Properties: { Name: 'y', Tags: ['a', 'b'] } } } },
      'Team.template.json.Resources.Bucket.Properties.Name: must be "x", got: "y"',
    ],
    [
      'the order of a list',
      { resources: { Bucket: { Type: 'B', Properties: { Name: 'x', Tags: ['b', 'a'] } } } },
      'Team.template.json.Resources.Bucket.Properties.Tags.0: must be "a", got: "b"',
    ],
    [
      'a property that is not there',
      { resources: { Bucket: { Type: 'B', Properties: { Tags: ['a', 'b'] } } } },
      'Team.template.json.Resources.Bucket.Properties.Name: must be "x", got: absent',
    ],
    [
      'a property too many',
      { resources: { Bucket: { Type: 'B', Properties: { Name: 'x', Tags: ['a', 'b'], toString: 1 } } } },
      'Team.template.json.Resources.Bucket.Properties.toString: must be absent, got: 1',
    ],
    [
      'what an asset holds, and so its hash',
      { resources: { Lifecycle: { Type: 'T', Properties: { Key: `${'a'.repeat(64)}.zip` } } } },
      `Team.template.json.Resources.Lifecycle.Properties.Key: must be "${HASH}.zip", got: "${'a'.repeat(64)}.zip"`,
    ],
    [
      'a text in place of a number',
      { resources: { Lifecycle: { Type: 'T', Properties: { Key: 5 } } } },
      `Team.template.json.Resources.Lifecycle.Properties.Key: must be "${HASH}.zip", got: 5`,
    ],
    [
      'a resource too many',
      { resources: { Other: { Type: 'O' } } },
      'Team.template.json.Resources.Other: must be absent, got: {"Type":"O"}',
    ],
    [
      'the type of the metadata of CDK',
      { resources: { CDKMetadata: { Type: 'AWS::Other' } } },
      'Team.template.json.Resources.CDKMetadata.Type: must be "AWS::CDK::Metadata", got: "AWS::Other"',
    ],
    [
      'termination protection, which no template shows',
      { terminationProtection: false },
      'stack Team.terminationProtection: must be true, got: false',
    ],
    ['a stack', { stack: 'Crew' }, 'Crew.template.json: must be absent, got: '],
    [
      'a parameter',
      { properties: { parameters: { A: '2' } } },
      'stack Team.parameters: must be absent, got: {"A":"2"}',
    ],
    ['a topic', { properties: { notificationArns: ['t'] } }, 'stack Team.notificationArns: must be absent, got: ["t"]'],
    [
      'a warning in the manifest',
      { metadata: { '/Team': [{ type: 'aws:cdk:warning', data: 'beware', trace: ['a.ts:1'] }] } },
      'stack Team.said./Team: must be absent, got: ["aws:cdk:warning: beware"]',
    ],
    [
      'an error in the file of metadata',
      { furtherMetadata: { '/Team': [{ type: 'aws:cdk:error', data: 'no' }] } },
      'stack Team.said./Team: must be absent, got: ["aws:cdk:error: no"]',
    ],
    ['a file of an asset', { files: { 'asset.a/x/y.py': 'b' } }, 'asset.a: must hold the same in both'],
    ['an asset of one file', { files: { 'asset.b.zip': 'b' } }, 'asset.b.zip: must hold the same in both'],
  ])('differ in %s', (_, change, sentence) => {
    const { status, output } = compare({}, change);

    expect(output).toContain(sentence);
    expect(status).toBe(1);
  });

  test.each([
    ['otherwise', telling('Other'), 'facts of A.kind: must be "MlNotebook", got: "Other"'],
    ['not at all', {}, 'facts of A'],
  ])('differ where a construct tells of itself %s', (_, change, sentence) => {
    const { status, output } = compare(telling('MlNotebook'), change);

    expect(output).toContain(sentence);
    expect(status).toBe(1);
  });

  test('differ in a stack of a stage, which lies in an assembly within', () => {
    const [one, other] = ['x', 'y'].map((value) => {
      const outer = assembly(`with-${value}`, {});
      const type = { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Prod' } };
      const inner = assembly(join(`with-${value}`, 'assembly-Prod'), { resources: { Bucket: { Type: value } } });
      const manifest = JSON.parse(readFileSync(join(outer, 'manifest.json'), 'utf8'));
      const artifacts = { ...manifest.artifacts, 'assembly-Prod': type };
      writeFileSync(join(outer, 'manifest.json'), JSON.stringify({ ...manifest, artifacts }));
      writeFileSync(join(inner, 'asset.d'), value);
      return outer;
    });
    const { status, output } = run(one, other);

    expect(status).toBe(1);
    expect(output).toContain('assembly-Prod/Team.template.json.Resources.Bucket.Type: must be "x", got: "y"');
    expect(output).toContain('assembly-Prod/asset.d: must hold the same in both');
  });

  test('differ when both are empty, since that proves nothing', () => {
    const [one, other] = ['one', 'other'].map((name) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'manifest.json'), '{"artifacts":{}}');
      return join(folder, name);
    });

    expect(run(one, other)).toEqual({ status: 1, output: `${one} must hold a template` });
  });

  test('show the first twenty differences', () => {
    const resources = Object.fromEntries([...Array(30).keys()].map((each) => [`R${each}`, { Type: 'T' }]));

    const lines = compare({}, { resources }).output.split('\n');

    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe('... and 10 more');
  });
});

/** What is planted on top of an assembly with one stack. */
interface Change {
  readonly stack?: string;
  readonly resources?: Record<string, object>;
  readonly analytics?: string;
  readonly terminationProtection?: boolean;
  readonly properties?: object;
  readonly metadata?: object;
  readonly furtherMetadata?: object;
  readonly files?: Record<string, string>;
}

function telling(kind: string): Change {
  return { files: { 'ml-infra.json': JSON.stringify({ constructs: [{ path: 'A', kind }] }) } };
}

function compare(expected: Change, actual: Change) {
  return run(assembly('expected', expected), assembly('actual', actual));
}

function run(expected: string, actual: string) {
  const { status, stdout } = spawnSync(process.execPath, [SCRIPT, expected, actual], { encoding: 'utf8' });
  return { status, output: stdout.trim() };
}

function assembly(name: string, change: Change): string {
  const { stack = 'Team', resources, analytics = 'v2:deflate64:some', terminationProtection = true } = change;
  const target = join(folder, name);
  mkdirSync(target);
  const template = {
    Resources: {
      Bucket: { Type: 'B', Properties: { Name: 'x', Tags: ['a', 'b'] } },
      Lifecycle: { Type: 'T', Properties: { Key: `${HASH}.zip` } },
      CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: analytics } },
      ...resources,
    },
  };
  const { metadata, furtherMetadata = {}, files = {} } = change;
  const properties = { templateFile: `${stack}.template.json`, terminationProtection, ...change.properties };
  const additionalMetadataFile = `${stack}.metadata.json`;
  const own = { environment: 'aws://unknown', properties, metadata, additionalMetadataFile };
  const artifacts = { [stack]: { type: 'aws:cloudformation:stack', ...own } };
  writeFileSync(join(target, additionalMetadataFile), JSON.stringify(furtherMetadata));
  for (const [path, content] of Object.entries({ 'asset.a/x/y.py': 'a', 'asset.b.zip': 'a', ...files })) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
  }
  writeFileSync(join(target, `${stack}.template.json`), JSON.stringify(template));
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  return target;
}
