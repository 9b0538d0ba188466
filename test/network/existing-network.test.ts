import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ExistingVpcProps, InternetAccess, MlNetwork, MlService } from '../../src/network';

const ISOLATED = ['subnet-i1', 'subnet-i2'];
const PRIVATE = ['subnet-p1', 'subnet-p2'];
const TABLES = ['rtb-1', 'rtb-2'];

describe('MlNetwork.fromVpc', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack();
  });

  test('takes the isolated subnets, and defines no part of a VPC', () => {
    const network = existing();

    const template = Template.fromStack(stack);
    expect(network.subnets.map(({ subnetId }) => subnetId)).toEqual(ISOLATED);
    expect(network.internetAccess).toBe(InternetAccess.NONE);
    for (const type of ['VPC', 'Subnet', 'RouteTable', 'Route', 'InternetGateway']) {
      template.resourceCountIs(`AWS::EC2::${type}`, 0);
    }
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 5);
    template.resourceCountIs('AWS::EC2::FlowLog', 1);
    template.resourceCountIs('AWS::EC2::SecurityGroup', 2);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: TABLES });
  });

  test('takes the private subnets where workloads may reach the internet', () => {
    const network = existing({ internetAccess: InternetAccess.NAT_GATEWAY });

    expect(network.subnets.map(({ subnetId }) => subnetId)).toEqual(PRIVATE);
    expect(network.internetAccess).toBe(InternetAccess.NAT_GATEWAY);
  });

  test('defines no endpoint for what the VPC already reaches, and one for what is asked for later', () => {
    const network = existing({ existingServices: [MlService.S3, MlService.STS, MlService.CLOUDWATCH_LOGS] });

    network.requireService(MlService.STS);
    network.requireService(MlService.KMS);

    const endpoints = Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint');
    expect(
      Object.values(endpoints)
        .map(({ Properties }) => Properties.ServiceName['Fn::Join'][1].at(-1))
        .sort(),
    ).toEqual(['.kms', '.sagemaker.api', '.sagemaker.runtime']);
  });

  test('fails for public subnets', () => {
    expect(() => existing({ subnets: { subnetType: ec2.SubnetType.PUBLIC } })).toThrow(
      "Default/Network: 'subnets' must be without a route to the internet; if they have none, import the VPC with them as isolatedSubnetIds; if it is wanted, say so with 'internetAccess', got: subnet-o1",
    );
  });

  test('fails for public subnets even where workloads may reach the internet', () => {
    const internetAccess = InternetAccess.NAT_GATEWAY;

    expect(() => existing({ internetAccess, subnets: { subnetType: ec2.SubnetType.PUBLIC } })).toThrow(
      "Default/Network: 'subnets' must be private subnets, got: subnet-o1",
    );
  });

  test('fails for private subnets, which lead to the internet, unless that is said', () => {
    const subnets = { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };

    expect(() => existing({ subnets })).toThrow(
      "Default/Network: 'subnets' must be without a route to the internet; if they have none, import the VPC with them as isolatedSubnetIds; if it is wanted, say so with 'internetAccess', got: subnet-p1",
    );
  });

  test('accepts isolated subnets where the VPC has others too', () => {
    const network = existing({ subnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED } });

    expect(network.subnets).toHaveLength(2);
  });

  test.each([
    ['no subnet', {}, '[]'],
    ['one zone only', { subnets: oneZone() }, '["subnet-0","subnet-1"]'],
  ])('fails for %s', (_what, props, shown) => {
    const bare = ec2.Vpc.fromVpcAttributes(stack, 'Bare', { vpcId: 'vpc-2', availabilityZones: ['a', 'b'] });

    expect(() => existing({ vpc: bare, ...props })).toThrow(
      `Default/Network: 'subnets' must be isolated subnets in at least two zones, got: ${shown}`,
    );
  });

  test('names the kind of subnets that is missing', () => {
    const bare = ec2.Vpc.fromVpcAttributes(stack, 'Bare', { vpcId: 'vpc-2', availabilityZones: ['a', 'b'] });

    expect(() => existing({ vpc: bare, internetAccess: InternetAccess.NAT_GATEWAY })).toThrow(
      "'subnets' must be private subnets in at least two zones",
    );
  });

  test('fails for subnets whose route tables are unknown, since S3 could not be reached', () => {
    const bare = withoutRouteTables();

    expect(() => existing({ vpc: bare })).toThrow(
      "Default/Network: 'subnets' must be subnets whose route tables are known, for the way to S3; name MlService.S3 in 'existingServices' if they have one, got: subnet-i1",
    );
  });

  test('accepts subnets whose route tables are unknown where they have a way to S3', () => {
    existing({ vpc: withoutRouteTables(), existingServices: [MlService.S3] });

    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 4);
  });

  test('puts subnets of different zones first, and endpoints into each zone once, as AWS demands', () => {
    const subnets = ['a', 'a', 'b'].map((availabilityZone, index) =>
      ec2.Subnet.fromSubnetAttributes(stack, `S${index}`, {
        subnetId: `subnet-${index}`,
        availabilityZone,
        routeTableId: `rtb-${index}`,
      }),
    );

    const network = existing({ subnets: { subnets } });

    expect(network.subnets.map(({ subnetId }) => subnetId)).toEqual(['subnet-0', 'subnet-2', 'subnet-1']);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { SubnetIds: ['subnet-0', 'subnet-2'] });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { RouteTableIds: Match.arrayWith(['rtb-1']) });
  });

  test('waits for the answer when the VPC is still being looked up', () => {
    const app = new App();
    const place = new Stack(app, 'Place', { env: { account: '111122223333', region: 'eu-west-1' } });
    const vpc = ec2.Vpc.fromLookup(place, 'Vpc', { vpcId: 'vpc-0a1b2c3d' });

    MlNetwork.fromVpc(place, 'Network', { vpc });

    expect(app.synth().manifest.missing?.map(({ provider }) => provider)).toEqual(['vpc-provider']);
  });

  test('fails for a second network that would define the endpoints of the VPC again, and names the ways out', () => {
    const { vpc } = existing();

    expect(() => MlNetwork.fromVpc(stack, 'Second', { vpc })).toThrow(
      /^Default\/Second: 'services' must be named in existingServices of the second network .*, got: s3$/,
    );
  });

  function existing(props: Partial<ExistingVpcProps> = {}) {
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-1',
      availabilityZones: ['a', 'b'],
      isolatedSubnetIds: ISOLATED,
      isolatedSubnetRouteTableIds: TABLES,
      privateSubnetIds: PRIVATE,
      privateSubnetRouteTableIds: TABLES,
      publicSubnetIds: ['subnet-o1', 'subnet-o2'],
      publicSubnetRouteTableIds: TABLES,
    });
    return MlNetwork.fromVpc(stack, 'Network', { vpc, ...props });
  }

  function withoutRouteTables() {
    const attributes = { vpcId: 'vpc-2', availabilityZones: ['a', 'b'], isolatedSubnetIds: ISOLATED };
    return ec2.Vpc.fromVpcAttributes(stack, 'Bare', attributes);
  }

  function oneZone(): ec2.SubnetSelection {
    const elsewhere = new Stack();
    const subnets = [0, 1].map((index) =>
      ec2.Subnet.fromSubnetAttributes(elsewhere, `S${index}`, { subnetId: `subnet-${index}`, availabilityZone: 'a' }),
    );
    return { subnets };
  }
});
