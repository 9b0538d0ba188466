import { isIPv4, isIPv6 } from 'node:net';
import { CfnResource, Duration, NestedStack, Stack, TagManager, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { fail, isDuration, requireList, requireText } from '../private/checks';
import { LIMITS } from '../private/limits-table';

const RESOURCE_LIMIT = '@aws-cdk/core:stackResourceLimit';
const VERSION_REPORTING = 'aws:cdk:version-reporting';

/** A notebook and its role. */
const RESOURCES_PER_NOTEBOOK = 2;

interface Room {
  notebooks: number;
  /** Number of notebooks at which the resources of the stack are counted again. */
  nextCount: number;
}

const roomByStack = new WeakMap<Stack, Room>();
const namesByApp = new WeakMap<IConstruct, Set<string>>();

/**
 * Requires that a stack can hold one more notebook, its role, and whatever else makes it that many `resources`.
 *
 * Counting takes a walk over the tree. So a count is trusted until notebooks may have taken half of the room that it
 * found, and what else comes into the stack meanwhile is seen by a last count at synthesis.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function requireRoomInStack(notebook: Construct, resources = RESOURCES_PER_NOTEBOOK): void {
  const stack = Stack.of(notebook);
  const limit = Number(stack.node.tryGetContext(RESOURCE_LIMIT) ?? LIMITS.stackResources.max);
  if (limit === 0) {
    return;
  }
  const room = roomByStack.get(stack) ?? watchRoom(stack, limit);
  room.notebooks += 1;
  if (room.notebooks < room.nextCount) {
    return;
  }
  const left = limit - countResources(stack);
  if (left < resources) {
    fail(notebook, 'scope', roomRule(stack, limit), `${room.notebooks} notebooks in ${stack.node.path}`);
  }
  room.nextCount = room.notebooks + Math.max(1, Math.floor(left / (2 * resources)));
}

function watchRoom(stack: Stack, limit: number): Room {
  const room = { notebooks: 0, nextCount: 1 };
  roomByStack.set(stack, room);
  const validate = () => {
    const count = countResources(stack);
    return count > limit ? [`Notebooks must be ${roomRule(stack, limit)}, got: ${count} resources`] : [];
  };
  stack.node.addValidation({ validate });
  return room;
}

function roomRule(stack: Stack, limit: number): string {
  const remedy = NestedStack.isNestedStack(stack)
    ? "define further notebooks in another fleet, which can use the same base, since changing 'stacks' of a fleet that is deployed replaces notebooks"
    : "put further ones into another stack or fleet, which can use the same base. 'stacks' of an MlNotebookFleet is for fleets that are not deployed yet: added later, it replaces all notebooks by empty ones";
  return `defined in a stack with room: CloudFormation takes ${limit} resources per stack; ${remedy}`;
}

/** The resources of a stack without those of stacks nested in it, and with the one that the core adds at synthesis. */
function countResources(stack: Stack): number {
  const reportsVersions = stack.node.tryGetContext(VERSION_REPORTING) === true;
  const comes = reportsVersions && !stack.nested && stack.node.tryFindChild('CDKMetadata') === undefined;
  return resourcesBelow(stack) + (comes ? 1 : 0);
}

function resourcesBelow(scope: IConstruct): number {
  let count = 0;
  for (const child of scope.node.children) {
    if (!Stack.isStack(child)) {
      count += (CfnResource.isCfnResource(child) ? 1 : 0) + resourcesBelow(child);
    }
  }
  return count;
}

/** Requires a name that SageMaker takes and that no other notebook of the app has in the same account and region. */
export function requireNotebookName(notebook: Construct, name: string): void {
  const rule = '1 to 63 letters, digits and hyphens, beginning and ending with a letter or digit';
  requireText(notebook, 'notebookName', name, LIMITS.notebookName, rule);
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

/**
 * Requires that a notebook has no more tags than SageMaker takes: now those of the library and its environment, at
 * synthesis also those that the app has given to it by then.
 */
export function requireRoomForTags(notebook: Construct, tags: TagManager): void {
  const { max } = LIMITS.tags;
  const rule = `at most ${max} in all: of the environment, of the app, and of the notebook, where each of 'environmentVariables' is one`;
  const count = () => Object.keys(tags.tagValues()).length;
  if (count() > max) {
    fail(notebook, 'tags', rule, count());
  }
  notebook.node.addValidation({
    validate: () => (count() > max ? [`${notebook.node.path}: 'tags' must be ${rule}, got: ${count()}`] : []),
  });
}

/** Requires a period that CloudWatch counts metrics by; of those, alarms take 10 seconds and more. */
export function requirePeriod(notebook: Construct, period: Duration | undefined): void {
  if (period === undefined || (isDuration(period) && period.isUnresolved())) {
    return;
  }
  const seconds = isDuration(period) ? period.toMilliseconds({ integral: false }) / 1_000 : Number.NaN;
  if (!LIMITS.metricPeriod.values.some((value) => value === seconds) && !(seconds >= 60 && seconds % 60 === 0)) {
    const short = LIMITS.metricPeriod.values.join(', ');
    fail(notebook, 'period', `a duration of ${short} seconds or of whole minutes`, period);
  }
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
