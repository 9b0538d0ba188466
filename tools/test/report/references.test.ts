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
