import type { Properties } from '../../../private/template';
import { knownList, knownSwitch, propertiesIn } from '../known-values';
import { Line, Subject, unknown } from '../subject';

/** Subnets that a machine starts in one of, as it refers to them. Undefined where only the deployment knows them. */
export type Subnets = readonly unknown[] | undefined;

const AT_DEPLOYMENT = 'whether it has a public address is known only at deployment';

/** Addresses that machines get by themselves cost while they run. */
export function publicAddresses(subject: Subject, launch: Properties, count: number, subnets: Subnets): Line[] {
  const isPublic = addressed(subject, launch, subnets);
  if (typeof isPublic === 'string') {
    return [unknown(isPublic)];
  }
  const hours = subject.hours('instanceHours');
  return isPublic
    ? [
        subject.charge({
          description: `${count === 1 ? 'Public IPv4 address' : `${count} public IPv4 addresses`}, ${subject.spelledHours(hours)}`,
          priceName: 'public IPv4 addresses',
          quantity: count * hours.perMonth,
          unit: 'address-hour',
          unitUsd: subject.unitPrice('publicIpv4Hour'),
          stated: hours.stated,
        }),
      ]
    : [];
}

/** Whether a machine gets an address, or why nobody knows: the machine says it, else its subnet. */
function addressed(subject: Subject, launch: Properties, subnets: Subnets): boolean | string {
  const interfaces = knownList(launch.NetworkInterfaces);
  if (interfaces === undefined) {
    return AT_DEPLOYMENT;
  }
  if (interfaces.length > 1) {
    return amongSeveral(interfaces.map(propertiesIn));
  }
  const network = propertiesIn(interfaces[0]);
  if (network.NetworkInterfaceId !== undefined) {
    return false;
  }
  const stated = launch.AssociatePublicIpAddress ?? network.AssociatePublicIpAddress;
  if (stated !== undefined && stated !== null) {
    return knownSwitch(stated) ?? AT_DEPLOYMENT;
  }
  return ofSubnets(subject, network.SubnetId === undefined ? subnets : [network.SubnetId]);
}

/** EC2 gives an address by itself to a machine with one network interface alone, unless one of them asks for it. */
function amongSeveral(interfaces: readonly Properties[]): boolean | string {
  const stated = interfaces.map(({ AssociatePublicIpAddress }) => knownSwitch(AssociatePublicIpAddress));
  return stated.some((each) => each === true) || (stated.every((each) => each === false) ? false : AT_DEPLOYMENT);
}

function ofSubnets(subject: Subject, subnets: Subnets): boolean | string {
  const named = subnets?.filter((subnet) => subnet !== undefined && subnet !== null);
  if (named === undefined) {
    return 'whether it has a public address follows from subnets that are known only at deployment';
  }
  if (named.length === 0) {
    return 'whether it has a public address follows from its subnet, which is not stated';
  }
  const found = named.map((subnet) => subject.find(subnet)).filter((subnet) => subnet?.type === 'AWS::EC2::Subnet');
  if (found.length < named.length) {
    return 'whether it has a public address follows from a subnet that is not among the resources';
  }
  const assigns = found.map((subnet) => knownSwitch(subnet?.properties?.MapPublicIpOnLaunch));
  const [first, ...others] = assigns;
  if (first === undefined || others.includes(undefined)) {
    return AT_DEPLOYMENT;
  }
  return others.every((other) => other === first)
    ? first
    : 'whether it has a public address follows from which of its subnets it starts in';
}
