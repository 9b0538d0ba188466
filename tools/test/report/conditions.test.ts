import { conditionsOf } from '../../src/report/conditions';

test.each([
  [{ StringEquals: { 'aws:ResourceTag/ml-owner': 'alice' } }, 'the tag ml-owner is alice'],
  [{ StringEquals: { 'aws:RequestTag/ml-owner': 'alice' } }, 'the new tag ml-owner is alice'],
  [{ StringNotEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } }, 'the tag team of the caller is not a or b'],
  [{ StringLike: { 's3:prefix': ['raw/*', 'users/alice/*'] } }, 'the prefix is raw/* or users/alice/*'],
  [{ StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, 'the VPC endpoint is vpce-1, if there is one'],
  [{ 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': ['a', 'b'] } }, 'every subnet is a or b'],
  [{ 'ForAnyValue:StringLike': { 'aws:TagKeys': 'ml-*' } }, 'a aws:TagKeys is ml-*'],
  [{ Null: { 'sagemaker:VpcSubnets': 'false' } }, 'the subnet is given'],
  [{ Null: { 'sagemaker:VpcSubnets': 'true' } }, 'the subnet is absent'],
  [{ Bool: { 'aws:SecureTransport': 'false' } }, 'the request comes without TLS'],
  [{ Bool: { 'my:Key': 'true' } }, 'the my:Key is true'],
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
