import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetAccess, MlService } from '../../../src/network';
import { DefinedEndpoint, endpointFindings } from '../../../src/network/isolation/endpoint-reach';
import { Scene } from './scene';

const RESOURCE = 'Team/Network/Endpoints/Endpoint-sts/Resource';

describe('endpoints of a network', () => {
  test('serve the workloads as they are defined', () => {
    expect(findings(new Scene({ services: [MlService.KMS, MlService.DYNAMODB] }))).toEqual([]);
  });

  test('must not be removed', () => {
    const scene = new Scene();
    scene.network.node.findChild('Endpoints').node.tryRemoveChild('Endpoint-sts');

    expect(findings(scene)).toMatchObject([{ path: RESOURCE, prop: 'endpoint', risk: 'unreachable-service' }]);
    expect(findings(scene)[0].rule).toContain('no other way to sts');
  });

  test.each([
    ['PrivateDnsEnabled', false, 'privateDnsEnabled', 'false'],
    ['SubnetIds', [], 'subnetIds', 'none'],
    ['SecurityGroupIds', [], 'securityGroupIds', 'none'],
  ])('must not lose %s', (property, value, prop, got) => {
    const scene = new Scene();
    endpoint(scene, 'sts').addPropertyOverride(property, value);

    expect(findings(scene)).toMatchObject([{ path: RESOURCE, prop, got }]);
  });

  test('must not lose their policies, whatever the app accepts', () => {
    const scene = new Scene();
    endpoint(scene, 'sts').addPropertyDeletionOverride('PolicyDocument');

    expect(findings(scene)).toMatchObject([{ path: RESOURCE, prop: 'policyDocument', got: 'nothing' }]);
  });

  test('must not lose the rule that lets workloads in', () => {
    const scene = new Scene();
    const { node } = scene.network.endpointSecurityGroup;
    for (const { node: rule } of node.children.filter((child) => child.node.id.startsWith('from '))) {
      node.tryRemoveChild(rule.id);
    }

    expect(findings(scene)).toHaveLength(4);
    expect(findings(scene)[0].rule).toContain('a group that lets HTTPS in from workloads');
  });

  test.each([
    ['a group that lets in the workloads', (scene: Scene) => scene.network.workloadSecurityGroup, 443, 0],
    ['a group that lets in the VPC', ({ network: { vpc } }: Scene) => ec2.Peer.ipv4(vpc.vpcCidrBlock), 443, 0],
    ['a group that lets in another port', (scene: Scene) => scene.network.workloadSecurityGroup, 80, 1],
    ['a group that lets in others', () => ec2.Peer.securityGroupId('sg-0a1b2c3d'), 443, 1],
  ])('may stand behind %s', (_what, peer, port, count) => {
    const scene = new Scene();
    const group = new ec2.SecurityGroup(scene.stack, 'Group', { vpc: scene.network.vpc });
    group.addIngressRule(peer(scene), ec2.Port.tcp(port));
    endpoint(scene, 'sts').securityGroupIds = [group.securityGroupId];

    expect(findings(scene)).toHaveLength(count);
  });

  test('may stand behind a group of which the app knows nothing', () => {
    const scene = new Scene();
    endpoint(scene, 'sts').securityGroupIds = ['sg-1'];

    expect(findings(scene)).toEqual([]);
  });

  test('must be in the route tables of all workloads, if they are gateways', () => {
    const scene = new Scene();
    endpoint(scene, 's3').routeTableIds = [scene.routeTableId];

    expect(findings(scene)).toMatchObject([
      { prop: 'routeTableIds', got: 'none for Team/Network/Vpc/WorkloadSubnet2/RouteTable' },
    ]);
  });

  test('must be in the route table that a subnet is put on', () => {
    const scene = new Scene();
    const table = new ec2.CfnRouteTable(scene.stack, 'Other', { vpcId: scene.network.vpc.vpcId });
    const subnet = scene.network.subnets[0].node;
    (subnet.findChild('RouteTableAssociation') as ec2.CfnSubnetRouteTableAssociation).routeTableId = table.ref;

    expect(findings(scene)).toMatchObject([{ prop: 'routeTableIds', got: 'none for Team/Other' }]);
  });

  test('are not needed where workloads reach services by the internet', () => {
    const scene = new Scene({ internetAccess: InternetAccess.NAT_GATEWAY });
    scene.network.node.findChild('Endpoints').node.tryRemoveChild('Endpoint-sts');

    expect(findings(scene)).toEqual([]);
  });

  function findings(scene: Scene) {
    const { defined } = (scene.network as unknown as { parts: { endpoints: { defined: DefinedEndpoint[] } } }).parts
      .endpoints;
    return endpointFindings(scene.standing, defined);
  }

  function endpoint({ network }: Scene, service: string) {
    const { node } = network.node.findChild('Endpoints').node.findChild(`Endpoint-${service}`);
    return node.defaultChild as ec2.CfnVPCEndpoint;
  }
});
