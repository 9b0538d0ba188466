import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { stackPolicy } from '../../src/access';

describe('stackPolicy', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack(new App(), 'Stack');
  });

  test('is a managed policy of the stack with the statements', () => {
    const policy = stackPolicy(new Construct(stack, 'Deep'), reading('a'));

    expect(policy.node.scope).toBe(stack);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'a' }] },
    });
  });

  test('is shared by all who ask for the same, since a role takes only ten', () => {
    const [one, other] = ['One', 'Other'].map((id) => stackPolicy(new Construct(stack, id), reading('a')));

    expect(one).toBe(other);
  });

  test('is another for other statements', () => {
    expect(stackPolicy(stack, reading('a'))).not.toBe(stackPolicy(stack, reading('b')));
  });

  test('keeps its id whatever else the stack has, so that it is not replaced', () => {
    const alone = stackPolicy(stack, reading('a'));
    const late = new Stack(new App(), 'Stack');
    new s3.Bucket(late, 'Bucket');
    stackPolicy(late, reading('b'));

    expect(stackPolicy(late, reading('a')).node.id).toBe(alone.node.id);
  });

  test('is shared for deploy-time values that say the same', () => {
    const bucket = new s3.Bucket(stack, 'Bucket');

    expect(stackPolicy(stack, reading(bucket.arnForObjects('*')))).toBe(
      stackPolicy(stack, reading(bucket.arnForObjects('*'))),
    );
  });

  test('is not shared between resources of two stacks that have the same logical id', () => {
    const [one, other] = ['One', 'Other'].map((id) => new s3.Bucket(new Stack(stack.node.root as App, id), 'Bucket'));

    expect(stackPolicy(stack, reading(one.bucketArn))).not.toBe(stackPolicy(stack, reading(other.bucketArn)));
  });

  function reading(resource: string): iam.PolicyStatement[] {
    return [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] })];
  }
});
