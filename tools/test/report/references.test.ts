import { References, textOf } from '../../src/report/references';
import { assemblyOf, stackOf } from './apps';

const bucket = { Type: 'AWS::S3::Bucket' };
const base = stackOf('Base', {
  region: 'eu-central-1',
  account: '111122223333',
  Resources: {
    Data: bucket,
    Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { In: { Ref: 'Data' } } } },
  },
  Outputs: {
    Plain: { Value: { 'Fn::GetAtt': ['Data', 'Arn'] } },
    Exported: { Value: { Ref: 'Data' }, Export: { Name: { 'Fn::Sub': '${AWS::Region}-data' } } },
  },
});
const nested = stackOf('Base/Nested', {
  name: 'Nested',
  nestedIn: 'Base',
  Resources: { Inner: bucket },
  Outputs: { Out: { Value: { 'Fn::GetAtt': ['Inner', 'Arn'] } } },
});
// A reader replaces the resource of a nested stack by what is nested.
const around = { ...base, resources: base.resources.filter(({ logicalId }) => logicalId !== 'Nested') };
const team = stackOf('Team', { Resources: { Own: bucket } });
const references = new References(assemblyOf([around, nested, team]));

test.each([
  ['Ref', { Ref: 'Own' }, 'Team/Own', undefined],
  ['Fn::GetAtt', { 'Fn::GetAtt': ['Own', 'Arn'] }, 'Team/Own', 'Arn'],
  ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Own.Arn' }, 'Team/Own', 'Arn'],
  ['Fn::Sub', { 'Fn::Sub': '${Own.Arn}' }, 'Team/Own', 'Arn'],
  ['Fn::ImportValue', { 'Fn::ImportValue': 'eu-central-1-data' }, 'Base/Data', undefined],
  ['Fn::GetStackOutput', { 'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'Plain' } }, 'Base/Data', 'Arn'],
])('%s leads to its resource', (_, value, path, attribute) => {
  const target = references.target(team, value);

  expect(target?.resource.path).toBe(path);
  expect(target?.attribute).toBe(attribute);
});

test('values lead into nested stacks and out of them', () => {
  expect(references.target(nested, { Ref: 'In' })?.resource.path).toBe('Base/Data');
  expect(references.target(around, { 'Fn::GetAtt': ['Nested', 'Outputs.Out'] })?.resource.path).toBe(
    'Base/Nested/Inner',
  );
});

test('text keeps what only the deployment knows in braces, and variables of policies as they are', () => {
  const value = {
    'Fn::Join': [
      '',
      ['arn:', { Ref: 'AWS::Partition' }, ':x:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }],
    ],
  };

  expect(references.text(team, value)).toBe('arn:aws:x:{region}:{account}');
  expect(references.text(around, value)).toBe('arn:aws:x:eu-central-1:111122223333');
  expect(references.text(team, { 'Fn::Sub': ['${A}/${!aws:username}/${Unknown}', { A: { Ref: 'Own' } }] })).toBe(
    'Team/Own/${aws:username}/{Unknown}',
  );
  expect(references.text(team, { 'Fn::If': ['C', 'a', 'b'] })).toBe('{{"Fn::If":["C","a","b"]}}');
  expect(references.text(team, { 'Fn::ImportValue': 'other' })).toBe('{import other}');
});

test('pieces of text that follow each other are one', () => {
  const pieces = references.pieces(team, { 'Fn::Join': ['/', [{ Ref: 'Own' }, 'a', 'b']] });

  expect(pieces).toHaveLength(2);
  expect(textOf(pieces)).toBe('Team/Own/a/b');
});

test.each([
  ['cn-north-1', 'arn:aws-cn:amazonaws.com.cn'],
  ['us-gov-west-1', 'arn:aws-us-gov:amazonaws.com'],
])('%s has a partition of its own', (region, expected) => {
  const stack = stackOf('Other', { region });
  const value = { 'Fn::Sub': 'arn:${AWS::Partition}:${AWS::URLSuffix}' };

  expect(new References(assemblyOf([stack])).text(stack, value)).toBe(expected);
});

test('a template that refers to itself ends', () => {
  const stack = stackOf('Loop', {
    Outputs: { O: { Value: { 'Fn::GetStackOutput': { StackName: 'Loop', OutputName: 'O' } } } },
  });

  expect(
    new References(assemblyOf([stack])).text(stack, { 'Fn::GetStackOutput': { StackName: 'Loop', OutputName: 'O' } }),
  ).toContain('Loop');
});

test('an export is that of the own account and region, and none where that is not certain', () => {
  const exporting = (name: string, account?: string, region?: string) =>
    stackOf(name, {
      account,
      region,
      Resources: { Data: bucket },
      Outputs: { O: { Value: { Ref: 'Data' }, Export: { Name: 'data' } } },
    });
  const importing = (account?: string, region?: string) => stackOf('Importing', { account, region });
  const one = exporting('One', '1', 'a');
  const stacks = [one, exporting('Two', '2', 'a'), exporting('Three', '1', 'b')];
  const found = (from: ReturnType<typeof importing>, all = stacks) =>
    new References(assemblyOf([...all, from])).text(from, { 'Fn::ImportValue': 'data' });

  expect(found(importing('1', 'a'))).toBe('One/Data');
  expect(found(importing('2', 'a'))).toBe('Two/Data');
  expect(found(importing('1', 'b'))).toBe('Three/Data');
  expect(found(importing('3', 'a'))).toBe('{import data}');
  expect(found(importing())).toBe('{import data}');
  expect(found(importing(), [one])).toBe('One/Data');
  expect(found(importing(), [...stacks, exporting('Four')])).toBe('Four/Data');
});

test('the output of a stack is that of the account and region that it names, else of the own', () => {
  const stack = (path: string, account: string, region: string) => ({
    ...stackOf(path, {
      account,
      region,
      Resources: { Data: bucket },
      Outputs: { O: { Value: { Ref: 'Data' } }, constructor: { Value: 'own' } },
    }),
    name: 'Base',
  });
  const from = stackOf('From', { account: '1', region: 'a' });
  const all = [stack('One', '1', 'a'), stack('Two', '2', 'a'), stack('Three', '1', 'b'), from];
  const output = (more: object) =>
    new References(assemblyOf(all)).text(from, {
      'Fn::GetStackOutput': { StackName: 'Base', OutputName: 'O', ...more },
    });

  expect(output({})).toBe('One/Data');
  expect(output({ Region: 'b' })).toBe('Three/Data');
  expect(output({ RoleArn: 'arn:aws:iam::2:role/reader' })).toBe('Two/Data');
  expect(output({ RoleArn: { Ref: 'Unknown' } })).toBe('{output O}');
  expect(output({ OutputName: 'toString' })).toBe('{output toString}');
});

test('resources of one path are told apart by more', () => {
  const [one, two] = ['1', '2'].map((account) => stackOf('Same', { account, Resources: { Data: bucket } }));
  const both = new References(assemblyOf([one, two]));

  expect(both.text(one, { Ref: 'Data' })).toBe('Same/Data (Data of Same 1)');
  expect(both.text(two, { Ref: 'Data' })).toBe('Same/Data (Data of Same 2)');
});

test('names that every object has lead nowhere', () => {
  expect(references.text(nested, { Ref: 'constructor' })).toBe('{constructor}');
  expect(references.text(team, { 'Fn::Sub': ['${toString}', {}] })).toBe('{toString}');
  expect(references.text(around, { 'Fn::GetAtt': ['Nested', 'Outputs.constructor'] })).toBe(
    '{Nested.Outputs.constructor}',
  );
});

test('50,000 variables that never end take little time', () => {
  const started = performance.now();
  references.text(team, { 'Fn::Sub': '${'.repeat(50_000) });

  expect(performance.now() - started).toBeLessThan(1_000);
});
