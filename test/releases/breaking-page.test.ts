import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from './break';
import { names, readBreakingPage } from './breaking-page';

const BREAKING = readFileSync(join(__dirname, '..', '..', 'BREAKING.md'), 'utf8');
const FOUND = { verb: 'replaces', what: 'AWS::S3::Bucket', name: 'Shared/Data/Resource' } as const;

test('BREAKING.md can be read', () => {
  expect(readBreakingPage(BREAKING).problems).toEqual([]);
});

test('BREAKING.md explains each word that a line may begin with', () => {
  const explained = [...BREAKING.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell]) => cell.match(/\w+/g));

  expect(explained.sort()).toEqual([...VERBS].sort());
});

test('a line is an entry of the version above it, and may go on', () => {
  const text =
    '# Breaking\n\n- free text\n\n## 0.2.0\n\n- replaces AWS::S3::Bucket `A`: copy\n  it first.\n\n## 1.0.0\n';

  const { entries, problems } = readBreakingPage(`${text}\n- breaks API \`removed:a.B\`: say c.\n`);

  expect(problems).toEqual([]);
  expect(entries).toEqual([
    { version: '0.2.0', verb: 'replaces', what: 'AWS::S3::Bucket', name: 'A' },
    { version: '1.0.0', verb: 'breaks', what: 'API', name: 'removed:a.B' },
  ]);
});

test('what stands between fences is an example', () => {
  expect(readBreakingPage('```\n## 0.2.0\n- deletes A `b`: c\n```\n').entries).toEqual([]);
});

test.each([
  '- replaces AWS::S3::Bucket `A`',
  '- replaces AWS::S3::Bucket `A`: ',
  '- replaces AWS::S3::Bucket A: copy',
  '- destroys AWS::S3::Bucket `A`: copy',
  '* replaces AWS::S3::Bucket `A`: copy',
  '- something else',
])('%j is no entry', (line) => {
  const { entries, problems } = readBreakingPage(`## 0.2.0\n\n${line}\n`);

  expect(entries).toEqual([]);
  expect(problems).toEqual([expect.stringMatching(/^BREAKING\.md line 3 is no entry: write/)]);
});

test.each(['0.2', 'v0.2.0', '0.2.0-rc.1'])('%s is no heading of a version', (heading) => {
  expect(readBreakingPage(`## 0.1.0\n\n## ${heading}\n`).problems).toEqual([
    `BREAKING.md line 3 must be a version such as ## 0.2.0, is "${heading}"`,
  ]);
});

test.each<[string, boolean]>([
  ['Shared/Data/Resource', true],
  ['*/Data/Resource', true],
  ['*/*/*', true],
  ['*', false],
  ['*/Resource', false],
  ['Sh*/Data/Resource', false],
  ['Shared/Data', false],
  ['Shared/Data/Resource/More', false],
  ['shared/data/resource', false],
])('the path %s names the break: %s', (name, expected) => {
  const entry = { ...FOUND, version: '0.2.0', name };

  expect(names(entry, { ...FOUND, place: { release: '0.1.0' } })).toBe(expected);
});

test.each<[version: string, release: string, expected: boolean]>([
  ['0.2.0', '0.1.0', true],
  ['0.2.0', '0.1.9', true],
  ['1.0.0', '0.9.0', true],
  ['2.0.0', '1.4.2', true],
  ['0.1.1', '0.1.0', false],
  ['0.2.0', '0.2.0', false],
  ['0.2.0', '0.3.0', false],
  ['1.5.0', '1.4.2', false],
  ['1.4.3', '1.4.2', false],
  ['0.10.0', '0.9.0', true],
  ['1.0.0', '1.0.0', false],
])('%s may break users of %s: %s', (version, release, expected) => {
  expect(names({ ...FOUND, version }, { ...FOUND, place: { release } })).toBe(expected);
});
