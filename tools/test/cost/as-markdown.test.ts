import { asMarkdown } from '../../src/cost/as-markdown';
import { plantedNotebook } from '../assembly/planted';
import { HOSTILE, manyNotebooks, resultFor } from './results';

const SHORT = { all: false };
const [SMALL, LARGE] = ['ml.t3.medium', 'ml.m5.xlarge'].map((type) => plantedNotebook(type));

test('is a table with the total, and folds what is not in it', () => {
  const markdown = asMarkdown(resultFor({ Ada: LARGE, Odd: { Type: 'AWS::Odd::One' } }), SHORT);

  expect(markdown).toMatch(
    /^### Monthly cost: at least \d+\.\d\d USD, 1 cost without a price\n\nus-east-1, prices of /,
  );
  expect(markdown).toMatch(/\n\| ml\.m5\.xlarge, 730 hours: always on \| `Lab\/Ada` \| 167\.90 \|\n/);
  expect(markdown).toMatch(/\n\| \*\*Total\*\* \| {2}\| \*\*at least \d+\.\d\d\*\* \|\n/);
  expect(markdown).toContain('<details><summary>Without a known price</summary>');
});

test('of two apps, has before and after, and the largest differences', () => {
  const markdown = asMarkdown(resultFor({ Ada: LARGE }, { before: { Ada: SMALL } }), SHORT);

  expect(markdown).toMatch(/^### Monthly cost: [\d.]+ → [\d.]+ USD \(\+131\.40\)\n/);
  expect(markdown).toMatch(
    /\n\| dearer \| ml\.t3\.medium, .* → ml\.m5\.xlarge, .* \| `Lab\/Ada` \| .* \| \*\*\+131\.40\*\* \|\n/,
  );
  expect(asMarkdown(resultFor({ Ada: LARGE }, { before: { Ada: LARGE } }), SHORT)).toContain(
    'Nothing that has a price changes.',
  );
});

test('says what is above the limit', () => {
  expect(asMarkdown(resultFor({ Ada: LARGE }, { limit: 100 }), SHORT)).toContain('**Above the limit of 100.00 USD.**');
  expect(asMarkdown(resultFor({ Ada: LARGE }, { limit: 1000 }), SHORT)).not.toContain('Above');
});

test('a large app stays a comment that GitHub takes', () => {
  const before = manyNotebooks(2000);
  for (const [id, notebook] of Object.entries(before)) {
    const { Type, Properties } = notebook as { Type: string; Properties: object };
    before[id] = { Type, Properties: { ...Properties, VolumeSizeInGB: 5 + Number(id.replace(/\D/g, '')) } };
  }

  for (const result of [resultFor(before), resultFor(manyNotebooks(2), { before })]) {
    expect(asMarkdown(result, SHORT).length).toBeLessThan(65_536);
    expect(asMarkdown(result, { all: true }).length).toBeGreaterThan(65_536);
  }
});

test('names in a template are neither Markdown nor HTML, and call nobody', () => {
  const odd = { Type: `AWS::Odd::${HOSTILE}` };
  const markdown = asMarkdown(resultFor({ [HOSTILE]: LARGE, Odd: odd, Typed: plantedNotebook(HOSTILE) }), SHORT);

  const outsideCode = markdown.replace(/`[^`\n]*`/g, '');
  expect(outsideCode).not.toMatch(/<b>|\]\(|@you|:\/\//);
  expect(markdown).not.toContain('\u001b');
  for (const table of tablesIn(markdown)) {
    expect(new Set(table.map(cellsOf)).size).toBe(1);
  }
});

test('each row of a table has as many cells as its head', () => {
  const markdown = asMarkdown(resultFor(manyNotebooks(30), { before: manyNotebooks(3, 'ml.m5.xlarge') }), {
    all: true,
  });

  for (const table of tablesIn(markdown)) {
    expect(new Set(table.map(cellsOf)).size).toBe(1);
  }
});

test('a machine without a price comes first, and its change has no amount', () => {
  const unknown = { Ada: plantedNotebook('ml.p6.48xlarge'), Bob: LARGE };
  const [alone, compared] = [resultFor(unknown), resultFor(unknown, { before: { Ada: SMALL, Bob: LARGE } })].map(
    (result) => asMarkdown(result, SHORT),
  );

  expect(tablesIn(alone)[0][2]).toMatch(/^\| no price of ml\.p6\.48xlarge .* \| `Lab\/Ada` \| \? \|$/);
  expect(compared).toMatch(/^### Monthly cost: .* → at least .* USD \(at least -36\.50\), 1 cost without a price\n/);
  expect(compared).toMatch(
    /\| price unknown \| ml\.t3\.medium, .* → ml\.p6\.48xlarge \| `Lab\/Ada` \| [\d.]+ \| \? \| \*\*\?\*\* \|/,
  );
  expect(compared).toMatch(/\nNew without a price: 1\n\n.*\n.*\n\| `Lab\/Ada` \| no price of ml\.p6/);
});

test('sums by an aspect have no place, and of two apps they are differences', () => {
  const [ada, bob] = ['ada', 'bob'].map((owner) => plantedNotebook('ml.t3.medium', owner));
  const by = { ...SHORT, by: 'owner' as const };

  expect(asMarkdown(resultFor({ ada }), by)).toContain('\n| owner | USD a month |\n| --- | ---: |\n| ada | ');
  expect(asMarkdown(resultFor({ ada, bob }, { before: { ada } }), by)).toMatch(
    /\n\| owner \| Before \| After \| Difference \|\n.*\n\| bob \| 0\.00 \| ([\d.]+) \| \*\*\+\1\*\* \|\n\| \*\*Total\*\* /,
  );
});

function tablesIn(markdown: string): string[][] {
  const blocks = markdown.split('\n\n').filter((block) => block.startsWith('|'));
  return blocks.map((block) => block.trim().split('\n'));
}

/** A backslash takes the character behind it out of the count, whatever it is: so does GitHub. */
function cellsOf(row: string): number {
  return row.replace(/\\./g, '').split('|').length;
}
