import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERBS } from './break';
import { names, readBreakingPage, refusal } from './breaking-page';

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
    '# Breaking\n\n- free text\n\n## 0.2.0\n\n- replaces AWS::S3::Bucket `A`: copy\n  what it holds.\n\n## 1.0.0\n';

  const { entries, problems } = readBreakingPage(`${text}\n- breaks API \`removed:a.B\`: say \`c\` instead.\n`);

  expect(problems).toEqual([]);
  expect(entries).toEqual([
    { version: '0.2.0', verb: 'replaces', what: 'AWS::S3::Bucket', name: 'A' },
    { version: '1.0.0', verb: 'breaks', what: 'API', name: 'removed:a.B' },
  ]);
});

const GOOD = '- deletes AWS::KMS::Key `A`: copy what it holds.';

test.each([
  ['a fence', '```\n## 0.2.0\n- deletes A `b`: c\n```'],
  ['a fence of tildes', '~~~\n## 0.2.0\n- deletes A `b`: c\n~~~'],
  ['a fence in a list', '- so:\n  ~~~md\n  ## 0.2.0\n- deletes A `b`: c\n  ~~~'],
  ['a fence around another', '````\n```\n## 0.2.0\n- deletes A `b`: c\n```\n````'],
  ['a comment', '<!-- later\n## 0.2.0\n- deletes A `b`: c\n-->'],
])('what stands in %s is no entry', (_, text) => {
  expect(readBreakingPage(`${text}\n`)).toEqual({ entries: [], problems: [] });
  expect(readBreakingPage(`## 0.2.0\n\n${text.replace('- so:', '')}\n`)).toEqual({ entries: [], problems: [] });
});

test.each([
  ['fence of line 3', '```'],
  ['comment of line 3', '<!--'],
])('a %s that has no end is a problem', (what, mark) => {
  const { entries, problems } = readBreakingPage(`## 0.2.0\n\n${mark}\n${GOOD}\n`);

  expect(entries).toEqual([]);
  expect(problems).toEqual([`BREAKING.md: the ${what} has no end, so that what follows is not read`]);
});

test.each([
  ['CRLF', `## 0.2.0\r\n\r\n${GOOD}\r\n`],
  ['a byte order mark', `\uFEFF## 0.2.0\n\n${GOOD}\n`],
  ['a comment in a line', `## 0.2.0 <!-- soon -->\n\n${GOOD}<!-- by\nus -->\n`],
])('%s changes nothing', (_, text) => {
  expect(readBreakingPage(text)).toEqual({
    entries: [{ version: '0.2.0', verb: 'deletes', what: 'AWS::KMS::Key', name: 'A' }],
    problems: [],
  });
});

test.each([
  '- replaces AWS::S3::Bucket `A`',
  '- replaces AWS::S3::Bucket `A`: ',
  '- replaces AWS::S3::Bucket A: copy what it holds',
  '- destroys AWS::S3::Bucket `A`: copy what it holds',
  '* replaces AWS::S3::Bucket `A`: copy what it holds',
  '1. replaces AWS::S3::Bucket `A`: copy what it holds',
  '    - replaces AWS::S3::Bucket `A`: copy what it holds',
  '> - replaces AWS::S3::Bucket `A`: copy what it holds',
  '##0.1.1',
  '0.1.1',
  '=====',
  '<details>',
  'A sentence.',
])('%j is no entry', (line) => {
  for (const text of [`## 0.2.0\n${GOOD}\n${line}\n`, `## 0.2.0\n\n${line}\n`]) {
    const { entries, problems } = readBreakingPage(text);

    expect(entries.length).toBe(text.includes(GOOD) ? 1 : 0);
    expect(problems).toEqual([expect.stringMatching(/^BREAKING\.md line 3 is no entry: write/)]);
  }
});

test('what is indented goes on with an entry only where it follows one', () => {
  const { problems } = readBreakingPage(`## 0.2.0\n${GOOD}\n\n  More.\n`);

  expect(problems).toEqual([expect.stringMatching(/^BREAKING\.md line 4 is no entry/)]);
});

test.each([['##0.1.1'], ['0.1.1\n====='], ['**0.2.0**'], [GOOD], [`1. ${GOOD.slice(2)}`]])(
  '%j stands below no version',
  (text) => {
    expect(readBreakingPage(`# Breaking\n\n${text}\n`)).toEqual({
      entries: [],
      problems: [expect.stringMatching(/^BREAKING\.md line 3 stands below no version/)],
    });
  },
);

test.each([['?'], ['copy it first.'], ['<what to do before>'], ['run `aws s3 sync <old> <new>` before']])(
  '%j is nothing that anybody can do',
  (remedy) => {
    expect(readBreakingPage(`## 0.2.0\n\n- deletes AWS::KMS::Key \`A\`: ${remedy}\n`).problems).toEqual([
      expect.stringMatching(/^BREAKING\.md line 3 must say what to do before the upgrade/),
    ]);
  },
);

test.each([['*'], ['*/*'], ['A/*'], ['*/Resource'], ['*/*/*/*'], ['*/*/Resource'], ['A/*/B/Resource']])(
  'the path %s names too much',
  (path) => {
    expect(readBreakingPage(`## 0.2.0\n\n- deletes A \`${path}\`: copy what it holds.\n`).problems).toEqual([
      expect.stringMatching(/^BREAKING\.md line 3: '\*' must stand for the first parts of a path only/),
    ]);
  },
);

test.each<[version: string, latest: string, expected: number]>([
  ['0.2.0', '0.1.4', 0],
  ['1.0.0', '0.1.0', 0],
  ['1.3.0', '1.2.1', 0],
  ['0.1.0', '0.4.0', 0],
  ['9.0.0', '0.1.0', 1],
  ['0.3.0', '0.1.0', 1],
  ['9.0.1', '0.1.0', 1],
  ['0.1.1', '0.1.0', 0],
])('a heading %s after the release %s has %i problems', (version, latest, expected) => {
  expect(readBreakingPage(`## ${version}\n`, latest).problems).toHaveLength(expected);
});

test.each(['0.2', 'v0.2.0', '0.2.0-rc.1'])('%s is no heading of a version', (heading) => {
  expect(readBreakingPage(`## 0.1.0\n\n## ${heading}\n`).problems).toEqual([
    `BREAKING.md line 3 must be a version such as ## 0.2.0, is "${heading}"`,
  ]);
});

test.each<[string, boolean]>([
  ['Shared/Data/Resource', true],
  ['*/Data/Resource', true],
  ['*/*/*', false],
  ['*/*/Resource', false],
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

test.each<[version: string, release: string, expected: boolean]>([
  ['1.3.0', '1.2.0', true],
  ['2.0.0', '1.2.0', true],
  ['0.2.0', '0.1.0', true],
  ['1.2.1', '1.2.0', false],
  ['0.1.1', '0.1.0', false],
])('what may come in a minor version may come in %s after %s: %s', (version, release, expected) => {
  const found = { ...FOUND, place: { release }, mayComeInMinor: true };

  expect(names({ ...FOUND, version }, found)).toBe(expected);
  expect(refusal([{ ...FOUND, version }], found) === undefined).toBe(expected);
});
