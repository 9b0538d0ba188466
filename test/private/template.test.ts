import { flattened, isIntrinsic, isMap, listed } from '../../src/private/template';

describe('a value of a template', () => {
  test.each([[{ Ref: 'Key' }], [{ 'Fn::GetAtt': ['Key', 'Arn'] }], [{ 'Fn::If': ['A', 1, 2] }]])(
    'is known only at deployment: %j',
    (value) => {
      expect(isIntrinsic(value)).toBe(true);
    },
  );

  test.each([['text'], [undefined], [null], [[]], [{}], [{ Ref: 'Key', Other: 1 }], [{ Reference: 'Key' }]])(
    'is known now: %j',
    (value) => {
      expect(isIntrinsic(value)).toBe(false);
    },
  );

  test.each([
    ['text', 'text'],
    [{ Ref: 'AWS::AccountId' }, '${AWS::AccountId}'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, '${Role.Arn}'],
    [{ 'Fn::GetAtt': 'Role.Arn' }, '${Role.Arn}'],
    [{ 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, 's3']] }, 'arn:${AWS::Partition}:s3'],
    [{ 'Fn::Sub': 'arn:${AWS::Partition}' }, 'arn:${AWS::Partition}'],
    [{ 'Fn::Sub': ['${A}-b', { A: 'a' }] }, '${A}-b'],
    [{ 'Fn::Base64': { 'Fn::Join': ['', ['a', 'b']] } }, 'ab'],
    [true, 'true'],
    [undefined, ''],
  ])('reads as one text: %j', (value, text) => {
    expect(flattened(value)).toBe(text);
  });

  test('is a list of one where a policy leaves the brackets out', () => {
    expect([listed('a'), listed(['a', 'b']), listed(undefined), listed(null)]).toEqual([['a'], ['a', 'b'], [], []]);
  });

  test('is a map if it has names', () => {
    expect([{}, [], null, 'text'].map(isMap)).toEqual([true, false, false, false]);
  });
});
