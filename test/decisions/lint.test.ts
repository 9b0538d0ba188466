import { lint, overlap } from './lint';
import { type NamedPolicy, Scene, type Statement } from './scene';

// The simulator reads the data of a service when it is first asked for, which takes seconds on a busy machine.
jest.setTimeout(120_000);

const scene = Scene.define();

describe('the policies of the templates', () => {
  test.each(scene.policies.map((policy): [string, NamedPolicy] => [`${policy.kind} ${policy.name}`, policy]))(
    '%s says what AWS understands, and no more',
    async (_name, policy) => {
      expect(await lint(policy)).toEqual([]);
    },
  );

  test('are there: shared, of people, trusted by services, of buckets, keys and endpoints', () => {
    const count = (kind: NamedPolicy['kind']) => scene.policies.filter((policy) => policy.kind === kind).length;

    expect(count('identity')).toBeGreaterThanOrEqual(15);
    expect(count('trust')).toBeGreaterThanOrEqual(15);
    expect(count('boundary')).toBe(1);
    expect(count('bucket')).toBe(16);
    expect(count('key')).toBe(4);
    expect(count('endpoint')).toBe(20);
  });
});

describe('the lint', () => {
  const allow = (Action: string | string[], Resource: string | string[], Condition?: Statement['Condition']) =>
    lint({
      name: 'planted',
      kind: 'identity',
      policy: { Statement: [{ Effect: 'Allow', Action, Resource, Condition }] },
    });
  const job = 'arn:aws:sagemaker:eu-central-1:111122223333:training-job/*';

  test.each([
    ['a misspelt action', 's3:GetObjekt', 'arn:aws:s3:::bucket/a', undefined, 's3:GetObjekt is no action'],
    ['a service that does not exist', 'sagemakr:AddTags', job, undefined, 'sagemakr:AddTags is no action'],
    [
      'a pattern of actions',
      's3:Get*',
      'arn:aws:s3:::bucket/a',
      undefined,
      's3:Get* is a pattern, so AWS can add to it',
    ],
    [
      'a resource of another type',
      's3:GetObject',
      'arn:aws:s3:::bucket',
      undefined,
      's3:GetObject acts on none of arn:aws:s3:::bucket',
    ],
    [
      'an object for a bucket',
      's3:ListBucket',
      'arn:aws:s3:::bucket/*',
      undefined,
      's3:ListBucket acts on none of arn:aws:s3:::bucket/*',
    ],
    ['every resource', 'sagemaker:StopTrainingJob', '*', undefined, 'sagemaker:StopTrainingJob on every resource'],
    ['every metric', 'cloudwatch:PutMetricData', '*', undefined, 'cloudwatch:PutMetricData on every resource'],
    [
      'an old name of a key',
      'sagemaker:CreateTrainingJob',
      job,
      { StringEquals: { 'sagemaker:VolumeKmsKey': 'a' } },
      'sagemaker:CreateTrainingJob does not know sagemaker:VolumeKmsKey',
    ],
    [
      'a tag in a request that has none',
      'sagemaker:StopTrainingJob',
      job,
      { StringEquals: { 'aws:RequestTag/a': 'a' } },
      'sagemaker:StopTrainingJob does not know aws:RequestTag/a',
    ],
    [
      'ForAllValues alone',
      'sagemaker:CreateTrainingJob',
      job,
      { 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': ['a'] } },
      'ForAllValues:StringEquals of sagemaker:VpcSubnets without Null',
    ],
  ])('sees %s', async (_what, action, resource, condition, fault) => {
    expect(await allow(action, resource, condition as Statement['Condition'])).toContain(`planted[0]: ${fault}`);
  });

  test('sees a resource that no action acts on', async () => {
    expect(await allow('s3:ListBucket', ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*'])).toEqual([
      'planted[0]: no action acts on arn:aws:s3:::bucket/*',
    ]);
  });

  test.each([
    ['a*', '*b', true],
    ['arn:*:a/*', 'arn:aws:a/b', true],
    ['a*c', 'ab', false],
    ['*', '', true],
    ['a*b*', 'a*c', true],
    ['ab', 'a', false],
  ])('knows whether %s and %s overlap: %s', (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
  });
});
