import { CfnResource, CrossStackReferences, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Lets other stacks of the app read what is defined so far below `scope` without CloudFormation exports, which would
 * lock this stack as long as they exist. Holds under any feature flag of the app.
 *
 * The same for what was handed over from the same stack, such as a key, since it is read through `scope`.
 */
export function referWeakly(scope: IConstruct, handedOver: (IConstruct | undefined)[] = []): void {
  const stack = Stack.of(scope);
  const neighbours = handedOver.filter((given) => given !== undefined && Stack.of(given) === stack);
  const resources: IConstruct[] = [
    ...scope.node.findAll(),
    ...neighbours.flatMap((given) => given?.node.defaultChild ?? []),
  ].filter((child) => CfnResource.isCfnResource(child));
  if (NestedStack.isNestedStack(stack) && stack.nestedStackResource !== undefined) {
    resources.push(stack.nestedStackResource);
  }
  for (const resource of resources) {
    CrossStackReferences.of(resource).produce(ReferenceStrength.WEAK);
  }
}
