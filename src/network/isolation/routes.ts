import { NetworkRisk } from '../network-risk';
import { isPrivate, wideAmong } from './address-ranges';
import { Destination, destinationOf } from './destinations';
import { Finding } from './finding';
import { Standing, share } from './standing';
import { WrittenResource } from './written-resource';

const DESTINATIONS = ['DestinationCidrBlock', 'DestinationIpv6CidrBlock', 'DestinationPrefixListId'];

/** Properties of a route by where they lead. */
const WAYS = {
  /** Whoever has such a route has, or can have, a public address. */
  public: ['CarrierGatewayId'],

  /** To the internet, if the destination is there. */
  outward: ['EgressOnlyInternetGatewayId', 'NatGatewayId', 'InstanceId', 'NetworkInterfaceId'],

  /** To a network of which the app may know nothing. */
  elsewhere: [
    'CoreNetworkArn',
    'LocalGatewayId',
    'OdbNetworkArn',
    'TransitGatewayId',
    'VpcEndpointId',
    'VpcPeeringConnectionId',
  ],
};

type Way = keyof typeof WAYS;

interface Route extends Destination {
  readonly resource: WrittenResource;
  readonly way: Way;

  /** The property that names where it leads. */
  readonly prop: string;
}

/** The routes of workloads that lead to the internet, or may. */
export function routeFindings(standing: Standing): Finding[] {
  const routes = routesOf(standing);
  const isolated = standing.isIsolated ? routes : [];
  return [
    ...routes.filter(({ way }) => way === 'public').map((route) => publicRoute(standing, route)),
    ...isolated.filter(leadsOut).map((route) => wayOut(standing, route)),
    ...undecided(isolated.filter(({ way }) => way === 'elsewhere')).map((route) => wayElsewhere(standing, route)),
  ];
}

function routesOf({ tree, routeTables }: Standing): Route[] {
  return tree
    .ofType('AWS::EC2::Route')
    .filter((resource) => share(tree.namesIn(resource, 'RouteTableId'), routeTables))
    .flatMap((resource) => {
      const destination = destinationOf(tree, resource.stack, resource.properties, DESTINATIONS);
      return waysOf(gatewaysOf(tree.namesIn(resource, 'GatewayId'), tree), resource).map((way) => ({
        resource,
        ...destination,
        ...way,
      }));
    });
}

function waysOf(gateways: Way[], { properties }: WrittenResource): { way: Way; prop: string }[] {
  const others = (Object.keys(WAYS) as Way[]).flatMap((way) =>
    WAYS[way].filter((prop) => properties[prop] !== undefined).map((prop) => ({ way, prop })),
  );
  return [...gateways.map((way) => ({ way, prop: 'GatewayId' })), ...others];
}

/** An internet gateway is told by its type or id. Other gateways are those of a VPN, or unknown. */
function gatewaysOf(names: string[], tree: Standing['tree']): Way[] {
  return names
    .filter((name) => name !== 'local')
    .map((name) =>
      tree.at(name)?.type === 'AWS::EC2::InternetGateway' || name.startsWith('igw-') ? 'public' : 'elsewhere',
    );
}

function leadsOut({ way, ranges, isOpenEnded }: Route): boolean {
  const isPublic = isOpenEnded ? true : !ranges.every(isPrivate);
  return way === 'outward' && isPublic;
}

function undecided(routes: Route[]): Route[] {
  const wide = wideAmong(routes);
  return routes.filter((route) => route.isOpenEnded || wide.includes(route));
}

function publicRoute({ path, isIsolated }: Standing, route: Route): Finding {
  const remedy = isIsolated ? "; take the route away, or say that it is wanted with 'internetAccess'" : '';
  const rule = `left out of the route tables of workload subnets, which it makes public, while ${path} stands in them${remedy}`;
  return findingOf(route, rule);
}

function wayOut({ path }: Standing, route: Route): Finding {
  const rule = `left out of the route tables of workload subnets, or be for private ranges, since ${path} has no internet access; take the route away, or say that it is wanted with 'internetAccess'`;
  return findingOf(route, rule);
}

function wayElsewhere({ path }: Standing, route: Route): Finding {
  const rule = `for ranges that are known and are not the internet, since ${path} has no internet access and the way may go on to it; name the ranges`;
  return { ...findingOf(route, rule), risk: NetworkRisk.ROUTE_TO_OTHER_NETWORK };
}

function findingOf({ resource, prop, shown }: Route, rule: string): Finding {
  return { path: resource.path, prop: `${prop[0].toLowerCase()}${prop.slice(1)}`, rule, got: `a route for ${shown}` };
}
