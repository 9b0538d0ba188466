import { conditionsOf } from '../../src/report/conditions';

test.each([
  [{ StringEquals: { 'aws:ResourceTag/ml-owner': 'alice' } }, 'the tag ml-owner is alice'],
  [{ StringEquals: { 'aws:RequestTag/ml-owner': 'alice' } }, 'the new tag ml-owner is alice'],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } }, 'the tag team of the caller is not a or b'],
  [{ StringLike: { 's3:prefix': ['raw/*', 'users/alice/*'] } }, 'the prefix is raw/* or users/alice/*'],
  [{ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, 'the VPC endpoint is vpce-1 or is absent'],
  [{ 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': ['a', 'b'] } }, 'every subnet is a or b'],
  [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'ml-*' } }, 'a aws:TagKeys is ml-*'],
  [{ Null: { 'sagemaker:VpcSubnets': 'false' } }, 'the subnet is given'],
  [{ Null: { 'sagemaker:VpcSubnets': 'true' } }, 'the subnet is absent'],
  [{ Bool: { 'aws:SecureTransport': 'false' } }, 'the request comes without TLS'],
  [{ Bool: { 'my:Key': 'true' } }, 'the my:Key is true'],
  [{ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }, 'the aws:MultiFactorAuthPresent is true or is absent'],
  [{ BoolIfExists: { 'aws:SecureTransport': 'true' } }, 'the aws:SecureTransport is true or is absent'],
  [{ NumericLessThanIfExists: { 'my:Key': '1' } }, 'the my:Key is less than 1 or is absent'],
  [{ DateLessThanIfExists: { 'my:Key': '1' } }, 'DateLessThanIfExists my:Key: 1'],
  [{ 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, 'every aws:TagKeys is a, or there is none'],
  [{ Bool: { 'aws:SecureTransport': ['false', 'true'] } }, 'the aws:SecureTransport is false or true'],
  [{ Null: { 'my:Key': ['true', 'false'] } }, 'the my:Key is absent or given'],
  [{ Null: { 'my:Key': 'other' } }, 'Null my:Key: other'],
  [{ StringEquals: { 'my:Key': [] } }, 'the my:Key is (no value)'],
  [{ StringEquals: { 'my:Key': 'a*' } }, 'the my:Key is literally a*'],
  [{ StringEqualsIgnoreCase: { 'my:Key': 'a' } }, 'the my:Key is a in any case of letters'],
  [{ constructor: { toString: 'a' } }, 'constructor toString: a'],
  [{ StringEquals: { constructor: 'b' } }, 'the constructor is b'],
  [{ NumericLessThan: { 's3:TlsVersion': '1.2' } }, 's3:TlsVersion is less than 1.2'],
  [{ BinaryEquals: { 'my:Key': 'QQ==' } }, 'BinaryEquals my:Key: QQ=='],
])('%j reads as %j', (condition, words) => {
  expect(conditionsOf(condition, String).join('; ')).toContain(words);
});

test('each condition is said, in the order of the template, and none where there is none', () => {
  const condition = { StringEquals: { 'aws:SourceVpc': 'v', 'my:Key': 'k' }, Bool: { 'my:Flag': 'true' } };

  expect(conditionsOf(condition, String)).toEqual(['the VPC is v', 'the my:Key is k', 'the my:Flag is true']);
  expect(conditionsOf(undefined, String)).toEqual([]);
});

test('what only the deployment knows is shown as it is, for each side of a condition', () => {
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const block = { StringEquals: { 'aws:SourceVpc': 'v' } };
  const either = (one: unknown, other: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['C', one, other] });

  expect(conditionsOf(either(block), text)).toEqual(['if C: the VPC is v', 'unless C: always']);
  expect(conditionsOf({ Ref: 'X' }, text)).toEqual(['could not be read: {"Ref":"X"}']);
  expect(conditionsOf({ StringEquals: either(block.StringEquals) }, text)).toEqual(['if C: the VPC is v']);
  expect(conditionsOf({ StringEquals: { Ref: 'X' } }, text)).toEqual(['could not be read: StringEquals {"Ref":"X"}']);
  expect(conditionsOf({ StringEquals: { 'aws:SourceVpc': either('v', 'w') } }, text)).toEqual([
    'if C: the VPC is v',
    'unless C: the VPC is w',
  ]);
  expect(conditionsOf({ StringEquals: { 'aws:SourceVpc': ['v', either('w')] } }, text)).toEqual([
    'the VPC is v or w (if C)',
  ]);
});
