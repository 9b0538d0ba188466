import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { LIMITS } from '../private/limits-table';

/** What AWS keeps of each subnet, and the endpoints that every base has: SageMaker API and Runtime, STS, Logs. */
const TAKEN_ADDRESSES = 5 + 4;

const ROLES_PER_ACCOUNT = LIMITS.roles.max;
const RESOURCES_PER_DEPLOYMENT = LIMITS.deployment.max;

interface Addresses {
  notebooks: number;
  readonly free: number;
}

const addressesBySubnet = new WeakMap<ec2.ISubnet, Addresses>();
const rolesByApp = new WeakMap<IConstruct, Map<string, Set<string>>>();

/**
 * Counts a notebook that takes an address of a subnet, and warns once when the subnet has fewer addresses than the app
 * has notebooks in it. Nothing is known of subnets that were imported without their range.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function countAddress(subnet: ec2.ISubnet): void {
  const addresses = addressesBySubnet.get(subnet) ?? { notebooks: 0, free: freeAddresses(subnet) };
  addressesBySubnet.set(subnet, addresses);
  addresses.notebooks += 1;
  if (addresses.notebooks === addresses.free + 1) {
    Annotations.of(subnet).addWarningV2(
      'cdk-ml-infra:subnetFull',
      `${subnet.node.path}: more notebooks of this app stand here than the ${addresses.free} that find an address in ${subnet.ipv4CidrBlock}; a network with a larger range has room, but a notebook that moves there is a new one`,
    );
  }
}

/**
 * Counts a role that the library defines for an owner, and warns once per account when these are more than IAM takes
 * by default. Roles of other apps and of the app itself count too, but are not known here.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export function countOwnerRole(notebook: Construct, baseKey: string, owner: string): void {
  const { root } = notebook.node;
  const accounts = rolesByApp.get(root) ?? new Map<string, Set<string>>();
  rolesByApp.set(root, accounts);
  const stack = Stack.of(notebook);
  const account = Token.isUnresolved(stack.account) ? 'the account' : `account ${stack.account}`;
  const roles = accounts.get(account) ?? new Set<string>();
  accounts.set(account, roles);
  const before = roles.size;
  roles.add(`${stack.node.path} ${baseKey} ${owner}`);
  if (roles.size > before && roles.size === ROLES_PER_ACCOUNT + 1) {
    Annotations.of(stack).addWarningV2(
      'cdk-ml-infra:roleQuota',
      `${stack.node.path}: this app defines more than ${ROLES_PER_ACCOUNT} roles for owners in ${account}, which is all that IAM takes by default; ask AWS for more before you deploy, or have owners share notebooks`,
    );
  }
}

/**
 * Warns of a fleet in nested stacks that CloudFormation cannot define, or change, as a whole.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function warnOfLargeDeployment(fleet: Construct, resources: number): void {
  if (resources > RESOURCES_PER_DEPLOYMENT) {
    Annotations.of(fleet).addWarningV2(
      'cdk-ml-infra:largeDeployment',
      `${fleet.node.path}: ${resources} notebooks and roles, of which one deployment of a stack with nested ones can touch ${RESOURCES_PER_DEPLOYMENT}; spread them over several fleets, each in a stack of its own that is not nested`,
    );
  }
}

function freeAddresses(subnet: ec2.ISubnet): number {
  try {
    const prefix = Number(subnet.ipv4CidrBlock.split('/')[1]);
    return Token.isUnresolved(subnet.ipv4CidrBlock) || !(prefix <= 32)
      ? Number.POSITIVE_INFINITY
      : Math.max(0, 2 ** (32 - prefix) - TAKEN_ADDRESSES);
  } catch {
    return Number.POSITIVE_INFINITY; // imported without its range, which then throws
  }
}
