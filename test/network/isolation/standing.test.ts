import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetAccess } from '../../../src/network';
import { share } from '../../../src/network/isolation/standing';
import { existingNetwork, Scene, standingOf } from './scene';

const VPC = 'Team/Network/Vpc';

describe('Standing', () => {
  test('names what a network consists of', () => {
    const standing = new Scene().standing;

    expect(standing).toMatchObject({
      path: 'Team/Network',
      isIsolated: true,
      vpc: [`${VPC}/Resource`],
      subnets: [1, 2].map((number) => `${VPC}/WorkloadSubnet${number}/Subnet`),
      routeTables: [1, 2].map((number) => `${VPC}/WorkloadSubnet${number}/RouteTable`),
      workloadGroup: ['Team/Network/SecurityGroups/Workload/Resource'],
      endpointGroup: ['Team/Network/SecurityGroups/Endpoint/Resource'],
    });
  });

  test('is not isolated where workloads may reach the internet', () => {
    expect(new Scene({ internetAccess: InternetAccess.NAT_GATEWAY }).standing.isIsolated).toBe(false);
  });

  test('takes the route table that a subnet is put on, by whomever', () => {
    const scene = new Scene();
    const table = new ec2.CfnRouteTable(scene.stack, 'Other', { vpcId: scene.network.vpc.vpcId });
    const association = scene.network.subnets[0].node.findChild('RouteTableAssociation');
    (association as ec2.CfnSubnetRouteTableAssociation).routeTableId = table.ref;

    expect(scene.standing.routeTables).toEqual(['Team/Other', `${VPC}/WorkloadSubnet2/RouteTable`]);
  });

  test('knows an imported VPC by its ids, as far as they were given', () => {
    const scene = new Scene();

    expect(standingOf(existingNetwork(scene))).toMatchObject({
      vpc: ['vpc-1'],
      subnets: ['subnet-1', 'subnet-2'],
      routeTables: ['rtb-1', 'rtb-2'],
    });
  });

  test('lists share a name or they do not', () => {
    expect(share(['a', 'b'], ['b', 'c'])).toBe(true);
    expect(share(['a'], ['b'])).toBe(false);
    expect(share([], [])).toBe(false);
  });
});
