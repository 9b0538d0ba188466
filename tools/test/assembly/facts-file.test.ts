import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateOf } from '../../src/assembly/estimate-of';
import { readFacts } from '../../src/assembly/facts-file';
import { readAssembly } from '../../src/assembly/read-assembly';
import { Refusal } from '../../src/refusal';
import { plantedAssembly, plantedFiles, plantedNotebook } from './planted';

const ALICE = { path: 'Lab/alice', stack: 'Lab', kind: 'MlNotebook' };

function facts(content: object, stacks: { path: string; nestedIn?: string }[] = [{ path: 'Lab' }]) {
  const folder = plantedFiles({ 'ml-infra.json': { schema: 1, library: '1.2.3', constructs: [ALICE], ...content } });
  const read = { name: 'x', template: {}, resources: [] };
  return readFacts(
    folder,
    stacks.map((each) => ({ ...read, ...each })),
  );
}

test('facts in full are taken as they are', () => {
  const full = {
    ...ALICE,
    details: ['ml.t3.medium'],
    identity: { base: 'team' },
    parts: [{ kind: 'subnet', path: 'Lab/a', label: 'subnet 1' }],
    within: 'Lab/a',
    links: [{ to: 'Lab/Shared', label: 'stands on' }],
    hours: { perMonth: 239, because: 'weekdays' },
    usage: { notebookHours: 160, ofDeployment: '${Hours}', none: null },
  };

  expect(facts({ constructs: [full] })).toEqual({ library: '1.2.3', facts: [full] });
});

test.each([
  ['links', 5],
  ['links', null],
  ['links', [{ to: 'Lab/Shared' }]],
  ['details', 7],
  ['details', ['a', 7]],
  ['parts', {}],
  ['parts', [null]],
  ['identity', { base: 7 }],
  ['within', {}],
  ['hours', { perMonth: 5 }],
  ['hours', 'all'],
  ['usage', [1]],
  ['stack', undefined],
  ['kind', ''],
])('facts whose %s are %j are refused', (name, value) => {
  const read = () => facts({ constructs: [{ ...ALICE, [name]: value }] });

  expect(read).toThrow(Refusal);
  expect(read).toThrow(`run \`cdk synth\` again, got: '${name}' of Lab/alice: `);
});

test.each([
  ['constructs', {}],
  ['constructs', [7]],
  ['stacks', 'Lab'],
])('a file whose %s are %j is refused', (name, value) => {
  expect(() => facts({ [name]: value })).toThrow(`'${name}' of its top: `);
});

test('a path of more levels than a tree has is refused', () => {
  expect(() => facts({ constructs: [{ ...ALICE, path: 'a/'.repeat(20_000) }] })).toThrow(/at most 1000 levels deep/);
});

test.each([
  [['Lab'], ['Lab']],
  [['Lab', 'Lab/Nested', 'Lab/Product'], ['Lab']],
  [undefined, ['Lab', 'Other']],
])('facts of the stacks %j belong to an app of the stacks %j', (told, read) => {
  const stacks = read.map((path) => ({ path }));

  expect(facts({ stacks: told }, [...stacks, { path: 'Lab/Nested', nestedIn: 'Lab' }]).facts).toEqual([ALICE]);
});

test.each([
  [['Old'], ['Lab']],
  [['Lab', 'Old'], ['Lab']],
  [['Lab'], ['Lab', 'New']],
  [[], ['Lab']],
])('facts of the stacks %j are not those of an app of the stacks %j', (told, read) => {
  const stacks = read.map((path) => ({ path }));

  expect(facts({ stacks: told }, stacks)).toEqual({
    facts: [],
    notes: [expect.stringMatching(/^ml-infra\.json is left out: its stacks are not those of manifest\.json/)],
  });
});

test('that facts are left out is among the assumptions', () => {
  const folder = plantedAssembly([{ name: 'Lab', resources: { Ada: plantedNotebook('ml.t3.medium') } }]);
  const stale = { ...ALICE, path: 'Lab/Ada', hours: { perMonth: 1, because: 'of another app' } };
  const after = (stacks: string[]) => {
    const content = { schema: 1, library: '1.2.3', stacks, constructs: [stale] };
    writeFileSync(join(folder, 'ml-infra.json'), JSON.stringify(content));
    const { assumptions, items } = estimateOf(readAssembly(folder));
    return [items[0].quantity, assumptions.some((each) => each.includes('ml-infra.json'))];
  };

  expect(after(['Lab'])).toEqual([1, false]);
  expect(after(['Old'])).toEqual([730, true]);
});

test('checks that ran are named, with the number of their rules', () => {
  const checks = [{ name: 'CdkMlInfra', rules: ['A', 'B'] }, { name: 'Own' }, { rules: [] }, 7];

  expect(facts({ checks }).ran).toEqual([{ name: 'CdkMlInfra', rules: 2 }, { name: 'Own' }]);
  expect([facts({}).ran, facts({ checks: 'all' }).ran]).toEqual([undefined, undefined]);
});
