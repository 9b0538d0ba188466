import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { groupBySize } from '../../src/access';

describe('statements in groups', () => {
  const stack = new Stack(new App(), 'Team');
  const bucket = new s3.Bucket(stack, 'Bucket');
  const statement = (index: number, resource = `arn:aws:s3:::bucket-${index}/${'x'.repeat(200)}`) =>
    new iam.PolicyStatement({ sid: `S${index}`, actions: ['s3:GetObject'], resources: [resource] });
  const sids = (groups: iam.PolicyStatement[][]) => groups.map((group) => group.map(({ sid }) => sid));

  test('stay together as long as they fit', () => {
    expect(sids(groupBySize(stack, [statement(0), statement(1)]))).toEqual([['S0', 'S1']]);
    expect(groupBySize(stack, [])).toEqual([]);
  });

  test('are parted, in order, before they are more than IAM takes', () => {
    const statements = [...Array(60).keys()].map((index) => statement(index));
    const groups = groupBySize(stack, statements);

    expect(groups.length).toBeGreaterThan(2);
    expect(groups.flat()).toEqual(statements);
    for (const group of groups) {
      const text = JSON.stringify({ Version: '2012-10-17', Statement: group.map((each) => each.toStatementJson()) });
      expect(text.length).toBeLessThan(6_144);
      expect(text.length).toBeGreaterThan(group === groups[groups.length - 1] ? 0 : 4_000);
    }
  });

  test('count what is known at deployment only as long as it may become', () => {
    const many = [...Array(60).keys()].map((index) => statement(index, bucket.arnForObjects(`${index}/*`)));

    expect(groupBySize(stack, many).length).toBeGreaterThan(1);
  });
});
