import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnOutput, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import type { Define } from '../examples/synthesis';
import { type Break, VERBS } from './break';
import { type ApiCheck, compareWithReleases, recordRelease } from './check-releases';

/** What a stack holds: resources by id, as type, properties and attributes, and what is defined beside them. */
interface Holding {
  readonly resources?: { [id: string]: { type: string; properties?: object; attributes?: object } };
  readonly besides?: (stack: Stack) => void;
}

const BUCKET = { type: 'AWS::S3::Bucket', attributes: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' } };
const TABLE = { type: 'AWS::DynamoDB::Table' };
const EMPTIES = { type: 'Custom::S3AutoDeleteObjects', properties: { BucketName: { Ref: 'A' } } };
const NOTEBOOK = { type: 'AWS::SageMaker::NotebookInstance', properties: { InstanceType: 'ml.t3.medium' } };
const LOGS = { type: 'AWS::Logs::LogGroup' };
const ALARM = { type: 'AWS::CloudWatch::Alarm', properties: { AlarmName: 'a' } };
const API: Break = { verb: 'breaks', what: 'API', name: 'removed:x.Y.z', place: { release: '0.1.0' } };

/** An upgrade for each way to hurt a user: before, after, and by what BREAKING.md names it. */
const PLANTED: { [verb in (typeof VERBS)[number]]: [key: string, before: Holding, after: Holding, api?: Break] } = {
  adds: ['adds export `O`', {}, { besides: output({ exportName: 'o' }) }],
  asks: ['asks parameter `P`', {}, { besides: (stack) => new CfnParameter(stack, 'P') }],
  breaks: ['breaks API `removed:x.Y.z`', {}, {}, API],
  collides: ['collides AWS::CloudWatch::Alarm `A`', holding({ A: ALARM }), holding({ B: ALARM })],
  deletes: ['deletes AWS::DynamoDB::Table `A`', holding({ A: TABLE }), {}],
  empties: ['empties AWS::S3::Bucket `A`', holding({ A: BUCKET }), holding({ A: BUCKET, E: EMPTIES })],
  imports: ['imports export `other`', {}, { besides: output({ value: Fn.importValue('other') }) }],
  orphans: ['orphans AWS::S3::Bucket `A`', holding({ A: BUCKET }), {}],
  reads: ['reads parameter `/ml-infra/<name>/new`', {}, { besides: reader('/ml-infra/team/new') }],
  redirects: [
    'redirects output `O`',
    { ...holding({ A: BUCKET, B: BUCKET }), besides: output({ value: Fn.ref('A') }) },
    { ...holding({ A: BUCKET, B: BUCKET }), besides: output({ value: Fn.ref('B') }) },
  ],
  removes: ['removes output `O`', { besides: output({}) }, {}],
  renames: ['renames AWS::CloudWatch::Alarm `A`', holding({ A: ALARM }), holding({ A: { ...ALARM, properties: {} } })],
  replaces: [
    'replaces AWS::S3::Bucket `A`',
    holding({ A: BUCKET }),
    holding({ A: { ...BUCKET, properties: { BucketName: 'b' } } }),
  ],
  restarts: [
    'restarts AWS::SageMaker::NotebookInstance `A`',
    holding({ A: NOTEBOOK }),
    holding({ A: { ...NOTEBOOK, properties: { InstanceType: 'ml.m5.large' } } }),
  ],
  shortens: [
    'shortens AWS::Logs::LogGroup `A`',
    holding({ A: LOGS }),
    holding({ A: { ...LOGS, properties: { RetentionInDays: 30 } } }),
  ],
  weakens: [
    'weakens AWS::S3::Bucket `A`',
    holding({ A: BUCKET }),
    holding({ A: { ...BUCKET, attributes: { UpdateReplacePolicy: 'Retain' } } }),
  ],
};

const CHANGELOG = '# Changelog\n\n## Unreleased\n\n## [0.1.0](https://example.com) (2026-11-21)\n';

let records: string;
beforeEach(() => {
  records = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => {
  rmSync(records, { recursive: true });
});

describe.each(Object.entries(PLANTED))('an upgrade that %s', (_, [key, before, after, api]) => {
  const upgraded = (breaking: string) => {
    record('0.1.0', before);
    return compare({ after, breaking, api });
  };

  test('fails, with a sentence that says where', async () => {
    const { problems } = await upgraded('');

    const place = api ? '0.1.0' : '0.1.0, layout team, flags none, stack Team';
    expect(problems).toContainEqual(expect.stringContaining(`an upgrade from ${place} ${key}`));
    expect(problems[0]).toContain(`- ${key}: <what to do before>, below ## 0.2.0 or later`);
  });

  test('passes once BREAKING.md names it for a version that may break', async () => {
    const { problems, notes } = await upgraded(`## 0.2.0\n\n- ${key}: copy the data before.\n`);

    expect([...problems, ...notes]).toEqual([]);
  });

  test('fails where BREAKING.md names it for a version that may not', async () => {
    const { problems } = await upgraded(`## 0.1.1\n\n- ${key}: copy the data before.\n`);

    expect(problems[0]).toMatch(/names it below 0\.1\.1, which may not break 0\.1\.0: that takes 0\.2\.0$/);
  });

  test('fails where BREAKING.md names something near it', async () => {
    const { problems } = await upgraded(`## 0.2.0\n\n- ${key.replace(/`$/, '/B`')}: copy the data before.\n`);

    expect(problems).toContainEqual(expect.stringContaining(`BREAKING.md does not name it: - ${key}`));
    expect(problems).toContainEqual(expect.stringContaining('happens to no user of the last releases'));
  });
});

test('an app that stays as it is passes', async () => {
  record('0.1.0', holding({ A: BUCKET }));

  expect(await compare({ after: holding({ A: BUCKET }) })).toEqual({ problems: [], notes: [], releases: ['0.1.0'] });
});

test('users who skip releases are looked at, too', async () => {
  record('0.1.0', holding({ A: BUCKET, B: TABLE }));
  record('0.2.0', holding({ A: BUCKET }));

  const told = '## 0.2.0\n\n- deletes AWS::DynamoDB::Table `B`: copy it before.\n';
  const unsaid = await compare({ after: holding({ A: BUCKET }) });

  expect(unsaid.problems).toHaveLength(3);
  expect(unsaid.problems).toContainEqual(expect.stringContaining('an upgrade from 0.1.0, layout team, flags none,'));
  expect((await compare({ after: holding({ A: BUCKET }), breaking: told })).problems).toEqual([]);
});

test('what was said of a release does not excuse what happens after it', async () => {
  record('0.2.0', holding({ B: TABLE }));

  const { problems } = await compare({
    after: {},
    breaking: '## 0.2.0\n\n- deletes AWS::DynamoDB::Table `B`: copy it before.\n',
  });

  expect(problems).toContainEqual(expect.stringContaining('may not break 0.2.0: that takes 0.3.0'));
});

test('a layout that is gone is a break', async () => {
  record('0.1.0', {});

  const { problems } = await compareWithReleases({ records, layouts: {}, breaking: '', changelog: '' });

  expect(problems).toEqual([expect.stringContaining('removes layout `team`')]);
});

test('three releases are kept, by their versions and not by the order in which they were recorded', () => {
  record('0.9.0', {});
  record('0.11.0', {});
  record('0.10.0', {});

  expect(record('0.12.0', {})).toEqual(['0.9.0']);
});

test('what concerns none of the last releases any more is told, and does not fail', async () => {
  record('0.2.0', {});

  const { problems, notes } = await compare({
    breaking: '## 0.2.0\n\n- deletes AWS::KMS::Key `A`: copy the data before.\n',
  });

  expect(problems).toEqual([]);
  expect(notes).toEqual(['stale  BREAKING.md, 0.2.0: deletes AWS::KMS::Key `A` concerns no release']);
});

test('it is said where no release has a record', async () => {
  expect(await compare({})).toEqual({
    problems: [],
    notes: ['no release has a record yet: nothing to compare with'],
    releases: [],
  });
});

test('a release of the changelog without a record fails, and so does a record that lost a file', async () => {
  const missing = await compare({ changelog: CHANGELOG });
  const upcoming = await compare({ changelog: CHANGELOG, upcoming: '0.1.0' });
  record('0.1.0', {});
  rmSync(join(records, '0.1.0', 'templates', 'team', 'none', 'Team.json'));
  const lost = await compare({ changelog: CHANGELOG });

  expect(missing.problems).toEqual([`0.1.0 is in CHANGELOG.md and has no record in ${records}`]);
  expect(upcoming.problems).toEqual([]);
  expect(lost.problems).toEqual([expect.stringMatching(/^the record of 0\.1\.0 cannot be read: ENOENT/)]);
});

describe('a record is refused', () => {
  test('of what is no version', () => {
    expect(() => record('v0.1.0', {})).toThrow('a release must be recorded as a version such as 0.1.0, got: v0.1.0');
  });

  test('of a release that has one', () => {
    record('0.1.0', {});

    expect(() => record('0.1.0', holding({ A: BUCKET }))).toThrow('a release is recorded once');
  });

  test('of a version below the one that BREAKING.md tells of', () => {
    const breaking = '## 0.2.0\n\n- deletes AWS::KMS::Key `A`: copy it.\n';

    expect(() => record('0.1.1', {}, breaking)).toThrow('BREAKING.md tells of breaks in 0.2.0');
    expect(record('0.2.0', {}, breaking)).toEqual([]);
  });
});

test('the script exits with 1 and says why', () => {
  mkdirSync(join(records, '0.1.0'));
  writeFileSync(join(records, '0.1.0', 'record.json'), 'x');

  const script = join(__dirname, '..', '..', 'scripts', 'check-releases.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--templates', '--records', records], {
    encoding: 'utf8',
  });

  expect(stderr).toContain('fail  the record of 0.1.0 cannot be read');
  expect(status).toBe(1);
}, 60_000);

function record(version: string, before: Holding, breaking = ''): string[] {
  const upgrade = { records, layouts: { team: define(before) }, breaking, changelog: '' };
  return recordRelease(upgrade, version, '2.276.0', { name: 'x', types: {} });
}

function compare({ after = {}, breaking = '', changelog = '', upcoming, api }: Comparison) {
  const check: ApiCheck = async () => (api ? [api] : []);
  return compareWithReleases({ records, layouts: { team: define(after) }, breaking, changelog, upcoming }, check);
}

interface Comparison {
  readonly after?: Holding;
  readonly breaking?: string;
  readonly changelog?: string;
  readonly upcoming?: string;
  readonly api?: Break;
}

function define({ resources = {}, besides }: Holding): Define {
  return (app) => {
    const stack = new Stack(app, 'Team');
    for (const [id, { type, properties, attributes = {} }] of Object.entries(resources)) {
      const resource = new CfnResource(stack, id, { type, properties: { ...properties } });
      for (const [name, value] of Object.entries(attributes)) {
        resource.addOverride(name, value);
      }
    }
    besides?.(stack);
  };
}

function holding(resources: Holding['resources']): Holding {
  return { resources };
}

function output(props: { value?: string; exportName?: string }): (stack: Stack) => void {
  return (stack) => {
    new CfnOutput(stack, 'O', { value: 'o', ...props });
  };
}

function reader(name: string): (stack: Stack) => void {
  return (stack) => {
    new CfnParameter(stack, 'P', { type: 'AWS::SSM::Parameter::Value<String>', default: name });
  };
}
