import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { InternetAccess } from '../../../src/network';
import { publicAddressFindings } from '../../../src/network/isolation/public-addresses';
import { Scene } from './scene';

type Place = { readonly scope: Construct; readonly subnetId: string; readonly groupId: string };

/** Ways to a public address in a subnet. */
const WAYS: [string, string, (place: Place) => void][] = [
  [
    'an instance',
    'associatePublicIpAddress',
    ({ scope, subnetId }) => {
      const networkInterfaces = [{ deviceIndex: '0', associatePublicIpAddress: true, subnetId }];
      new ec2.CfnInstance(scope, 'Way', { networkInterfaces });
    },
  ],
  [
    'a launch template',
    'associatePublicIpAddress',
    ({ scope, subnetId }) => launchTemplate(scope, { associatePublicIpAddress: true, subnetId }),
  ],
  ['a NAT gateway', 'subnetId', ({ scope, subnetId }) => new ec2.CfnNatGateway(scope, 'Way', { subnetId })],
  [
    'an address for an instance',
    'instanceId',
    ({ scope, subnetId }) => {
      const instance = new ec2.CfnInstance(scope, 'Instance', { subnetId });
      new ec2.CfnEIP(scope, 'Way', { instanceId: instance.ref });
    },
  ],
  [
    'an address for a network interface',
    'allocationId',
    ({ scope, subnetId }) => {
      const face = new ec2.CfnNetworkInterface(scope, 'Face', { subnetId });
      new ec2.CfnEIPAssociation(scope, 'Way', { allocationId: 'eipalloc-1', networkInterfaceId: face.attrId });
    },
  ],
  [
    'a load balancer',
    'scheme',
    ({ scope, subnetId }) => {
      new elb.CfnLoadBalancer(scope, 'Way', { scheme: 'internet-facing', subnets: [subnetId, 'subnet-2'] });
    },
  ],
  [
    'a load balancer that says nothing',
    'scheme',
    ({ scope, subnetId }) => {
      new elb.CfnLoadBalancer(scope, 'Way', { subnets: [subnetId, 'subnet-2'] });
    },
  ],
  [
    'a load balancer by its mappings',
    'scheme',
    ({ scope, subnetId }) => {
      new elb.CfnLoadBalancer(scope, 'Way', { scheme: 'internet-facing', subnetMappings: [{ subnetId }] });
    },
  ],
  [
    'tasks of a service',
    'assignPublicIp',
    ({ scope, subnetId }) => {
      const awsvpcConfiguration = { subnets: [subnetId], assignPublicIp: 'ENABLED' };
      new ecs.CfnService(scope, 'Way', { networkConfiguration: { awsvpcConfiguration } });
    },
  ],
];

describe('public addresses in subnets of workloads', () => {
  test.each(Object.values(InternetAccess))(
    'are not there as a network is defined, with internet access %s',
    (access) => {
      expect(publicAddressFindings(new Scene({ internetAccess: access, publicSubnets: true }).standing)).toEqual([]);
    },
  );

  test.each(WAYS)('are refused: %s', (_what, prop, define) => {
    const scene = new Scene();
    define(placeIn(scene, scene.subnetId));

    expect(publicAddressFindings(scene.standing)).toMatchObject([{ path: 'Team/Way', prop, risk: 'public-address' }]);
  });

  test.each(WAYS)('are accepted in other subnets: %s', (_what, _prop, define) => {
    const scene = new Scene({ publicSubnets: true });
    define(placeIn(scene, scene.network.vpc.publicSubnets[0].subnetId));

    expect(publicAddressFindings(scene.standing)).toEqual([]);
  });

  test('are refused where a subnet begins to give them out', () => {
    const scene = new Scene();
    const subnet = scene.network.subnets[1].node.defaultChild as ec2.CfnSubnet;
    subnet.mapPublicIpOnLaunch = true;

    expect(publicAddressFindings(scene.standing)).toMatchObject([
      { path: 'Team/Network/Vpc/WorkloadSubnet2/Subnet', prop: 'mapPublicIpOnLaunch' },
    ]);
  });

  test('are refused for a launch template without a subnet that has the group of the workloads', () => {
    const scene = new Scene();
    const { groupId } = placeIn(scene, '');
    launchTemplate(scene.stack, { associatePublicIpAddress: true, groups: [groupId] });

    expect(publicAddressFindings(scene.standing)).toHaveLength(1);
  });

  test.each<[string, (place: Place) => void]>([
    ['an instance without one', ({ scope, subnetId }) => new ec2.CfnInstance(scope, 'I', { subnetId })],
    [
      'a private NAT gateway',
      ({ scope, subnetId }) => new ec2.CfnNatGateway(scope, 'N', { subnetId, connectivityType: 'private' }),
    ],
    [
      'an internal load balancer',
      ({ scope, subnetId }) => new elb.CfnLoadBalancer(scope, 'L', { scheme: 'internal', subnets: [subnetId] }),
    ],
    [
      'a launch template of others',
      ({ scope }) => launchTemplate(scope, { associatePublicIpAddress: true, groups: ['sg-1'] }),
    ],
    [
      'tasks of a service without one',
      ({ scope, subnetId }) => {
        const awsvpcConfiguration = { subnets: [subnetId], assignPublicIp: 'DISABLED' };
        new ecs.CfnService(scope, 'S', { networkConfiguration: { awsvpcConfiguration } });
      },
    ],
    ['an address for nobody', ({ scope }) => new ec2.CfnEIP(scope, 'E')],
  ])('are not seen in %s', (_what, define) => {
    const scene = new Scene();
    define(placeIn(scene, scene.subnetId));

    expect(publicAddressFindings(scene.standing)).toEqual([]);
  });

  function placeIn({ stack, network }: Scene, subnetId: string): Place {
    return { scope: stack, subnetId, groupId: network.workloadSecurityGroup.securityGroupId };
  }
});

function launchTemplate(scope: Construct, face: ec2.CfnLaunchTemplate.NetworkInterfaceProperty) {
  return new ec2.CfnLaunchTemplate(scope, 'Way', { launchTemplateData: { networkInterfaces: [face] } });
}
