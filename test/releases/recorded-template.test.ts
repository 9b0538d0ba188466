import { type App, aws_ec2 as ec2, NestedStack, Stack, aws_s3 as s3, Tags } from 'aws-cdk-lib';
import type { Define } from '../examples/example-apps';
import { recordedStacks, stackNames } from './recorded-template';
import { stackBreaks } from './stack-breaks';

const ENV = { account: '111111111111', region: 'eu-central-1' };
const PLACE = { release: '0.1.0' };

/** A stack with two buckets, of which a nested one is handed one, and has one below another id. */
function nesting(handed: 'A' | 'B', bucketId = 'Data'): Define {
  return (app: App) => {
    const stack = new Stack(app, 'Team', { stackName: 'named-by-user' });
    const buckets = { A: new s3.Bucket(stack, 'A'), B: new s3.Bucket(stack, 'B') };
    const nested = new NestedStack(new NestedStack(stack, 'Outer'), 'Inner');
    new s3.Bucket(nested, bucketId, { bucketName: `copy-of-${buckets[handed].bucketName}` });
  };
}

test('nested stacks are recorded, at any depth, by the stack that they stand in', () => {
  const stacks = recordedStacks(nesting('A'), {});

  expect(Object.keys(stacks).sort()).toEqual(['named-by-user', 'named-by-user.Outer', 'named-by-user.Outer.Inner']);
  expect(Object.values(stacks['named-by-user.Outer.Inner'].Resources)).toMatchObject([
    { Type: 'AWS::S3::Bucket', Path: 'Data/Resource' },
  ]);
  expect(stackNames(nesting('A'), {}).sort()).toEqual(Object.keys(stacks).sort());
});

test('data of a nested stack that is left behind is seen', () => {
  const [before, after] = ['Data', 'Other'].map((id) => recordedStacks(nesting('A', id), {}));

  expect(stackBreaks(before, after, PLACE)).toContainEqual(
    expect.objectContaining({ verb: 'orphans', what: 'AWS::S3::Bucket', name: 'Data/Resource' }),
  );
});

test('what is replaced in a nested stack since it is handed something else is seen', () => {
  const [before, after] = (['A', 'B'] as const).map((handed) => recordedStacks(nesting(handed), {}));

  expect(stackBreaks(before, before, PLACE)).toEqual([]);
  expect(stackBreaks(before, after, PLACE)).toContainEqual(
    expect.objectContaining({ verb: 'replaces', name: 'Data/Resource' }),
  );
});

test('a stack is recorded with its place, its tags and its protection', () => {
  const define: Define = (app, env) => {
    const stack = new Stack(app, 'Team', { env, terminationProtection: true });
    Tags.of(stack).add('ml-environment', 'prod');
  };

  expect(recordedStacks(define, {}, ENV).Team.Stack).toEqual({
    Environment: 'aws://111111111111/eu-central-1',
    Tags: { 'ml-environment': 'prod' },
    TerminationProtection: true,
  });
  expect(recordedStacks(define, {}).Team.Stack?.Environment).toBe('aws://unknown-account/unknown-region');
});

test('zones are known where the region is, without asking AWS', () => {
  const define: Define = (app, env) => {
    new ec2.Vpc(new Stack(app, 'Team', { env }), 'Vpc', { maxAzs: 3, natGateways: 0 });
  };
  const zones = Object.values(recordedStacks(define, {}, ENV).Team.Resources)
    .filter(({ Type }) => Type === 'AWS::EC2::Subnet')
    .map(({ Properties }) => Properties.AvailabilityZone);

  expect([...new Set(zones)].sort()).toEqual(['eu-central-1a', 'eu-central-1b', 'eu-central-1c']);
});

test('what would look something up is refused', () => {
  const define: Define = (app, env) => {
    ec2.Vpc.fromLookup(new Stack(app, 'Team', { env }), 'Vpc', { isDefault: true });
  };

  expect(() => recordedStacks(define, {}, ENV)).toThrow('what is recorded may look nothing up, looks up:');
});
