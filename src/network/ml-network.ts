import { Annotations, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { MlEnvironment } from '../environment';
import { acknowledge } from '../private/acknowledgements';
import { fail, requireKnown, requireWholeNumber } from '../private/checks';
import { FLAG, having, Kinds, NUMBER, oneOf, requireKinds } from '../private/kinds';
import { MOST_ZONES, planSubnets } from './address-plan';
import { ExistingVpcNetwork } from './existing-network';
import { AcceptedRisks } from './isolation/accepted-risks';
import { guardNetwork } from './isolation/network-guard';
import { MlService } from './ml-service';
import { tellNetwork } from './network-facts';
import { ExistingVpcProps, IMlNetwork, InternetAccess, MlNetworkOptions, NETWORK_KINDS } from './network-options';
import { NetworkParts } from './network-parts';
import { NetworkRisk } from './network-risk';
import { EndpointListener } from './vpc-endpoints';

/** Properties of an `MlNetwork`. */
export interface MlNetworkProps extends MlNetworkOptions {
  /**
   * Addresses of the VPC: a range from /16 to /24.
   *
   * @default ec2.IpAddresses.cidr('10.0.0.0/16')
   */
  readonly ipAddresses?: ec2.IIpAddresses;

  /**
   * Availability Zones to stand in, 2 or 3. Zones can be added later; taking one away removes its subnet.
   *
   * @default - `zones` of the environment, which is 2 unless you made your own.
   */
  readonly maxAzs?: number;

  /**
   * How workloads reach the internet.
   *
   * @default InternetAccess.NONE
   */
  readonly internetAccess?: InternetAccess;

  /**
   * Whether there are public subnets, for load balancers for example. Workloads never stand in them.
   *
   * @default - Only where `internetAccess` needs them.
   */
  readonly publicSubnets?: boolean;

  /**
   * Empties the VPC's default security group. Nothing uses it. CDK does this with a Lambda function.
   *
   * @default false
   */
  readonly restrictDefaultSecurityGroup?: boolean;
}

const KINDS: Partial<Kinds<MlNetworkProps>> = {
  ...NETWORK_KINDS,
  ipAddresses: having("addresses such as ec2.IpAddresses.cidr('10.0.0.0/16')", 'allocateVpcCidr'),
  maxAzs: NUMBER,
  internetAccess: oneOf('InternetAccess', InternetAccess),
  publicSubnets: FLAG,
  restrictDefaultSecurityGroup: FLAG,
};

/**
 * A network in which machine learning workloads reach AWS services without the internet.
 *
 * Defines a VPC over two zones with isolated subnets, flow logs, one security group for workloads and one for
 * endpoints, and the endpoints of the services that are in use.
 *
 * @example
 * const network = new MlNetwork(this, 'Network', { services: [MlService.SECRETS_MANAGER] });
 * new MlSharedInfra(this, 'Shared', { network });
 */
export class MlNetwork extends Construct implements IMlNetwork {
  /**
   * A network in a VPC that exists: security groups, missing endpoints and flow logs are defined, nothing of the VPC
   * is changed.
   */
  public static fromVpc(scope: Construct, id: string, props: ExistingVpcProps): IMlNetwork {
    return new ExistingVpcNetwork(scope, id, props);
  }

  public readonly vpc: ec2.IVpc;
  public readonly subnets: ec2.ISubnet[];
  public readonly internetAccess: InternetAccess;
  public readonly workloadSecurityGroup: ec2.ISecurityGroup;
  public readonly endpointSecurityGroup: ec2.ISecurityGroup;
  private readonly parts: NetworkParts;

  constructor(scope: Construct, id: string, props: MlNetworkProps = {}) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const environment = MlEnvironment.of(this);
    const zones = props.maxAzs ?? environment.zones;
    requireKnown(this, 'maxAzs', zones, 'subnets are defined by it');
    requireWholeNumber(this, 'maxAzs', zones, 2, MOST_ZONES);
    this.internetAccess = props.internetAccess ?? InternetAccess.NONE;
    const internet = this.internetAccess !== InternetAccess.NONE;
    if (internet && props.publicSubnets === false) {
      fail(
        this,
        'publicSubnets',
        `true or left out when internetAccess is ${this.internetAccess}`,
        props.publicSubnets,
      );
    }
    const ipAddresses = props.ipAddresses ?? ec2.IpAddresses.cidr('10.0.0.0/16');
    const natInstances = this.internetAccess === InternetAccess.NAT_INSTANCE ? createNatInstances() : undefined;

    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses,
      maxAzs: zones,
      reservedAzs: MOST_ZONES - this.availableZones(zones),
      natGateways: internet ? environment.endpointZones : 0,
      natGatewayProvider: natInstances,
      subnetConfiguration: planSubnets(this, ipAddresses, internet, props.publicSubnets ?? internet),
      restrictDefaultSecurityGroup: props.restrictDefaultSecurityGroup ?? false,
    });
    natInstances?.connections.allowFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.allTraffic(), 'Workloads of the VPC');
    requireImdsV2(vpc);
    acknowledge(vpc, {
      VPCDefaultSecurityGroupClosed:
        'Nothing uses the default group; emptying it takes a custom resource: restrictDefaultSecurityGroup',
    });

    this.vpc = vpc;
    this.subnets = internet ? vpc.privateSubnets : vpc.isolatedSubnets;
    this.parts = new NetworkParts(this, {
      vpc,
      subnets: this.subnets,
      environment,
      options: props,
      existingServices: [],
    });
    this.workloadSecurityGroup = this.parts.groups.workload;
    this.endpointSecurityGroup = this.parts.groups.endpoint;
    guardNetwork(this, this.parts);
    tellNetwork(this, [...this.subnets, ...vpc.publicSubnets], () => this.parts.endpoints.shown);
  }

  public acceptRisk(risk: NetworkRisk, reason: string): void {
    this.parts.risks.accept(risk, reason);
  }

  public requireService(service: MlService): void {
    this.parts.endpoints.require(service);
  }

  /**
   * Guards a network that another class implements.
   *
   * @internal
   */
  public static _guard(network: IMlNetwork, reached: MlService[]): AcceptedRisks {
    const risks = new AcceptedRisks(network);
    guardNetwork(network, { risks, endpoints: { reached, defined: [] } });
    return risks;
  }

  /**
   * Tells the facts of a network that another class implements.
   *
   * @internal
   */
  public static _tell(network: IMlNetwork & Construct): void {
    tellNetwork(network, network.subnets);
  }

  /** Without a region of its own a stack can only name two zones, those that every region has. */
  private availableZones(wanted: number): number {
    const available = Stack.of(this).availabilityZones.length;
    if (available < wanted) {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:fewerZones',
        `${this.node.path}: stands in ${available} zones instead of ${wanted}; give its stack an 'env' with account and region`,
      );
    }
    return Math.min(available, wanted);
  }

  /** @internal */
  public _forEachEndpoint(listener: EndpointListener): void {
    this.parts.endpoints.forEach(listener);
  }
}

function createNatInstances(): ec2.NatInstanceProviderV2 {
  return ec2.NatProvider.instanceV2({
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.NANO),
    defaultAllowedTraffic: ec2.NatTrafficDirection.OUTBOUND_ONLY,
  });
}

/** The L2 of NAT instances has no prop for it. */
function requireImdsV2(vpc: ec2.Vpc): void {
  for (const instance of vpc.node.findAll().filter((child) => child instanceof ec2.CfnInstance)) {
    instance.metadataOptions = { httpTokens: 'required', httpPutResponseHopLimit: 1 };
  }
}
