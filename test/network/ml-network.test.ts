import { App, CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as flags from 'aws-cdk-lib/recommended-feature-flags.json';
import { MlEnvironment } from '../../src/environment';
import { InternetAccess, MlNetwork, MlNetworkProps, MlService } from '../../src/network';
import { standingOf } from './stability';

describe('MlNetwork', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack();
  });

  test.each([
    ['no flag', {}],
    ['all recommended flags', flags],
  ])('has two isolated subnets in two zones, and no way to the internet: %s', (_what, context) => {
    stack = new Stack(new App({ context }), 'Stack');

    const isolated = network();

    const template = Template.fromStack(stack);
    expect(isolated.subnets).toHaveLength(2);
    expect(new Set(isolated.subnets.map((subnet) => subnet.availabilityZone)).size).toBe(2);
    template.resourceCountIs('AWS::EC2::Subnet', 2);
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    for (const way of ['InternetGateway', 'NatGateway', 'Instance', 'Route', 'EIP', 'EgressOnlyInternetGateway']) {
      template.resourceCountIs(`AWS::EC2::${way}`, 0);
    }
    expect(isolated.internetAccess).toBe(InternetAccess.NONE);
  });

  test.each<[string, MlNetworkProps]>([
    ['NAT gateways', { internetAccess: InternetAccess.NAT_GATEWAY }],
    ['NAT instances', { internetAccess: InternetAccess.NAT_INSTANCE }],
    ['public subnets', { publicSubnets: true }],
    ['both', { internetAccess: InternetAccess.NAT_GATEWAY, publicSubnets: true }],
    ['a third zone', { maxAzs: 3 }],
    ['a third zone and NAT gateways', { maxAzs: 3, internetAccess: InternetAccess.NAT_GATEWAY }],
    ['an S3 prefix list', { s3PrefixList: ec2.PrefixList.fromPrefixListId(new Stack(), 'S3', 'pl-1') }],
    ['traffic between workloads', { trafficBetweenWorkloads: true }],
    ['more services', { services: [MlService.KMS] }],
    ['a closed default group', { restrictDefaultSecurityGroup: true }],
  ])('%s can be added later without moving a subnet or group, which would destroy notebooks', (_what, props) => {
    const before = standingOf();

    const after = standingOf(props);

    expect(Object.keys(before)).toHaveLength(4);
    expect(after).toMatchObject(before);
    expect(Object.fromEntries(Object.keys(before).map((id) => [id, after[id]]))).toEqual(before);
  });

  test.each(['10.0.0.0/16', '10.1.0.0/20', '10.2.3.0/24'])('a third zone moves no subnet of %s either', (range) => {
    const ipAddresses = () => ec2.IpAddresses.cidr(range);

    const before = standingOf({ ipAddresses: ipAddresses() });
    const after = standingOf({
      ipAddresses: ipAddresses(),
      maxAzs: 3,
      internetAccess: InternetAccess.NAT_GATEWAY,
    });

    expect(after).toMatchObject(before);
    expect(Object.keys(after)).toHaveLength(5);
  });

  test.each([
    MlEnvironment.DEV,
    MlEnvironment.STAGING,
    MlEnvironment.custom({ name: 'own', zones: 3, endpointZones: 3 }),
  ])('another environment moves no subnet or group: %j', (environment) => {
    expect(standingOf({}, environment)).toMatchObject(standingOf());
  });

  test.each([
    [MlEnvironment.PROD, 2],
    [MlEnvironment.DEV, 1],
  ])(
    'NAT gateways stand in the endpoint zones of the environment, and only workloads are routed there',
    (environment, count) => {
      MlEnvironment.set(stack, environment);

      const open = network({ internetAccess: InternetAccess.NAT_GATEWAY });

      const template = Template.fromStack(stack);
      template.resourceCountIs('AWS::EC2::NatGateway', count);
      expect(open.subnets.map((subnet) => subnet.subnetId)).toEqual(open.vpc.privateSubnets.map((s) => s.subnetId));
      for (const { routeTable } of open.subnets) {
        template.hasResourceProperties('AWS::EC2::Route', {
          RouteTableId: stack.resolve(routeTable.routeTableId),
          DestinationCidrBlock: '0.0.0.0/0',
          NatGatewayId: Match.anyValue(),
        });
      }
    },
  );

  test('lets NAT instances take metadata by IMDSv2 alone', () => {
    const open = network({ internetAccess: InternetAccess.NAT_INSTANCE });

    Template.fromStack(Stack.of(open)).allResourcesProperties('AWS::EC2::Instance', {
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    });
  });

  test('NAT instances take traffic from the VPC alone', () => {
    const open = network({ internetAccess: InternetAccess.NAT_INSTANCE });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::Instance', 2);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.allResourcesProperties('AWS::EC2::Instance', { InstanceType: 't4g.nano', SourceDestCheck: false });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Security Group for NAT instances',
      SecurityGroupIngress: [Match.objectLike({ CidrIp: stack.resolve(open.vpc.vpcCidrBlock), IpProtocol: '-1' })],
    });
  });

  test('public subnets give workloads no way to the internet', () => {
    const isolated = network({ publicSubnets: true });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::Subnet', 4);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
    template.allResourcesProperties('AWS::EC2::Subnet', { MapPublicIpOnLaunch: false });
    const routed = Object.values(template.findResources('AWS::EC2::Route')).map(
      (route) => route.Properties.RouteTableId,
    );
    const own = isolated.subnets.map(({ routeTable }) => stack.resolve(routeTable.routeTableId));
    expect(routed).toHaveLength(2);
    expect(routed).not.toEqual(expect.arrayContaining([own[0]]));
    expect(routed).not.toEqual(expect.arrayContaining([own[1]]));
  });

  test('fails without public subnets where internet access needs them', () => {
    expect(() => network({ internetAccess: InternetAccess.NAT_GATEWAY, publicSubnets: false })).toThrow(
      "Default/Network: 'publicSubnets' must be true or left out when internetAccess is nat-gateway, got: false",
    );
  });

  test.each([1, 4, 2.5])('fails when maxAzs is %p, and says what it may be', (maxAzs) => {
    expect(() => network({ maxAzs })).toThrow(
      `Default/Network: 'maxAzs' must be a whole number from 2 to 3, got: ${maxAzs}`,
    );
  });

  test('fails when maxAzs is known only at deployment', () => {
    const maxAzs = new CfnParameter(stack, 'Zones', { type: 'Number' }).valueAsNumber;

    expect(() => network({ maxAzs })).toThrow(
      "Default/Network: 'maxAzs' must be known at synthesis, because subnets are defined by it, got: a deploy-time value",
    );
  });

  test('warns where its stack can name two zones only', () => {
    const narrow = network({ maxAzs: 3 });

    expect(narrow.subnets).toHaveLength(2);
    Annotations.fromStack(stack).hasWarning(
      '/Default/Network',
      Match.stringLikeRegexp("Default/Network: stands in 2 zones instead of 3; give its stack an 'env'"),
    );
  });

  test('the default security group is emptied on demand', () => {
    network({ restrictDefaultSecurityGroup: true });

    Template.fromStack(stack).resourceCountIs('Custom::VpcRestrictDefaultSG', 1);
  });

  test('takes no custom resource by default, whatever the flags of the app', () => {
    stack = new Stack(new App({ context: flags }), 'Stack');

    network();

    const types = Object.values(Template.fromStack(stack).toJSON().Resources as { [id: string]: { Type: string } });
    expect(types.map(({ Type }) => Type).filter((type) => /^Custom|Lambda/.test(type))).toEqual([]);
  });

  test.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1'])('spells out no partition in %s', (region) => {
    stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });

    network({ internetAccess: InternetAccess.NAT_INSTANCE });

    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/arn:aws/);
  });

  test('another stack reads the network without locking its stack', () => {
    const app = new App();
    const [base, user] = [new Stack(app, 'Base'), new Stack(app, 'User')];
    const { vpc, subnets, workloadSecurityGroup } = new MlNetwork(base, 'Network');

    for (const [index, value] of [vpc.vpcId, subnets[0].subnetId, workloadSecurityGroup.securityGroupId].entries()) {
      new CfnOutput(user, `Output${index}`, { value });
    }

    expect(JSON.stringify(Template.fromStack(base).toJSON())).not.toContain('"Export"');
    expect(JSON.stringify(Template.fromStack(user).toJSON())).not.toContain('Fn::ImportValue');
  });

  function network(props: MlNetworkProps = {}) {
    return new MlNetwork(stack, 'Network', props);
  }
});
