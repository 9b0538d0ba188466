import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import * as library from '../src';
import { FACTS_FILE, type FactsFile, factsOf, type WrittenFacts } from '../src/private/facts';
import { LAYOUTS } from './releases/release-layouts';
import { textsOf } from './shared/templates';

jest.setTimeout(120_000);

const ENV = { account: '111111111111', region: 'eu-central-1' };
const PUBLIC = Object.entries(library as { [name: string]: unknown }).filter(
  ([, value]) => typeof value === 'function' && value.prototype instanceof Construct,
) as [string, new () => Construct][];

describe('the facts of an app with everything', () => {
  const app = new App({ analyticsReporting: false });
  LAYOUTS.everything(app, ENV);
  const all = app.node.findAll();
  const assembly = app.synth();
  const text = readFileSync(join(assembly.directory, FACTS_FILE), 'utf8');
  const { constructs } = JSON.parse(text) as FactsFile;
  const byPath = new Map(constructs.map((each) => [each.path, each]));

  test.each(PUBLIC)('tell each %s, by its name', (kind, type) => {
    const instances = all.filter((construct) => construct instanceof type);

    // A class that is missing here belongs into test/releases/release-layouts.ts.
    expect(instances.length).toBeGreaterThan(0);
    expect(instances.map((construct) => [construct.node.path, factsOf(construct)?.kind])).toEqual(
      instances.map((construct) => [construct.node.path, kind]),
    );
  });

  test.each([
    ['Existing/Network', 'MlNetwork'],
    ['Existing/Storage', 'MlStorage'],
    ['Reader/Shared', 'MlSharedInfra'],
    ['Reader/Shared/Network', 'MlNetwork'],
    ['Reader/Shared/Storage', 'MlStorage'],
  ])('tell of %s, which is no instance of %s, that it is one', (path, kind) => {
    expect(byPath.get(path)?.kind).toBe(kind);
  });

  test('name constructs of the app alone, and stacks that have a template', () => {
    const paths = new Set(all.map(({ node }) => node.path));
    const unknown = constructs.flatMap((each) => referred(each)).filter((path) => !paths.has(path));
    expect(unknown).toEqual([]);
    expect(new Set(constructs.map(({ stack }) => stack))).toContain('Everything');
  });

  test('hold no token, no number of which changes with the order of the app', () => {
    expect(text).not.toMatch(/Token\[|TOKEN|e\+\d{3}/);
  });

  test('are the same each time, also beside another app that has taken numbers of tokens', () => {
    const other = new App({ analyticsReporting: false });
    LAYOUTS.everything(other, ENV);

    expect(readFileSync(join(other.synth().directory, FACTS_FILE), 'utf8')).toBe(text);
  });

  test('tell owners, environments and projects as the tags do', () => {
    const bodies = [...textsOf(assembly).values()].map((body) => JSON.parse(body));
    const tags = bodies.flatMap((body) =>
      Object.values<{ Type: string; Properties: { Tags: { Key: string; Value: string }[] } }>(body.Resources)
        .filter(({ Type }) => Type === 'AWS::SageMaker::NotebookInstance')
        .map(({ Properties }) => new Map(Properties.Tags.map(({ Key, Value }) => [Key, Value])))
        .map((found) => [found.get('ml-environment'), found.get('ml-owner'), found.get('ml-project')]),
    );
    const told = constructs
      .filter(({ kind }) => kind === 'MlNotebook')
      .map(({ identity }) => [identity?.environment, identity?.owner, identity?.project]);

    expect(tags.length).toBeGreaterThan(10);
    expect(told.map(String).sort()).toEqual(tags.map(String).sort());
  });

  test.each<[string, string[], string[]]>([
    ['Everything/Boundary', ['all regions'], []],
    ['Everything/Fleet', ['3 notebooks'], []],
    ['Reader/Fleet', ['1 notebook'], []],
    ['Guarded/Lifecycle', ['idle stop after 1 hour'], ['stands on Guarded/Shared']],
    ['Everything/Alarms', ['failed starts', 'setup', 'disk from 85 %', 'idle checks'], ['watches Everything/Shared']],
    ['Everything/SelfService', ['any machine'], ['stands on Everything/Shared', 'allows Everything/Lifecycle']],
    ['Open/Logs', ['kept 365 days', '2 log groups'], []],
    ['Guarded/Trail', ['Object Lock 7 days', 'CloudWatch Logs'], ['records Guarded/Shared']],
    ['Everything/Role-job', ['for jobs'], ['stands on Everything/Shared']],
    ['Everything/Role-model', ['for models'], ['stands on Everything/Shared']],
    ['Everything/Role-pipeline', ['for pipelines'], ['stands on Everything/Shared']],
  ])('tell what a reader wants to know first, and what is used: %s', (path, details, links) => {
    const facts = byPath.get(path);

    expect(facts?.details).toEqual(details);
    expect((facts?.links ?? []).map(({ to, label }) => `${label} ${to}`)).toEqual(links);
  });

  test('tell the features of a lifecycle in words, and the number of its steps', () => {
    const details = byPath.get('Everything/Lifecycle')?.details;

    expect(details).toEqual(
      expect.arrayContaining(['idle stop after 2 hours', 'package index', 'code server', '3 steps']),
    );
  });

  test('tell the bucket and the key of a trail', () => {
    expect(byPath.get('Everything/Trail')?.parts).toEqual([
      { kind: 'bucket', path: 'Everything/Trail/Events', label: 'events' },
      { kind: 'key', path: 'Everything/Trail/Key', label: 'key' },
    ]);
  });

  test('tell bases by the tag of their notebooks', () => {
    expect(byPath.get('Guarded/Shared')?.identity?.base).toBe('guarded');
    expect(byPath.get('Everything/Shared')?.identity?.base).toBe('Everything-Shared-eu-central-1');
    expect(byPath.get('Everything/team')?.identity?.base).toBe('Everything-Shared-eu-central-1');
    const read = constructs.filter(({ path, identity }) => path.startsWith('Reader/') && identity !== undefined);
    expect(new Set(read.map(({ identity }) => identity?.base))).toEqual(new Set(['guarded']));
  });
});

/** Each path that facts refer to. */
function referred({ path, stack, parts = [], within, links = [] }: WrittenFacts): string[] {
  return [path, stack, ...parts.map((part) => part.path), ...(within ? [within] : []), ...links.map(({ to }) => to)];
}
