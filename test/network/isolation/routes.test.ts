import { CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetAccess } from '../../../src/network';
import { routeFindings } from '../../../src/network/isolation/routes';
import { existingNetwork, Scene, standingOf } from './scene';

const ALL = '0.0.0.0/0';

describe('routes of workloads', () => {
  test('a network as it is defined has none that leads out', () => {
    expect(routeFindings(new Scene({ publicSubnets: true }).standing)).toEqual([]);
  });

  describe('without internet access', () => {
    test.each<[string, Partial<ec2.CfnRouteProps>, string]>([
      ['an internet gateway', { gatewayId: 'igw-1', destinationCidrBlock: ALL }, 'gatewayId'],
      [
        'an internet gateway, if only to a private range',
        { gatewayId: 'igw-1', destinationCidrBlock: '10.9.0.0/16' },
        'gatewayId',
      ],
      ['a carrier gateway', { carrierGatewayId: 'cagw-1', destinationCidrBlock: ALL }, 'carrierGatewayId'],
      [
        'an egress-only gateway',
        { egressOnlyInternetGatewayId: 'eigw-1', destinationIpv6CidrBlock: '::/0' },
        'egressOnlyInternetGatewayId',
      ],
      ['a NAT gateway', { natGatewayId: 'nat-1', destinationCidrBlock: ALL }, 'natGatewayId'],
      [
        'a NAT gateway, to one public range',
        { natGatewayId: 'nat-1', destinationCidrBlock: '203.0.113.0/24' },
        'natGatewayId',
      ],
      [
        'a NAT gateway that translates IPv6',
        { natGatewayId: 'nat-1', destinationIpv6CidrBlock: '64:ff9b::/96' },
        'natGatewayId',
      ],
      ['a NAT gateway, to an unknown list', { natGatewayId: 'nat-1', destinationPrefixListId: 'pl-1' }, 'natGatewayId'],
      ['a NAT instance', { instanceId: 'i-1', destinationCidrBlock: ALL }, 'instanceId'],
      ['a network interface', { networkInterfaceId: 'eni-1', destinationCidrBlock: ALL }, 'networkInterfaceId'],
    ])('refuses a route to %s, and names the word that allows it', (_what, props, prop) => {
      const scene = new Scene();
      scene.route(props);

      const [finding, ...others] = routeFindings(scene.standing);
      expect(others).toEqual([]);
      expect(finding).toMatchObject({ path: 'Team/Route', prop });
      expect(finding.rule).toContain("or say that it is wanted with 'internetAccess'");
      expect(finding.risk).toBeUndefined();
    });

    test.each<[string, Partial<ec2.CfnRouteProps>]>([
      ['a transit gateway', { transitGatewayId: 'tgw-1', destinationCidrBlock: ALL }],
      ['a transit gateway, by IPv6', { transitGatewayId: 'tgw-1', destinationIpv6CidrBlock: '::/0' }],
      [
        'a transit gateway, by half of all addresses',
        { transitGatewayId: 'tgw-1', destinationCidrBlock: '128.0.0.0/1' },
      ],
      ['a transit gateway, by an unknown list', { transitGatewayId: 'tgw-1', destinationPrefixListId: 'pl-1' }],
      ['a peering', { vpcPeeringConnectionId: 'pcx-1', destinationCidrBlock: ALL }],
      ['a VPN gateway', { gatewayId: 'vgw-1', destinationCidrBlock: ALL }],
      ['a core network', { coreNetworkArn: 'arn:aws:networkmanager::1:core-network/c', destinationCidrBlock: ALL }],
      ['a local gateway', { localGatewayId: 'lgw-1', destinationCidrBlock: ALL }],
      ['an endpoint of a firewall', { vpcEndpointId: 'vpce-1', destinationCidrBlock: ALL }],
    ])('refuses a route for everything to %s, unless that is accepted', (_what, props) => {
      const scene = new Scene();
      scene.route(props);

      expect(routeFindings(scene.standing)).toMatchObject([{ path: 'Team/Route', risk: 'route-to-other-network' }]);
    });

    test.each<[string, Partial<ec2.CfnRouteProps>]>([
      ['a private range to a transit gateway', { transitGatewayId: 'tgw-1', destinationCidrBlock: '10.0.0.0/8' }],
      ['a range that an organization owns to a VPN', { gatewayId: 'vgw-1', destinationCidrBlock: '9.0.0.0/8' }],
      [
        'a private range of IPv6 to a peering',
        { vpcPeeringConnectionId: 'pcx-1', destinationIpv6CidrBlock: 'fd00::/8' },
      ],
      ['a private range to an appliance', { networkInterfaceId: 'eni-1', destinationCidrBlock: '10.0.0.0/8' }],
      ['a private range to a private NAT gateway', { natGatewayId: 'nat-1', destinationCidrBlock: '10.0.0.0/8' }],
      ['what is local', { gatewayId: 'local', destinationCidrBlock: '8.0.0.0/6' }],
    ])('accepts a route for %s', (_what, props) => {
      const scene = new Scene();
      scene.route(props);

      expect(routeFindings(scene.standing)).toEqual([]);
    });

    test('finds everything in two halves, of which each is a route', () => {
      const scene = new Scene();
      for (const [id, destinationCidrBlock] of [
        ['A', '0.0.0.0/1'],
        ['B', '128.0.0.0/1'],
      ]) {
        new ec2.CfnRoute(scene.stack, id, {
          routeTableId: scene.routeTableId,
          transitGatewayId: 'tgw-1',
          destinationCidrBlock,
        });
      }

      expect(routeFindings(scene.standing).map(({ path }) => path)).toEqual(['Team/A', 'Team/B']);
    });

    test.each([
      ['10.0.0.0/8', 0],
      [ALL, 1],
    ])('looks into a prefix list of the app: %s', (cidr, count) => {
      const scene = new Scene();
      const list = new ec2.PrefixList(scene.stack, 'List', { entries: [{ cidr }] });
      scene.route({ transitGatewayId: 'tgw-1', destinationPrefixListId: list.prefixListId });

      expect(routeFindings(scene.standing)).toHaveLength(count);
    });

    test('accepts a route to another VPC of the app, by the range of which nothing else is known', () => {
      const scene = new Scene();
      const other = new ec2.Vpc(new Stack(scene.app, 'Other'), 'Vpc');
      scene.route({ vpcPeeringConnectionId: 'pcx-1', destinationCidrBlock: other.vpcCidrBlock });

      expect(routeFindings(scene.standing)).toEqual([]);
    });

    test('refuses a route for what is known at deployment only, unless that is accepted', () => {
      const scene = new Scene();
      const { valueAsString } = new CfnParameter(scene.stack, 'Range');
      scene.route({ transitGatewayId: 'tgw-1', destinationCidrBlock: valueAsString });

      expect(routeFindings(scene.standing)).toMatchObject([
        { got: 'a route for a deploy-time value', risk: 'route-to-other-network' },
      ]);
    });

    test('finds what may come of a condition', () => {
      const scene = new Scene();
      const route = scene.route({ natGatewayId: 'nat-1' });
      route.addPropertyOverride('DestinationCidrBlock', Fn.conditionIf('Open', ALL, '10.0.0.0/8'));

      expect(routeFindings(scene.standing)).toHaveLength(1);
    });

    test('finds an internet gateway of the app, also by its logical id', () => {
      const scene = new Scene({ publicSubnets: true });
      const gateway = scene.network.vpc.node.findChild('IGW') as ec2.CfnInternetGateway;
      const route = scene.route({ destinationCidrBlock: ALL, gatewayId: gateway.ref });
      expect(routeFindings(scene.standing)).toMatchObject([{ rule: expect.stringContaining('makes public') }]);

      route.addPropertyOverride('GatewayId', { Ref: scene.stack.resolve(gateway.logicalId) });
      expect(routeFindings(scene.standing)).toMatchObject([{ rule: expect.stringContaining('makes public') }]);
    });

    test('finds the route in the table that a subnet is put on, and none in the table that it left', () => {
      const scene = new Scene();
      scene.route({ natGatewayId: 'nat-1', destinationCidrBlock: ALL });
      const other = new ec2.CfnRouteTable(scene.stack, 'Other', { vpcId: scene.network.vpc.vpcId });
      const subnet = scene.network.subnets[0].node;
      const association = subnet.findChild('RouteTableAssociation') as ec2.CfnSubnetRouteTableAssociation;
      association.addPropertyOverride('RouteTableId', scene.stack.resolve(other.ref));
      expect(routeFindings(scene.standing)).toEqual([]);

      new ec2.CfnRoute(scene.stack, 'Out', {
        routeTableId: other.ref,
        natGatewayId: 'nat-1',
        destinationCidrBlock: ALL,
      });
      expect(routeFindings(scene.standing).map(({ path }) => path)).toEqual(['Team/Out']);
    });

    test('leaves routes of other subnets alone', () => {
      const scene = new Scene({ publicSubnets: true });
      const [subnet] = scene.network.vpc.publicSubnets;
      scene.route({ routeTableId: subnet.routeTable.routeTableId, natGatewayId: 'nat-1', destinationCidrBlock: ALL });

      expect(routeFindings(scene.standing)).toEqual([]);
    });

    test('finds a route in a table of an imported VPC', () => {
      const scene = new Scene();
      const network = existingNetwork(scene);
      scene.route({ routeTableId: 'rtb-2', natGatewayId: 'nat-1', destinationCidrBlock: ALL });

      expect(routeFindings(standingOf(network))).toHaveLength(1);
    });
  });

  describe('with internet access', () => {
    test('accepts the way that was asked for', () => {
      for (const internetAccess of [InternetAccess.NAT_GATEWAY, InternetAccess.NAT_INSTANCE]) {
        expect(routeFindings(new Scene({ internetAccess }).standing)).toEqual([]);
      }
    });

    test.each([{ gatewayId: 'igw-1' }, { carrierGatewayId: 'cagw-1' }])(
      'refuses %j, which makes a subnet public',
      (props) => {
        const scene = new Scene({ internetAccess: InternetAccess.NAT_GATEWAY });
        scene.route({ ...props, destinationCidrBlock: '198.51.100.0/24' });

        const [finding] = routeFindings(scene.standing);
        expect(finding.rule).toMatch(/left out of the route tables of workload subnets, which it makes public/);
        expect(finding.rule).not.toContain('internetAccess');
      },
    );
  });
});
