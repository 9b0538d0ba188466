import { NetworkRisk } from '../network-risk';
import { Finding } from './finding';
import { ingressRules, SOURCES } from './ingress';
import { Standing, share } from './standing';
import { WrittenResource } from './written-resource';

const HTTPS = 443;

/** The endpoint of a service as its network defined it. */
export interface DefinedEndpoint {
  readonly service: string;

  /** Path of the resource. */
  readonly path: string;
}

/** The endpoints of a network that no longer serve its workloads. */
export function endpointFindings(standing: Standing, endpoints: DefinedEndpoint[]): Finding[] {
  return standing.isIsolated ? endpoints.flatMap((endpoint) => findingsOf(standing, endpoint)) : [];
}

function findingsOf(standing: Standing, { service, path }: DefinedEndpoint): Finding[] {
  const endpoint = standing.tree.at(path);
  if (endpoint === undefined) {
    const rule = `left in place, since workloads of ${standing.path} have no other way to ${service}; do not remove it`;
    return [{ path, prop: 'endpoint', rule, got: 'nothing', risk: NetworkRisk.UNREACHABLE_SERVICE }];
  }
  if (endpoint.properties.PolicyDocument === undefined) {
    const rule =
      'left in place, since an endpoint without a policy lets data out to every account; take the override back';
    return [{ path, prop: 'policyDocument', rule, got: 'nothing' }];
  }
  const losses = endpoint.properties.VpcEndpointType === 'Gateway' ? gatewayLoss : interfaceLoss;
  return losses(standing, endpoint).map(({ prop, rule, got }) => ({
    path,
    prop,
    rule: `${rule}, since workloads of ${standing.path} have no other way to ${service}; take the override back`,
    got,
    risk: NetworkRisk.UNREACHABLE_SERVICE,
  }));
}

type Loss = Pick<Finding, 'prop' | 'rule' | 'got'>;

function gatewayLoss({ tree, routeTables }: Standing, endpoint: WrittenResource): Loss[] {
  const tables = tree.namesIn(endpoint, 'RouteTableIds');
  const missing = routeTables.find((table) => !tables.includes(table));
  const rule = 'all route tables of workload subnets';
  return missing === undefined ? [] : [{ prop: 'routeTableIds', rule, got: `none for ${missing}` }];
}

function interfaceLoss(standing: Standing, endpoint: WrittenResource): Loss[] {
  const { properties } = endpoint;
  const subnets = standing.tree.namesIn(endpoint, 'SubnetIds');
  const groups = standing.tree.namesIn(endpoint, 'SecurityGroupIds');
  return [
    String(properties.PrivateDnsEnabled) === 'true' ? [] : [{ prop: 'privateDnsEnabled', rule: 'true', got: 'false' }],
    subnets.length > 0 ? [] : [{ prop: 'subnetIds', rule: 'at least one subnet', got: 'none' }],
    groups.some((group) => admits(standing, group))
      ? []
      : [
          {
            prop: 'securityGroupIds',
            rule: 'a group that lets HTTPS in from workloads',
            got: groups.length > 0 ? groups.join(', ') : 'none',
          },
        ],
  ].flat();
}

/** Whether a group lets HTTPS in from workloads, or from some range, which may be theirs. Of a group that is not defined here, nobody knows. */
function admits(standing: Standing, group: string): boolean {
  const { tree, workloadGroup } = standing;
  if (tree.at(group)?.type !== 'AWS::EC2::SecurityGroup') {
    return true;
  }
  return ingressRules(standing, [group]).some(({ resource, properties }) => {
    const { FromPort = 0, ToPort = 65_535, SourceSecurityGroupId } = properties;
    const isPort = !(Number(FromPort) > HTTPS) && !(Number(ToPort) < HTTPS);
    const isGroup = share(tree.namesOf(SourceSecurityGroupId, resource.stack), workloadGroup);
    return isPort && [isGroup, ...SOURCES.map((source) => properties[source] !== undefined)].includes(true);
  });
}
