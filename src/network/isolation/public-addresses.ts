import { NetworkRisk } from '../network-risk';
import { Finding } from './finding';
import { Standing, share } from './standing';
import { maps, Properties, WrittenResource } from './written-resource';

/** How a resource of a type comes to a public address in a subnet of workloads. */
interface PublicAddress {
  readonly type: string;
  readonly prop: string;
  readonly isIn: (standing: Standing, resource: WrittenResource) => boolean;
}

const PUBLIC_ADDRESSES: PublicAddress[] = [
  { type: 'AWS::EC2::Subnet', prop: 'mapPublicIpOnLaunch', isIn: givesAddresses },
  { type: 'AWS::EC2::Instance', prop: 'associatePublicIpAddress', isIn: isInstance },
  { type: 'AWS::EC2::LaunchTemplate', prop: 'associatePublicIpAddress', isIn: isTemplate },
  { type: 'AWS::EC2::NatGateway', prop: 'subnetId', isIn: isNatGateway },
  { type: 'AWS::EC2::EIP', prop: 'instanceId', isIn: isAttached },
  { type: 'AWS::EC2::EIPAssociation', prop: 'allocationId', isIn: isAttached },
  { type: 'AWS::ElasticLoadBalancing::LoadBalancer', prop: 'scheme', isIn: isLoadBalancer },
  { type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', prop: 'scheme', isIn: isLoadBalancer },
  { type: 'AWS::ECS::Service', prop: 'assignPublicIp', isIn: isTask },
];

/** What stands in a subnet of workloads and has a public address, and subnets that give them out. */
export function publicAddressFindings(standing: Standing): Finding[] {
  return PUBLIC_ADDRESSES.flatMap(({ type, prop, isIn }) =>
    standing.tree
      .ofType(type)
      .filter((resource) => isIn(standing, resource))
      .map((resource) => ({
        path: resource.path,
        prop,
        rule: `without public addresses in the workload subnets of ${standing.path}; take the address away, or use another subnet`,
        got: `a public address by ${type}`,
        risk: NetworkRisk.PUBLIC_ADDRESS,
      })),
  );
}

function givesAddresses({ subnets }: Standing, { path, properties }: WrittenResource): boolean {
  return subnets.includes(path) && isTrue(properties.MapPublicIpOnLaunch);
}

function isInstance(standing: Standing, { stack, properties }: WrittenResource): boolean {
  return maps(properties.NetworkInterfaces).some(
    (face) => isTrue(face.AssociatePublicIpAddress) && isSubnet(standing, stack, face.SubnetId ?? properties.SubnetId),
  );
}

/** Which subnet the instances get is often said elsewhere, so the group of the workloads tells as well. */
function isTemplate(standing: Standing, { stack, properties }: WrittenResource): boolean {
  const { NetworkInterfaces } = (properties.LaunchTemplateData ?? {}) as Properties;
  return maps(NetworkInterfaces).some(
    (face) =>
      isTrue(face.AssociatePublicIpAddress) &&
      (isSubnet(standing, stack, face.SubnetId) ||
        share(standing.tree.namesOf(face.Groups, stack), standing.workloadGroup)),
  );
}

function isNatGateway(standing: Standing, { stack, properties }: WrittenResource): boolean {
  return properties.ConnectivityType !== 'private' && isSubnet(standing, stack, properties.SubnetId);
}

/** An address for an instance or a network interface of this app. */
function isAttached(standing: Standing, resource: WrittenResource): boolean {
  const { tree } = standing;
  const names = [...tree.namesIn(resource, 'InstanceId'), ...tree.namesIn(resource, 'NetworkInterfaceId')];
  return names.some((name) => {
    const bearer = tree.at(name);
    return bearer !== undefined && subnetsOf(bearer).some((subnet) => isSubnet(standing, bearer.stack, subnet));
  });
}

function isLoadBalancer(standing: Standing, { stack, properties }: WrittenResource): boolean {
  const { Scheme, Subnets, SubnetMappings } = properties;
  const mapped = maps(SubnetMappings).map(({ SubnetId }) => SubnetId);
  // What says nothing faces the internet; gateway load balancers know no scheme.
  return Scheme !== 'internal' && properties.Type !== 'gateway' && isSubnet(standing, stack, [Subnets, mapped]);
}

function isTask(standing: Standing, { stack, properties }: WrittenResource): boolean {
  const { AwsvpcConfiguration } = (properties.NetworkConfiguration ?? {}) as Properties;
  return maps(AwsvpcConfiguration).some(
    ({ AssignPublicIp, Subnets }) => AssignPublicIp === 'ENABLED' && isSubnet(standing, stack, Subnets),
  );
}

/** The subnets of an instance or a network interface. */
function subnetsOf({ properties }: WrittenResource): unknown[] {
  return [properties.SubnetId, ...maps(properties.NetworkInterfaces).map(({ SubnetId }) => SubnetId)];
}

function isSubnet({ tree, subnets }: Standing, stack: WrittenResource['stack'], value: unknown): boolean {
  return share(tree.namesOf(value, stack), subnets);
}

function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
