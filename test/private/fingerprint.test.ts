import { App, Aws, Lazy, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { fingerprint } from '../../src/private/fingerprint';

describe('fingerprint', () => {
  test('is short and made of characters that every id takes', () => {
    expect(fingerprint(new Stack(), ['a', { b: 1 }])).toMatch(/^[0-9a-f]{12}$/);
  });

  test('differs for different content', () => {
    const stack = new Stack();

    const digests = ['a', 'b', ['a'], { a: 'a' }, `a${Aws.REGION}`].map((value) => fingerprint(stack, value));

    expect(new Set(digests).size).toBe(5);
  });

  test('is the same for deploy-time values that say the same, whenever they were made', () => {
    const stack = new Stack();
    const late = () => Lazy.string({ produce: () => `x-${Aws.ACCOUNT_ID}` });

    expect(fingerprint(stack, late())).toBe(fingerprint(stack, late()));
  });

  test('is the same in every synthesis', () => {
    const digestAfter = (tokens: number) => {
      const stack = new Stack(new App(), 'Stack');
      const bucket = new s3.Bucket(stack, 'Bucket');
      Array.from({ length: tokens }, () => Lazy.string({ produce: () => 'other' }));
      return fingerprint(stack, bucket.arnForObjects('*'));
    };

    expect(digestAfter(0)).toBe(digestAfter(5));
  });

  test('tells resources of two stacks apart that have the same logical id', () => {
    const app = new App();
    const [one, other] = ['One', 'Other'].map((id) => new s3.Bucket(new Stack(app, id), 'Bucket'));
    const user = new Stack(app, 'User');

    expect(fingerprint(user, one.bucketArn)).not.toBe(fingerprint(user, other.bucketArn));
  });
});
