import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Part, tellFacts } from '../private/facts';
import { IMlNetwork, InternetAccess } from './network-options';

const INTERNET: { readonly [access in InternetAccess]: string } = {
  [InternetAccess.NONE]: 'no internet',
  [InternetAccess.NAT_GATEWAY]: 'NAT gateway',
  [InternetAccess.NAT_INSTANCE]: 'NAT instance',
};

/** Lets a network tell its subnets and endpoints. Which endpoints there are, is known when the app is complete. */
export function tellNetwork(
  network: IMlNetwork & Construct,
  subnets: ec2.ISubnet[],
  endpoints: () => Part[] = () => [],
): void {
  tellFacts(network, () => ({
    kind: 'MlNetwork',
    details: [INTERNET[network.internetAccess], `${zonesOf(network.subnets)} zones`],
    parts: [...shownSubnets(network, subnets), ...endpoints()],
  }));
}

function shownSubnets({ vpc, internetAccess }: IMlNetwork, subnets: ec2.ISubnet[]): Part[] {
  const usual = internetAccess === InternetAccess.NONE ? 'isolated' : 'private';
  const counts = new Map<string, number>();
  return subnets.map((construct) => {
    const kind = vpc.publicSubnets.includes(construct) ? 'public' : usual;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    return { kind: 'subnet', construct, label: [`${kind} subnet ${number}`, ...zoneOf(construct)].join(', ') };
  });
}

/** The core has made-up zones until the CDK CLI has looked up those of the account. */
function zoneOf({ availabilityZone }: ec2.ISubnet): string[] {
  return Token.isUnresolved(availabilityZone) || availabilityZone.startsWith('dummy') ? [] : [availabilityZone];
}

function zonesOf(subnets: ec2.ISubnet[]): number {
  return new Set(subnets.map(({ availabilityZone }) => availabilityZone)).size;
}
