import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { MlService } from '../../src/network';
import { onePerZone, PROVIDED_BY_VPC, VpcEndpoints, VpcEndpointsProps } from '../../src/network/vpc-endpoints';

const OWN_ACCOUNT = { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } };

describe('VpcEndpoints', () => {
  let stack: Stack;
  let vpc: ec2.Vpc;
  let securityGroup: ec2.SecurityGroup;
  beforeEach(() => {
    stack = stackIn('eu-west-1');
  });

  test('an interface endpoint has private DNS, our group alone, and lets through the own account alone', () => {
    endpoints().require(MlService.STS);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: 'com.amazonaws.eu-west-1.sts',
      PrivateDnsEnabled: true,
      SecurityGroupIds: [stack.resolve(securityGroup.securityGroupId)],
      SubnetIds: vpc.isolatedSubnets.map((subnet) => stack.resolve(subnet.subnetId)),
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: OWN_ACCOUNT },
          },
        ],
      },
    });
    template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
  });

  test('an interface endpoint opens its group to nobody: who may reach it is said there', () => {
    endpoints().require(MlService.STS);

    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('DynamoDB is reached through a gateway on the route tables of workloads, and only tables of the own account', () => {
    endpoints().require(MlService.DYNAMODB);

    const template = Template.fromStack(stack);
    const [{ Properties }, ...others] = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    expect(others).toEqual([]);
    expect(Properties.VpcEndpointType).toBe('Gateway');
    expect(JSON.stringify(Properties.ServiceName)).toMatch(/\.dynamodb"/);
    expect(Properties.RouteTableIds).toEqual(
      vpc.isolatedSubnets.map(({ routeTable }) => stack.resolve(routeTable.routeTableId)),
    );
    expect(Properties.PolicyDocument.Statement.map(({ Condition }: { Condition: unknown }) => Condition)).toEqual([
      { StringEquals: { ...OWN_ACCOUNT, 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
    ]);
  });

  test('tells which services are reached, and where the endpoints stand that it defined', () => {
    const made = endpoints({ existingServices: [MlService.KMS] });
    made.require(MlService.STS);

    expect(made.reached.map(({ name }) => name)).toEqual(['kms', 'sts']);
    expect(made.defined).toEqual([{ service: 'sts', path: `${made.node.path}/Endpoint-sts/Resource` }]);
  });

  test('the packages of Amazon Linux are let through the endpoint of S3, once, and need none of their own', () => {
    const made = endpoints();
    made.require(MlService.AMAZON_LINUX);
    made.require(MlService.AMAZON_LINUX);
    const ids: { [service: string]: string } = {};
    made.forEach((service, id) => {
      ids[service] = id;
    });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    const [{ Properties }] = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    const statements = Properties.PolicyDocument.Statement as { Resource: unknown }[];
    expect(statements.filter(({ Resource }) => JSON.stringify(Resource).includes('al2023-repos'))).toEqual([
      {
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::al2023-repos-eu-west-1-de612dc2/*']],
        },
      },
    ]);
    expect(ids['amazon-linux']).toBe(ids.s3);
  });

  test('managed nodes register through the endpoint of Systems Manager, which lets nothing else through', () => {
    endpoints().require(MlService.SSM_NODES);

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 1);
    const [{ Properties }] = Object.values(template.findResources('AWS::EC2::VPCEndpoint'));
    expect(Properties.ServiceName).toBe('com.amazonaws.eu-west-1.ssm');
    expect(Properties.PolicyDocument.Statement.map(({ Action, Condition }: never) => [Action, Condition])).toEqual([
      ['*', { StringEquals: OWN_ACCOUNT }],
      [
        ['ssm:RegisterManagedInstance', 'ssm:RequestManagedInstanceRoleToken', 'ssm:UpdateManagedInstancePublicKey'],
        undefined,
      ],
    ]);
  });

  test('the packages of Amazon Linux are left to the endpoint of S3 that a VPC has', () => {
    const made = endpoints({ existingServices: [MlService.S3] });
    made.require(MlService.AMAZON_LINUX);

    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
  });

  test('S3 is reached through a gateway from every subnet: buckets of the own account, and layers of images', () => {
    endpoints().require(MlService.S3);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      RouteTableIds: vpc.isolatedSubnets.map(({ routeTable }) => stack.resolve(routeTable.routeTableId)),
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: '*',
            Action: '*',
            Resource: '*',
            Condition: { StringEquals: { ...OWN_ACCOUNT, 'aws:ResourceAccount': { Ref: 'AWS::AccountId' } } },
          },
          {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: {
              'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::prod-eu-west-1-starport-layer-bucket/*']],
            },
          },
        ],
      },
    });
  });

  test.each([1, 2])('endpoints stand in the first %p zones', (endpointZones) => {
    endpoints({ endpointZones }).require(MlService.STS);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', {
      SubnetIds: vpc.isolatedSubnets.slice(0, endpointZones).map((subnet) => stack.resolve(subnet.subnetId)),
    });
  });

  test('a service asked for twice has one endpoint', () => {
    const all = endpoints();

    for (const service of [MlService.STS, MlService.STS, MlService.S3, MlService.S3]) {
      all.require(service);
    }

    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 2);
  });

  test('the order in which services are asked for changes nothing', () => {
    const inOrder = (services: MlService[]) => {
      stack = stackIn('eu-west-1');
      const all = endpoints();
      for (const service of services) {
        all.require(service);
      }
      return Template.fromStack(stack).toJSON();
    };
    const services = [MlService.S3, MlService.STS, MlService.KMS];

    expect(inOrder(services)).toEqual(inOrder([...services].reverse()));
  });

  test('none is defined for a service that the VPC already reaches', () => {
    const heard = jest.fn();
    const all = endpoints({ existingServices: [MlService.STS] });

    all.require(MlService.STS);
    all.forEach(heard);

    Template.fromStack(stack).resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    expect(heard.mock.calls).toEqual([['sts', PROVIDED_BY_VPC]]);
  });

  test('a listener hears of each endpoint once, whether it comes before or after', () => {
    const heard = jest.fn();
    const all = endpoints();
    all.require(MlService.STS);

    all.forEach(heard);
    all.require(MlService.KMS);
    all.require(MlService.STS);

    expect(heard.mock.calls.map(([name]) => name)).toEqual(['sts', 'kms']);
  });

  test('another service, such as one with FIPS, has an endpoint of its own', () => {
    const all = endpoints();

    all.require(MlService.KMS);
    all.require(MlService.of('kms-fips', ec2.InterfaceVpcEndpointAwsService.KMS_FIPS));

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 2);
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.kms-fips' });
  });

  test('fails for two services of one name, of which one would be missing', () => {
    const all = endpoints();
    all.require(MlService.KMS);

    expect(() => all.require(MlService.of('kms', ec2.InterfaceVpcEndpointAwsService.KMS_FIPS))).toThrow(
      "Default/Network: 'services' must be services of different names, since endpoints are told apart by them, got: kms",
    );
  });

  test.each(['', 'KMS', '1kms', 'a'.repeat(64)])('fails for a service named %j', (name) => {
    const service = MlService.of(name, ec2.InterfaceVpcEndpointAwsService.KMS);

    expect(() => endpoints().require(service)).toThrow(
      "Default/Network: 'services' must be 1 to 63 characters of a-z 0-9 - that begin with a letter, got: ",
    );
  });

  test.each([
    [MlService.SAGEMAKER_API, 'cn.com.amazonaws.cn-north-1.sagemaker.api'],
    [MlService.SAGEMAKER_RUNTIME, 'cn.com.amazonaws.cn-north-1.sagemaker.runtime'],
    [MlService.STS, 'cn.com.amazonaws.cn-north-1.sts'],
    [MlService.CLOUDWATCH_LOGS, 'com.amazonaws.cn-north-1.logs'],
  ])('$name has the name that AWS gives it in China', (service, name) => {
    stack = stackIn('cn-north-1');

    endpoints().require(service);

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: name });
  });

  test('an endpoint that is asked for late can be read by another stack without a lock', () => {
    const app = new App();
    stack = new Stack(app, 'Base');
    const all = endpoints();
    const user = new Stack(app, 'User');

    all.forEach((name, endpointId) => {
      new CfnOutput(user, name, { value: endpointId });
    });
    all.require(MlService.KMS);

    expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toContain('"Export"');
    Template.fromStack(user).hasOutput('kms', { Value: Match.objectLike({ 'Fn::GetStackOutput': Match.anyValue() }) });
  });

  test('an endpoint takes one subnet of each zone, the first, as AWS demands', () => {
    const subnets = ['a', 'a', 'b', 'a', 'b'].map((availabilityZone, index) =>
      ec2.Subnet.fromSubnetAttributes(stack, `S${index}`, { subnetId: `subnet-${index}`, availabilityZone }),
    );

    endpoints({ subnets, endpointZones: 3 }).require(MlService.STS);

    expect(onePerZone(subnets)).toEqual([subnets[0], subnets[2]]);
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { SubnetIds: ['subnet-0', 'subnet-2'] });
  });

  function stackIn(region: string) {
    return new Stack(new App(), 'Default', { env: { account: '111122223333', region } });
  }

  function endpoints(props: Partial<VpcEndpointsProps> = {}) {
    const network = new Construct(stack, 'Network');
    const subnetConfiguration = [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
    vpc = new ec2.Vpc(network, 'Vpc', { maxAzs: 2, subnetConfiguration, restrictDefaultSecurityGroup: false });
    securityGroup = new ec2.SecurityGroup(network, 'Group', { vpc });
    return new VpcEndpoints(network, 'Endpoints', {
      vpc,
      subnets: vpc.isolatedSubnets,
      endpointZones: 2,
      securityGroup,
      existingServices: [],
      ...props,
    });
  }
});
