import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetAccess } from '../../../src/network';
import { ingressFindings } from '../../../src/network/isolation/ingress';
import { Scene } from './scene';

const HTTPS = ec2.Port.HTTPS;

describe('ingress of workloads and endpoints', () => {
  test.each(Object.values(InternetAccess))('is closed as it is defined, with internet access %s', (internetAccess) => {
    expect(ingressFindings(new Scene({ internetAccess, trafficBetweenWorkloads: true }).standing)).toEqual([]);
  });

  test.each([
    ['any address', ec2.Peer.anyIpv4(), '0.0.0.0/0'],
    ['any address of IPv6', ec2.Peer.anyIpv6(), '::/0'],
    ['half of all addresses', ec2.Peer.ipv4('0.0.0.0/1'), '0.0.0.0/1'],
    ['more than a private range', ec2.Peer.ipv4('10.0.0.0/7'), '10.0.0.0/7'],
  ])('refuses %s, for workloads and for endpoints', (_what, peer, got) => {
    for (const group of ['workloadSecurityGroup', 'endpointSecurityGroup'] as const) {
      const scene = new Scene();
      scene.network[group].addIngressRule(peer, HTTPS);

      expect(ingressFindings(scene.standing)).toMatchObject([{ prop: 'ingress', got, risk: 'open-ingress' }]);
    }
  });

  test.each([
    ['a private range', ec2.Peer.ipv4('10.0.0.0/8')],
    ['an office', ec2.Peer.ipv4('203.0.113.0/24')],
    ['a private range of IPv6', ec2.Peer.ipv6('fd00::/8')],
    ['a prefix list of others', ec2.Peer.prefixList('pl-1')],
    ['a group', ec2.Peer.securityGroupId('sg-0a1b2c3d')],
  ])('accepts %s', (_what, peer) => {
    const scene = new Scene();
    scene.network.workloadSecurityGroup.addIngressRule(peer, HTTPS);

    expect(ingressFindings(scene.standing)).toEqual([]);
  });

  test('accepts what is known at deployment only, such as the range of the VPC', () => {
    const scene = new Scene();
    const { valueAsString } = new CfnParameter(scene.stack, 'Range');
    scene.network.workloadSecurityGroup.addIngressRule(ec2.Peer.ipv4(scene.network.vpc.vpcCidrBlock), HTTPS);
    scene.network.workloadSecurityGroup.addIngressRule(ec2.Peer.ipv4(valueAsString), HTTPS);

    expect(ingressFindings(scene.standing)).toEqual([]);
  });

  test('looks into a prefix list of the app', () => {
    const scene = new Scene();
    const list = new ec2.PrefixList(scene.stack, 'List', { entries: [{ cidr: '0.0.0.0/0' }] });
    scene.network.workloadSecurityGroup.addIngressRule(ec2.Peer.prefixList(list.prefixListId), HTTPS);

    expect(ingressFindings(scene.standing)).toHaveLength(1);
  });

  test('finds what connections open', () => {
    const scene = new Scene();
    new ec2.Connections({ securityGroups: [scene.network.workloadSecurityGroup] }).allowFromAnyIpv4(HTTPS);

    expect(ingressFindings(scene.standing)).toHaveLength(1);
  });

  test('finds what an override opens', () => {
    const scene = new Scene();
    const group = scene.network.workloadSecurityGroup.node.defaultChild as ec2.CfnSecurityGroup;
    group.addPropertyOverride('SecurityGroupIngress', [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]);

    expect(ingressFindings(scene.standing)).toMatchObject([
      { path: 'Team/Network/SecurityGroups/Workload/Resource', got: '0.0.0.0/0' },
    ]);
  });

  test.each<[string, (app: App, stack: Stack) => Stack]>([
    ['the same stack', (_app, stack) => stack],
    ['another stack', (app) => new Stack(app, 'Other')],
    ['a nested stack', (_app, stack) => new NestedStack(stack, 'Nested')],
  ])('finds a rule that stands alone in %s, also by a copy of the group', (_what, place) => {
    const scene = new Scene();
    const scope = place(scene.app, scene.stack);
    const groupId = scene.network.workloadSecurityGroup.securityGroupId;
    new ec2.CfnSecurityGroupIngress(scope, 'Alone', { groupId, ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
    ec2.SecurityGroup.fromSecurityGroupId(scope, 'Copy', groupId).addIngressRule(ec2.Peer.anyIpv6(), HTTPS);

    expect(
      ingressFindings(scene.standing)
        .map(({ got }) => got)
        .sort(),
    ).toEqual(['0.0.0.0/0', '::/0']);
  });

  test('leaves other groups alone', () => {
    const scene = new Scene();
    const { vpc } = scene.network;
    new ec2.SecurityGroup(scene.stack, 'Group', { vpc }).addIngressRule(ec2.Peer.anyIpv4(), HTTPS);

    expect(ingressFindings(scene.standing)).toEqual([]);
  });

  test('is checked with internet access, too', () => {
    const scene = new Scene({ internetAccess: InternetAccess.NAT_GATEWAY });
    scene.network.workloadSecurityGroup.addIngressRule(ec2.Peer.anyIpv4(), HTTPS);

    expect(ingressFindings(scene.standing)).toHaveLength(1);
  });
});
