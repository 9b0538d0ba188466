import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnResource, NestedStack, Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { TemplateBody } from '../private/template';

/** A stack with the template that was written for it. */
export interface WrittenStack {
  readonly stack: Stack;
  readonly templatePath: string;
  readonly body: TemplateBody;

  /** Account of the stack, if it is known. */
  readonly accountId?: string;

  /** The constructs of resources by logical id. What an included template holds as a whole has none. */
  readonly resources: ReadonlyMap<string, CfnResource>;
}

/**
 * The stacks below a construct, as they were written. Nested stacks are found in the tree, because they are no
 * artifacts of the cloud assembly.
 *
 * @param isWanted of a stack that is not nested
 */
export function writtenStacks(root: IConstruct, isWanted: (stack: Stack) => boolean): WrittenStack[] {
  const constructs = root.node.findAll();
  const resources = resourcesByStack(constructs);
  return constructs
    .filter((construct) => Stack.isStack(construct))
    .filter((stack) => isWanted(outermost(stack)))
    .map((stack) => {
      const templatePath = join(Stage.of(stack)?.outdir ?? '', stack.templateFile);
      return {
        stack,
        templatePath,
        body: JSON.parse(readFileSync(templatePath, 'utf8')),
        accountId: Token.isUnresolved(stack.account) ? undefined : stack.account,
        resources: resources.get(stack) ?? new Map(),
      };
    });
}

function outermost(stack: Stack): Stack {
  return NestedStack.isNestedStack(stack) && stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}

function resourcesByStack(constructs: IConstruct[]): Map<Stack, Map<string, CfnResource>> {
  const found = new Map<Stack, Map<string, CfnResource>>();
  for (const construct of constructs) {
    if (CfnResource.isCfnResource(construct)) {
      const stack = Stack.of(construct);
      const ofStack = found.get(stack) ?? new Map<string, CfnResource>();
      found.set(stack, ofStack.set(stack.resolve(construct.logicalId), construct));
    }
  }
  return found;
}
