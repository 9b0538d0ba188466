import { Annotations, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { fail } from '../private/checks';

/** Zones for which addresses are kept free, so that a zone can be added without moving a subnet. */
export const MOST_ZONES = 3;

/**
 * The subnets of a range.
 *
 * Notebooks die with their subnet, so no later choice may move one: sizes follow from the range alone, and addresses
 * for public subnets are kept free even where there are none.
 */
export function planSubnets(
  scope: IConstruct,
  range: ec2.IIpAddresses,
  internet: boolean,
  publicSubnets: boolean,
): ec2.SubnetConfiguration[] {
  const { cidrBlock, ipv4NetmaskLength } = range.allocateVpcCidr();
  const prefix = ipv4NetmaskLength ?? (Token.isUnresolved(cidrBlock) ? 16 : Number(cidrBlock?.split('/')[1]));
  if (!(prefix >= 16 && prefix <= 24)) {
    fail(
      scope,
      'ipAddresses',
      'a range from /16 to /24, since SageMaker needs an address per notebook',
      cidrBlock ?? prefix,
    );
  }
  warnOfDockerRange(scope, cidrBlock);
  return [
    {
      name: 'Workload',
      subnetType: internet ? ec2.SubnetType.PRIVATE_WITH_EGRESS : ec2.SubnetType.PRIVATE_ISOLATED,
      cidrMask: Math.min(prefix + 4, 28),
    },
    {
      name: 'Public',
      subnetType: ec2.SubnetType.PUBLIC,
      cidrMask: Math.min(prefix + 8, 28),
      mapPublicIpOnLaunch: false,
      reserved: !publicSubnets,
    },
  ];
}

/** The bridge of Docker on notebooks, which no host behind it can be reached past. */
const DOCKER = 0xac_11;

function warnOfDockerRange(scope: IConstruct, cidrBlock: string | undefined): void {
  if (cidrBlock === undefined || Token.isUnresolved(cidrBlock)) {
    return;
  }
  const [first, second] = cidrBlock.split('.').map(Number);
  if (first * 256 + second === DOCKER) {
    Annotations.of(scope).addWarningV2(
      'cdk-ml-infra:dockerRange',
      `${scope.node.path}: Docker on notebooks has 172.17.0.0/16 for itself, so they may not reach what has addresses of ${cidrBlock}; take another range`,
    );
  }
}
