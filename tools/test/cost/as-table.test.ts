import { createColors } from 'picocolors';
import { asTable } from '../../src/cost/as-table';
import { columnsOf } from '../../src/diagram/text-width';
import { plantedNotebook } from '../assembly/planted';
import { HOSTILE, manyNotebooks, resultFor } from './results';

const PLAIN = { colors: createColors(false), width: 80 };
const SHORT = { all: false };
const KEY = { Type: 'AWS::KMS::Key', Properties: {} };
const BUCKET = { Type: 'AWS::S3::Bucket' };

function tableOf(
  resources: Record<string, object>,
  before?: Record<string, object>,
  extent: object = {},
  look = PLAIN,
) {
  return asTable(resultFor(resources, { before }), { ...SHORT, ...extent }, look);
}

test('has each cost with its bar and its place, and the total', () => {
  const lines = tableOf({ Ada: plantedNotebook('ml.m5.xlarge'), Key: KEY }).split('\n');

  expect(lines[0]).toMatch(/^Monthly cost: 1\d\d\.\d\d USD$/);
  expect(lines[1]).toMatch(/^us-east-1, prices of \d{4}-\d\d-\d\d$/);
  expect(lines[3]).toMatch(/^167\.90 {2}█{10} {2}ml\.m5\.xlarge, 730 hours: always on {2}Lab\/Ada$/);
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}1\.00 {2}▏ {9} {2}.* {2}Lab\/Key$/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d+\.\d\d {2}total$/));
});

test('500 notebooks of one type are one line, and 500 where all are asked for', () => {
  const instances = (table: string) => table.split('\n').filter((line) => line.includes('ml.t3.medium, 730'));

  expect(instances(tableOf(manyNotebooks(500)))).toEqual([
    expect.stringContaining('18,250.00  ██████████  500 × ml.t3.medium'),
  ]);
  expect(instances(tableOf(manyNotebooks(500), undefined, { all: true }))).toHaveLength(500);
});

test('a long list is cut, with the sum of the rest', () => {
  const table = tableOf(manyNotebooks(40), undefined, { by: 'owner' });

  expect(table).toMatch(/\n +\d+\.\d\d +in 15 more lines: --all\n/);
  expect(table).toContain('total by owner');
  expect(tableOf(manyNotebooks(40), undefined, { by: 'owner', all: true })).not.toContain('more lines');
});

test.each([20, 30, 40, 80, 120])('each line fits %i columns', (width) => {
  const wide = { ...manyNotebooks(3, 'ml.g4dn.xlarge'), [`Long${'Name'.repeat(40)}`]: KEY, Bucket: BUCKET };
  const odd = { [`Odd${'x'.repeat(90)}`]: { Type: `AWS::Odd::${'Type'.repeat(30)}` } };

  for (const before of [undefined, manyNotebooks(2)]) {
    for (const by of [undefined, 'owner']) {
      const lines = tableOf({ ...wide, ...odd }, before, { by }, { ...PLAIN, width }).split('\n');
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
    }
  }
});

test('says what is by use with its price, and what has no price with the reason', () => {
  const table = tableOf({ Bucket: BUCKET, Odd: { Type: 'AWS::Odd::One' } });

  expect(table).toMatch(
    /By use, not counted until MlUsage states how much\n.*0\.023 {2}per GB-month: .* \(s3StorageGb\)/,
  );
  expect(table).toMatch(/Without a known price\n {2}1 × AWS::Odd::One at Lab\/Odd: /);
});

test('of two apps, the difference is told', () => {
  const [small, large] = ['ml.t3.medium', 'ml.m5.xlarge'].map((type) => plantedNotebook(type));
  const table = tableOf({ Ada: large, New: small }, { Ada: small, Gone: small });

  expect(table).toMatch(/^Monthly cost: .* before, .* after: \+131\.40 USD\n/);
  expect(table).toMatch(/\n\+131\.40 {2}dearer {2}ml\.t3\.medium, .* → ml\.m5\.xlarge/);
  expect(table).toMatch(/\n +\+\d+\.\d\d {2}new {5}ml\.t3\.medium/);
  expect(table).toMatch(/\n +-\d+\.\d\d {2}gone {4}ml\.t3\.medium/);
  expect(tableOf({ Ada: small }, { Ada: small })).toContain('after: 0.00 USD');
});

test('an app without costs says so, and nothing is below nothing', () => {
  const table = tableOf({});

  expect(table).toContain('Monthly cost: 0.00 USD');
  expect(table).not.toContain('-0.00');
});

test('names in a template do not steer the terminal', () => {
  const table = tableOf({ [HOSTILE]: KEY, Odd: { Type: HOSTILE } }, { Ada: plantedNotebook('ml.t3.medium', HOSTILE) });

  expect(table).not.toContain('\u001b');
  expect(table).toContain('\\u001b[31m');
  expect(table).not.toMatch(/^\s*@you/m);
});

test('has colours where there are some', () => {
  const colors = createColors(true);
  const table = tableOf({ Key: KEY }, undefined, {}, { ...PLAIN, colors });

  expect(table).toContain(colors.cyan('██████████'));
});

test('prices that are missing are not hidden, and a machine without one comes first', () => {
  const lines = tableOf({ Odd: { Type: 'AWS::Odd::One' }, Ada: plantedNotebook('ml.p6.48xlarge'), Key: KEY }).split(
    '\n',
  );

  expect(lines[0]).toMatch(/^Monthly cost: at least \d+\.\d\d USD, 2 costs without a price$/);
  expect(lines[3]).toMatch(/^ +\? {14}no price of ml\.p6\.48xlarge /);
  expect(lines).toContainEqual(expect.stringMatching(/^\d+\.\d\d {2}total of what has a price$/));
  expect(lines[lines.indexOf('Without a known price') + 1]).toMatch(/NotebookInstance at Lab\/Ada: /);
});

test('an app of more costs than a function takes arguments is written', () => {
  const result = resultFor({ Key: KEY });
  const items = Array.from({ length: 130_000 }, (_, index) => ({
    ...result.estimate.items[0],
    constructPath: `Lab/Key${index}`,
    monthlyUsd: index,
  }));

  const many = { ...result, estimate: { ...result.estimate, items } };
  expect(asTable(many, { ...SHORT, by: 'construct' }, PLAIN)).toContain('in 129975 more lines');
});
