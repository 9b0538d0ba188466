import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { SecurityGroups, SecurityGroupsProps } from '../../src/network/security-groups';

const WORKLOAD = 'Machine learning workloads';
const ENDPOINT = 'Interface endpoints of machine learning workloads';

describe('SecurityGroups', () => {
  let stack: Stack;
  let vpc: ec2.Vpc;
  beforeEach(() => {
    stack = new Stack();
    vpc = new ec2.Vpc(stack, 'Vpc');
  });

  test('descriptions are constants, since a new one would replace the group and with it every notebook', () => {
    groups({}, 'One');
    groups({ trafficBetweenWorkloads: true }, 'Other');

    const described = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroup'));
    expect(described.map(({ Properties }) => Properties.GroupDescription).sort()).toEqual(
      [ENDPOINT, ENDPOINT, WORKLOAD, WORKLOAD].sort(),
    );
    expect(described.filter(({ Properties }) => 'GroupName' in Properties)).toEqual([]);
  });

  test('workloads send HTTPS wherever the subnets lead, by one rule in the group itself', () => {
    groups();

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: WORKLOAD,
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
      SecurityGroupIngress: Match.absent(),
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
  });

  test('with a prefix list, workloads send HTTPS to the VPC and to S3 and nowhere else', () => {
    groups({ s3PrefixList: ec2.PrefixList.fromPrefixListId(stack, 'S3', 'pl-6da54004') });

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: WORKLOAD,
      SecurityGroupEgress: [
        Match.objectLike({ CidrIp: stack.resolve(vpc.vpcCidrBlock), IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }),
      ],
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', {
      DestinationPrefixListId: 'pl-6da54004',
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    });
  });

  test('endpoints take HTTPS from workloads alone, and send nothing', () => {
    const { workload, endpoint } = groups();

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      GroupId: stack.resolve(endpoint.securityGroupId),
      SourceSecurityGroupId: stack.resolve(workload.securityGroupId),
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: ENDPOINT,
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32' })],
    });
  });

  test('workloads reach each other on every port only if they are let', () => {
    const { workload } = groups({ trafficBetweenWorkloads: true });

    const template = Template.fromStack(stack);
    const group = stack.resolve(workload.securityGroupId);
    const anyPort = { GroupId: group, IpProtocol: '-1' };
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { ...anyPort, SourceSecurityGroupId: group });
    template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { ...anyPort, DestinationSecurityGroupId: group });
  });

  function groups(props: Partial<SecurityGroupsProps> = {}, id = 'Groups') {
    return new SecurityGroups(stack, id, { vpc, trafficBetweenWorkloads: false, ...props });
  }
});
