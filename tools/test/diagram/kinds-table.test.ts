import { CONSTRUCTS, kindOfResource, linesOf, RESOURCES } from '../../src/diagram/kinds-table';

test('a tile has one or two letters, and what governs workloads says how', () => {
  for (const { letters, column, verb } of [...Object.values(CONSTRUCTS), ...Object.values(RESOURCES)]) {
    expect(letters).toMatch(/^[A-Z][A-Z0-9]?$/);
    expect(verb !== undefined).toBe(column === 'control');
  }
});

test.each([
  ['AWS::S3::Bucket', 'Shop/Uploads', false, 'S3 bucket'],
  ['AWS::S3::Bucket', 'Lab/Shared/Storage/AccessLogs', true, undefined],
  ['AWS::EC2::NatGateway', 'Lab/Shared/Network/Vpc/PublicSubnet1/NATGateway', true, 'NAT gateway'],
  ['AWS::Lambda::Function', 'Shop/Custom::S3AutoDeleteObjectsCustomResourceProvider/Handler', false, undefined],
  ['AWS::Lambda::Function', `Shop/AWS${'0'.repeat(32)}`, false, undefined],
  ['AWS::IAM::Role', 'Shop/Role', false, undefined],
  ['constructor', 'Shop/Odd', false, undefined],
])('%s at %s, below a construct of ours: %s, is a %s', (type, path, below, noun) => {
  expect(kindOfResource(type, path, below)?.noun).toBe(noun);
});

test('says what is known of a resource, and nothing of what only the deployment knows', () => {
  const kind = RESOURCES['AWS::Lambda::Function'];

  expect(linesOf(kind, { Runtime: 'python3.12', MemorySize: { Ref: 'Size' } })).toEqual(['function', 'python3.12']);
  expect(linesOf(kind, {})).toEqual(['function']);
});
