import { keyOf } from './break';
import { interfaceBreaks, locks, unpublishedReads } from './interface-breaks';
import type { RecordedTemplate } from './recorded-template';

const EMPTY: RecordedTemplate = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };

const output = (value: unknown, name?: string) => ({ Value: value, ...(name && { Export: { Name: name } }) });
const withOutput = (...args: Parameters<typeof output>) => ({ ...EMPTY, Outputs: { O: output(...args) } });
const outputs = (value: unknown) => ({ Outputs: { O: output(value) } });
const reading = (name: string): RecordedTemplate => ({
  ...EMPTY,
  Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: name } },
});
const publishing = (Name: string): RecordedTemplate => ({
  ...EMPTY,
  Resources: { S: { Type: 'AWS::SSM::Parameter', Path: 'S', Properties: { Name } } },
});

test.each<[string, RecordedTemplate, RecordedTemplate, string[]]>([
  ['an export that goes', withOutput('a', 'x'), withOutput('a'), ['removes export `O`']],
  ['an export with another name', withOutput('a', 'x'), withOutput('a', 'y'), ['removes export `O`']],
  ['an export that comes', withOutput('a'), withOutput('a', 'x'), ['adds export `O`']],
  [
    'another value of the same resource',
    withOutput({ Ref: 'A' }),
    withOutput({ 'Fn::GetAtt': ['A', 'Arn'] }),
    ['redirects output `O`'],
  ],
  ['another text', withOutput('a'), withOutput('b'), ['redirects output `O`']],
  [
    'another text beside a reference',
    withOutput({ 'Fn::Sub': 's3://${A}/x' }),
    withOutput({ 'Fn::Sub': 's3://${A}/y' }),
    ['redirects output `O`'],
  ],
  [
    'the same text by another function',
    withOutput({ 'Fn::Sub': 's3://${A}/x' }),
    withOutput({ 'Fn::Join': ['', ['s3://', { Ref: 'A' }, '/x']] }),
    [],
  ],
  [
    'the same published value by another parameter',
    { ...reading('/a'), ...outputs({ Ref: 'P' }) },
    { ...EMPTY, Parameters: { Q: reading('/a').Parameters.P }, ...outputs({ Ref: 'Q' }) },
    [],
  ],
  [
    'another published value',
    { ...reading('/a'), ...outputs({ Ref: 'P' }) },
    { ...reading('/b'), ...outputs({ Ref: 'P' }) },
    ['redirects output `O`'],
  ],
  [
    'an output under a condition',
    withOutput('a'),
    { ...EMPTY, Outputs: { O: { ...output('a'), Condition: 'C' } } },
    ['removes output `O`'],
  ],
  [
    'a parameter of another type',
    reading('/a'),
    { ...EMPTY, Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/a' } } },
    ['redirects parameter `P`'],
  ],
  ['another resource', withOutput({ Ref: 'A' }), withOutput({ 'Fn::GetAtt': ['B', 'Arn'] }), ['redirects output `O`']],
  ['an import that was there', withOutput({ 'Fn::ImportValue': 'x' }), withOutput({ 'Fn::ImportValue': 'x' }), []],
  [
    'another import',
    withOutput({ 'Fn::ImportValue': 'x' }),
    withOutput({ 'Fn::ImportValue': 'y' }),
    ['redirects output `O`', 'imports export `y`'],
  ],
  [
    'an import by a name that is put together',
    EMPTY,
    withOutput({ 'Fn::ImportValue': { 'Fn::Sub': '${S}-x' } }),
    ['imports export `{Fn::Sub:${S}-x}`'],
  ],
  ['a parameter with a default', EMPTY, reading('/a'), []],
])('%s', (_, before, after, expected) => {
  expect(interfaceBreaks(before, after).map(keyOf)).toEqual(expected);
});

test('a new stack may have outputs and parameters, and neither exports nor imports', () => {
  const parameters = { P: { Type: 'String' } };

  expect(locks({ ...withOutput('a'), Parameters: parameters })).toEqual([]);
  expect(locks(withOutput({ 'Fn::ImportValue': 'y' }, 'x')).map(keyOf)).toEqual([
    'adds export `O`',
    'imports export `y`',
  ]);
});

test.each<[string, RecordedTemplate, number]>([
  ['published by a base of the release', publishing('/ml-infra/team/vpc-id'), 0],
  ['published by a base of another name', publishing('/ml-infra/vision/vpc-id'), 0],
  ['read by the release already', reading('/ml-infra/other/vpc-id'), 0],
  ['published by no base', publishing('/ml-infra/team/subnets/1'), 1],
  ['published by nobody of ours', publishing('/others/team/vpc-id'), 1],
])('a value that is read now, %s', (_, before, expected) => {
  const found = unpublishedReads({ Base: before }, { Base: before, Reader: reading('/ml-infra/team/vpc-id') });

  expect(found).toHaveLength(expected);
});
