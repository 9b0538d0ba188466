import { isIPv4, isIPv6 } from 'node:net';
import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { fail, requireList, requirePattern } from '../private/checks';

/** Notebooks in a stack from which on its resources are counted exactly, which takes a walk over the tree. */
const COUNT_FROM = 150;

const notebooksByStack = new WeakMap<Stack, number>();
const namesByApp = new WeakMap<IConstruct, Set<string>>();

/**
 * Requires that a stack can hold one more notebook and its role.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function requireRoomInStack(notebook: Construct): void {
  const stack = Stack.of(notebook);
  const notebooks = (notebooksByStack.get(stack) ?? 0) + 1;
  notebooksByStack.set(stack, notebooks);
  const limit = stack.node.tryGetContext('@aws-cdk/core:stackResourceLimit') ?? 500;
  if (limit === 0 || notebooks < Math.min(COUNT_FROM, limit / 3)) {
    return;
  }
  const resources = stack.node.findAll().filter((child) => CfnResource.isCfnResource(child) && child.stack === stack);
  if (resources.length + 2 > limit) {
    const rule = `defined in a stack with room: CloudFormation takes ${limit} resources per stack; put further notebooks into another one, which can use the same base`;
    fail(notebook, 'scope', rule, `${notebooks} notebooks in ${stack.node.path}`);
  }
}

/** Requires a name that SageMaker takes and that no other notebook of the app has in the same account and region. */
export function requireNotebookName(notebook: Construct, name: string): void {
  const rule = '1 to 63 letters, digits and hyphens, beginning and ending with a letter or digit';
  requirePattern(notebook, 'notebookName', name, /^(?=.{1,63}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, rule);
  if (Token.isUnresolved(name)) {
    return;
  }
  const { account, region } = Stack.of(notebook);
  const names = namesByApp.get(notebook.node.root) ?? new Set<string>();
  namesByApp.set(notebook.node.root, names);
  const place = `${account} ${region} ${name}`;
  if (names.has(place)) {
    fail(notebook, 'notebookName', 'a name that no other notebook of the account and region has', name);
  }
  names.add(place);
}

/** Requires addresses in CIDR notation, at least one, because a condition with no value lets nobody in. */
export function requireAddresses(notebook: Construct, addresses: string[]): void {
  requireList(notebook, 'fromIpAddresses', addresses, 1, 200);
  for (const address of addresses) {
    if (Token.isUnresolved(address)) {
      continue;
    }
    const [, base, bits] = /^([^/]+)\/(\d{1,3})$/.exec(String(address)) ?? [];
    const most = isIPv4(base) ? 32 : isIPv6(base) ? 128 : -1;
    if (base === undefined || Number(bits) > most) {
      fail(notebook, 'fromIpAddresses', "an address range such as '203.0.113.0/24'", address);
    }
    if (Number(bits) === 0) {
      fail(notebook, 'fromIpAddresses', 'narrower than every address; leave it out if everybody may come', address);
    }
  }
}
