import { NetworkRisk } from '../network-risk';
import { wideAmong } from './address-ranges';
import { Destination, destinationOf } from './destinations';
import { Finding } from './finding';
import { Standing, share } from './standing';
import { maps, Properties, WrittenResource } from './written-resource';

/** Properties of a rule that name addresses. */
export const SOURCES = ['CidrIp', 'CidrIpv6', 'SourcePrefixListId'];

/** A rule that lets traffic into a security group. */
export interface IngressRule extends Destination {
  readonly resource: WrittenResource;
  readonly properties: Properties;
}

/** The rules that let the internet at large into the groups of a network. */
export function ingressFindings(standing: Standing): Finding[] {
  return [standing.workloadGroup, standing.endpointGroup].flatMap((group) =>
    wideAmong(ingressRules(standing, group)).map(({ resource, shown }) => ({
      path: resource.path,
      prop: 'ingress',
      rule: `for private addresses, or for ranges of your own, since ${standing.path} keeps its workloads and endpoints from the internet; name the ranges or groups that may come`,
      got: shown,
      risk: NetworkRisk.OPEN_INGRESS,
    })),
  );
}

/** The rules of a group: its own, and those that stand alone. */
export function ingressRules({ tree }: Standing, group: string[]): IngressRule[] {
  const own = group
    .map((name) => tree.at(name))
    .filter((resource) => resource?.type === 'AWS::EC2::SecurityGroup')
    .flatMap((resource) =>
      maps(resource!.properties.SecurityGroupIngress).map((rule) => ({ resource: resource!, rule })),
    );
  const alone = tree
    .ofType('AWS::EC2::SecurityGroupIngress')
    .filter((resource) => share(tree.namesIn(resource, 'GroupId'), group))
    .map((resource) => ({ resource, rule: resource.properties }));
  return [...own, ...alone].map(({ resource, rule }) => ({
    ...destinationOf(tree, resource.stack, rule, SOURCES),
    resource,
    properties: rule,
  }));
}
