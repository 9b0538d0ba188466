import { CfnResource, CrossStackReferences, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Lets other stacks of the app read what is defined so far below `scope` without CloudFormation exports, which would
 * lock this stack as long as they exist. Holds under any feature flag of the app.
 */
export function referWeakly(scope: IConstruct): void {
  const resources: IConstruct[] = scope.node.findAll().filter((child) => CfnResource.isCfnResource(child));
  const stack = Stack.of(scope);
  if (NestedStack.isNestedStack(stack) && stack.nestedStackResource !== undefined) {
    resources.push(stack.nestedStackResource);
  }
  for (const resource of resources) {
    CrossStackReferences.of(resource).produce(ReferenceStrength.WEAK);
  }
}
