import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { MlEnvironment } from '../environment';
import { fail } from '../private/checks';
import { having, Kinds, listOf, oneOf, PROPS, required, requireKinds } from '../private/kinds';
import { guardNetwork } from './isolation/network-guard';
import { MlService } from './ml-service';
import { tellNetwork } from './network-facts';
import { ExistingVpcProps, IMlNetwork, InternetAccess, NETWORK_KINDS } from './network-options';
import { NetworkParts } from './network-parts';
import { NetworkRisk } from './network-risk';
import { EndpointListener, onePerZone } from './vpc-endpoints';

/** Id of the made-up VPC with which CDK synthesizes once before `Vpc.fromLookup` has an answer. */
const LOOKUP_PENDING = 'vpc-12345';

const KINDS: Kinds<ExistingVpcProps> = {
  ...NETWORK_KINDS,
  vpc: required(having('a VPC', 'vpcId')),
  subnets: PROPS,
  internetAccess: oneOf('InternetAccess', InternetAccess),
  existingServices: listOf(having('a service such as MlService.KMS', 'interfaceEndpoint')),
};

/** What `MlNetwork.fromVpc` returns. */
export class ExistingVpcNetwork extends Construct implements IMlNetwork {
  public readonly vpc: ec2.IVpc;
  public readonly subnets: ec2.ISubnet[];
  public readonly internetAccess: InternetAccess;
  public readonly workloadSecurityGroup: ec2.ISecurityGroup;
  public readonly endpointSecurityGroup: ec2.ISecurityGroup;
  private readonly parts: NetworkParts;

  constructor(scope: Construct, id: string, props: ExistingVpcProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    this.vpc = props.vpc;
    this.internetAccess = props.internetAccess ?? InternetAccess.NONE;
    this.subnets = this.selectSubnets(props);
    this.parts = new NetworkParts(this, {
      vpc: this.vpc,
      subnets: this.subnets,
      environment: MlEnvironment.of(this),
      options: props,
      existingServices: props.existingServices ?? [],
    });
    this.workloadSecurityGroup = this.parts.groups.workload;
    this.endpointSecurityGroup = this.parts.groups.endpoint;
    guardNetwork(this, this.parts);
    tellNetwork(this, this.subnets, () => this.parts.endpoints.shown);
  }

  public acceptRisk(risk: NetworkRisk, reason: string): void {
    this.parts.risks.accept(risk, reason);
  }

  public requireService(service: MlService): void {
    this.parts.endpoints.require(service);
  }

  /** @internal */
  public _forEachEndpoint(listener: EndpointListener): void {
    this.parts.endpoints.forEach(listener);
  }

  private selectSubnets(props: ExistingVpcProps): ec2.ISubnet[] {
    if (this.vpc.vpcId === LOOKUP_PENDING) {
      const { isolatedSubnets, privateSubnets, publicSubnets } = this.vpc;
      return [...isolatedSubnets, ...privateSubnets, ...publicSubnets].slice(0, 2);
    }
    const internet = this.internetAccess !== InternetAccess.NONE;
    const usual = internet ? this.vpc.privateSubnets : this.vpc.isolatedSubnets;
    const subnets = props.subnets === undefined ? usual : this.vpc.selectSubnets(props.subnets).subnets;
    const foreign = subnets.find((subnet) => this.isOfAnotherVpc(subnet));
    if (foreign) {
      fail(this, 'subnets', 'subnets of its own VPC, in which the security groups stand', foreign.subnetId);
    }
    if (new Set(subnets.map((subnet) => subnet.availabilityZone)).size < 2) {
      const kind = internet ? 'private' : 'isolated';
      fail(
        this,
        'subnets',
        `${kind} subnets in at least two zones`,
        subnets.map((s) => s.subnetId),
      );
    }
    const idsOf = (list: ec2.ISubnet[]) => list.map((subnet) => subnet.subnetId);
    const open = idsOf(internet ? this.vpc.publicSubnets : [...this.vpc.publicSubnets, ...this.vpc.privateSubnets]);
    const exposed = idsOf(subnets).find((subnetId) => open.includes(subnetId));
    if (exposed !== undefined) {
      const rule = internet
        ? 'private subnets'
        : "without a route to the internet; if they have none, import the VPC with them as isolatedSubnetIds; if it is wanted, say so with 'internetAccess'";
      fail(this, 'subnets', rule, exposed);
    }
    this.requireRouteTables(subnets, props.existingServices ?? []);
    const zonal = onePerZone(subnets);
    return [...zonal, ...subnets.filter((subnet) => !zonal.includes(subnet))];
  }

  /** A subnet that was imported by its id alone says nothing of its VPC. */
  private isOfAnotherVpc(subnet: ec2.ISubnet): boolean {
    const owner = [...subnet.node.scopes].reverse().find((ancestor) => ancestor !== subnet && 'vpcId' in ancestor);
    return owner !== undefined && owner !== this.vpc;
  }

  /** S3 is reached by an entry in the route table of each subnet. */
  private requireRouteTables(subnets: ec2.ISubnet[], existingServices: MlService[]): void {
    const unknown = subnets.find((subnet) => !subnet.routeTable.routeTableId);
    if (unknown && !existingServices.some(({ name }) => name === MlService.S3.name)) {
      const rule =
        "subnets whose route tables are known, for the way to S3; name MlService.S3 in 'existingServices' if they have one";
      fail(this, 'subnets', rule, unknown.subnetId);
    }
  }
}
