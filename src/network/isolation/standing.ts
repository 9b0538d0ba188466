import { IMlNetwork, InternetAccess } from '../network-options';
import { NetworkTree } from './network-tree';

/** Where the workloads of a network stand, by the names that the tree has for it. */
export class Standing {
  public readonly path: string;
  public readonly isIsolated: boolean;
  public readonly vpc: string[];
  public readonly subnets: string[];

  /** The route tables of the subnets, as far as they are known. */
  public readonly routeTables: string[];

  public readonly workloadGroup: string[];
  public readonly endpointGroup: string[];

  constructor(
    network: IMlNetwork,
    public readonly tree: NetworkTree,
  ) {
    const names = (value: unknown) => tree.namesFor(network, value);
    this.path = network.node.path;
    this.isIsolated = network.internetAccess === InternetAccess.NONE;
    this.vpc = names(network.vpc.vpcId);
    this.subnets = names(network.subnets.map((subnet) => subnet.subnetId));
    this.workloadGroup = names(network.workloadSecurityGroup.securityGroupId);
    this.endpointGroup = names(network.endpointSecurityGroup.securityGroupId);
    const tables = network.subnets.flatMap((subnet) => {
      const associated = this.tablesOf(names(subnet.subnetId));
      return associated.length > 0 ? associated : names(subnet.routeTable.routeTableId);
    });
    this.routeTables = [...new Set(tables)];
  }

  /** The route tables that the app puts a subnet on. */
  private tablesOf(subnet: string[]): string[] {
    return this.tree
      .ofType('AWS::EC2::SubnetRouteTableAssociation')
      .filter((each) => share(this.tree.namesIn(each, 'SubnetId'), subnet))
      .flatMap((each) => this.tree.namesIn(each, 'RouteTableId'));
  }
}

/** Whether two lists have a name in common. */
export function share(names: string[], others: string[]): boolean {
  return names.some((name) => others.includes(name));
}
