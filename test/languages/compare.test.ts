import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  ])('differ in %s', (_, change, sentence) => {
    const { status, output } = compare({}, change);

    expect(output).toContain(sentence);
    expect(status).toBe(1);
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
  const properties = { templateFile: `${stack}.template.json`, terminationProtection };
  const artifacts = { [stack]: { type: 'aws:cloudformation:stack', environment: 'aws://unknown', properties } };
  writeFileSync(join(target, `${stack}.template.json`), JSON.stringify(template));
  writeFileSync(join(target, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  return target;
}
