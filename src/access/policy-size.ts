import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Characters that IAM takes in a managed policy, less some for what is known only at deployment. */
const LIMIT = 5_400;

/** Characters that a reference comes to, as a rule: the ARN of a role, a bucket, a key. */
const REFERENCE = 110;

/**
 * Statements in groups that each fit a managed policy.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function groupBySize(scope: Construct, statements: iam.PolicyStatement[]): iam.PolicyStatement[][] {
  const groups: iam.PolicyStatement[][] = [];
  let room = 0;
  for (const statement of statements) {
    const size = sizeOf(Stack.of(scope).resolve(statement.toStatementJson()));
    if (groups.length === 0 || size > room) {
      groups.push([]);
      room = LIMIT;
    }
    groups[groups.length - 1].push(statement);
    room -= size;
  }
  return groups;
}

/** Whether statements fit one managed policy together. */
export function fitsPolicy(scope: Construct, statements: iam.PolicyStatement[]): boolean {
  return groupBySize(scope, statements).length <= 1;
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) {
    return value.reduce((sum: number, each) => sum + sizeOf(each) + 1, 2);
  }
  if (typeof value !== 'object' || value === null) {
    return String(value).length + 2;
  }
  const [[key, argument]] = Object.entries(value);
  if (key === 'Fn::Join') {
    return sizeOf((argument as [string, unknown[]])[1]);
  }
  if (key === 'Ref' || key.startsWith('Fn::')) {
    return REFERENCE;
  }
  return Object.entries(value).reduce((sum, [name, each]) => sum + name.length + 4 + sizeOf(each), 2);
}
