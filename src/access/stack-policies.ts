import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { fingerprint } from '../private/fingerprint';

/** A managed policy in the stack of `scope`: one for all who ask for the same statements, since a role takes only ten. */
export function stackPolicy(scope: Construct, statements: iam.PolicyStatement[]): iam.ManagedPolicy {
  const stack = Stack.of(scope);
  const content = statements.map((statement) => statement.toStatementJson());
  const id = `MlPolicy-${fingerprint(stack, content)}`;
  const existing = stack.node.tryFindChild(id) as iam.ManagedPolicy | undefined;
  return existing ?? new iam.ManagedPolicy(stack, id, { statements });
}
