import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReleaseRecord, readRecord, recordedVersions, writeRecord } from './release-record';

const TEMPLATE = {
  Parameters: {},
  Mappings: {},
  Conditions: {},
  Resources: { B: { Type: 'AWS::S3::Bucket', Path: 'B', Properties: {} } },
  Outputs: {},
  Stack: { Environment: 'aws://1/eu-central-1', Tags: { team: 'vision' }, TerminationProtection: true },
};
const FLAGS = { none: {}, some: { flag: true }, more: { flag: false } };
const RECORD: Omit<ReleaseRecord, 'version'> = {
  core: '2.276.0',
  flags: FLAGS,
  environments: { more: { account: '1', region: 'eu-central-1' } },
  layouts: { team: { none: { Team: TEMPLATE }, some: { Team: { ...TEMPLATE, Outputs: { O: { Value: 'o' } } } } } },
  assembly: { name: 'x' },
  sources: { entry: 'a.ts', files: { 'a.ts': 'export const LAYOUTS = {};' } },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (version: string) => writeRecord(folder, { version, ...RECORD });

test('a record is read as it was written', () => {
  write('0.1.0');

  expect(readRecord(folder, '0.1.0')).toEqual({ version: '0.1.0', ...RECORD });
});

test('one set is text for people', () => {
  write('0.1.0');

  const text = readFileSync(join(folder, '0.1.0', 'templates', 'team', 'none', 'Team.json'), 'utf8');
  expect(JSON.parse(text)).toEqual(TEMPLATE);
});

test.each([
  'record.json',
  'assembly.json.gz',
  'sources.json.gz',
  'templates/team/none/Team.json',
  'templates/team/some/Team.json.gz',
])('an edit of %s is noticed', (file) => {
  write('0.1.0');
  const path = join(folder, '0.1.0', file);
  if (file === 'record.json') {
    writeFileSync(path, readFileSync(path, 'utf8').replace('"flag": true', '"flag": false'));
  } else {
    appendFileSync(path, ' ');
  }

  expect(() => readRecord(folder, '0.1.0')).toThrow(`${file} was changed after it was written`);
});

test('what has a version for its name and is no record is left alone', () => {
  mkdirSync(join(folder, '0.0.1'));
  writeFileSync(join(folder, '0.0.1', 'thesis.txt'), 'x');
  mkdirSync(join(folder, '0.0.2'));
  writeFileSync(join(folder, '0.0.2', 'record.json'), '{"title":"Blue"}');

  expect(['0.1.0', '0.2.0', '0.3.0', '0.4.0'].flatMap(write)).toEqual(['0.1.0']);
  expect(recordedVersions(folder)).toEqual(['0.0.1', '0.0.2', '0.2.0', '0.3.0', '0.4.0']);
});

test('a version that would not be compared with is refused before anything is written', () => {
  for (const version of ['0.2.0', '0.3.0', '0.4.0']) {
    write(version);
  }

  expect(() => write('0.1.0')).toThrow('0.1.0 is older than what is compared with: 0.2.0, 0.3.0, 0.4.0');
  expect(existsSync(join(folder, '0.1.0'))).toBe(false);
  expect(write('0.3.1')).toEqual(['0.2.0']);
});
