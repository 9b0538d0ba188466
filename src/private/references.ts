import { CfnResource, CrossStackReferences, NestedStack, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Stacks from which something was handed to a stack. */
const SOURCES = new WeakMap<Stack, Set<Stack>>();

/** Whether a stack was handed something from another one, and so is deployed after it. */
export function reliesOn(stack: Stack, other: Stack): boolean {
  return SOURCES.get(stack)?.has(other) ?? false;
}

/**
 * Lets other stacks of the app read what is defined so far below `scope` without CloudFormation exports, which would
 * lock this stack as long as they exist. Holds under any feature flag of the app.
 *
 * The same for what was handed over from the same stack, such as a key, since it is read through `scope`.
 */
export function referWeakly(scope: IConstruct, handedOver: (IConstruct | undefined)[] = []): void {
  const stack = Stack.of(scope);
  const sources = SOURCES.get(stack) ?? new Set();
  SOURCES.set(stack, sources);
  for (const given of handedOver) {
    sources.add(given === undefined ? stack : Stack.of(given));
  }
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
