import { saysTheSame } from './written-value';

const ARN = { 'Fn::GetAtt': ['A', 'Arn'] };
const joined = (...list: unknown[]) => ({ 'Fn::Join': ['', list] });

test.each<[unknown, unknown]>([
  [joined('a', 'b'), 'ab'],
  [joined('s3://', { Ref: 'A' }, '/x'), { 'Fn::Sub': 's3://${A}/x' }],
  [joined('', joined({ Ref: 'A' }), ''), joined({ Ref: 'A' })],
  [{ 'Fn::Join': [',', ['a', ARN]] }, { 'Fn::Sub': 'a,${A.Arn}' }],
  [{ 'Fn::Sub': ['${x}-${!y}', { x: ARN }] }, joined(ARN, '-${y}')],
  [{ 'Fn::GetAtt': 'A.Arn' }, ARN],
  [{ 'Fn::Sub': '${AWS::Region}' }, joined({ Ref: 'AWS::Region' })],
  [undefined, undefined],
])('%j says the same as %j', (one, other) => {
  expect(saysTheSame(one, other)).toBe(true);
});

test.each<[unknown, unknown]>([
  ['a', 'b'],
  [{ Ref: 'A' }, ARN],
  [{ Ref: 'A' }, 'A'],
  [joined('s3://', { Ref: 'A' }, '/x'), joined('s3://', { Ref: 'A' }, '/y')],
  [joined({ Ref: 'A' }, { Ref: 'B' }), joined({ Ref: 'B' }, { Ref: 'A' })],
  [{ 'Fn::Join': [',', ['a', 'b']] }, { 'Fn::Join': [';', ['a', 'b']] }],
  [{ 'Fn::Sub': '${A}' }, { 'Fn::Sub': '${B}' }],
  [{ 'Fn::Sub': '${A}' }, { 'Fn::Sub': '${!A}' }],
  [{ 'Fn::Sub': ['${x}', { x: { Ref: 'A' } }] }, { 'Fn::Sub': ['${x}', { x: { Ref: 'B' } }] }],
  [{ 'Fn::Select': [0, { Ref: 'A' }] }, { 'Fn::Select': [1, { Ref: 'A' }] }],
  ['a', undefined],
])('%j does not say the same as %j', (one, other) => {
  expect(saysTheSame(one, other)).toBe(false);
});
