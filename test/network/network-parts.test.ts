import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { MlEnvironment } from '../../src/environment';
import { FlowLogTraffic, MlNetworkOptions, MlService } from '../../src/network';
import { NetworkParts, NetworkPartsProps } from '../../src/network/network-parts';

describe('NetworkParts', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack();
  });

  test('have exactly the endpoints that a notebook cannot work without', () => {
    parts();

    expect(serviceNames()).toEqual(['logs', 's3', 'sagemaker.api', 'sagemaker.runtime', 'sts']);
  });

  test('have the services asked for besides, and those of the notebook set once', () => {
    parts({ options: { services: [MlService.STS, MlService.SECRETS_MANAGER] } });

    expect(serviceNames()).toEqual(['logs', 's3', 'sagemaker.api', 'sagemaker.runtime', 'secretsmanager', 'sts']);
  });

  test('have no endpoint for what the VPC already reaches', () => {
    parts({ existingServices: [MlService.S3, MlService.STS] });

    expect(serviceNames()).toEqual(['logs', 'sagemaker.api', 'sagemaker.runtime']);
  });

  test('fail for a service that is named twice', () => {
    expect(() => parts({ options: { services: [MlService.KMS, MlService.KMS] } })).toThrow(
      "Default: 'services' must be a list without repetition, got: kms",
    );
  });

  test('fail for more services than a VPC takes endpoints', () => {
    const services = Array.from({ length: 51 }, (_, index) =>
      MlService.of(`service-${index}`, ec2.InterfaceVpcEndpointAwsService.KMS),
    );

    expect(() => parts({ options: { services } })).toThrow("Default: 'services' must be a list of 0 to 50, got: ");
  });

  test.each([
    [MlEnvironment.DEV, 1],
    [MlEnvironment.PROD, 2],
  ])('have endpoints in as many zones as the environment says', (environment, zones) => {
    parts({ environment });

    const template = Template.fromStack(stack);
    const endpoints = template.findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Interface' } });
    expect(Object.values(endpoints).map(({ Properties }) => Properties.SubnetIds.length)).toEqual(Array(4).fill(zones));
  });

  test.each([
    [MlEnvironment.DEV, 30],
    [MlEnvironment.PROD, 365],
  ])('keep flow logs as long as the environment says', (environment, days) => {
    parts({ environment });

    Template.fromStack(stack).hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: days });
  });

  test.each([
    [undefined, 'ALL'],
    [FlowLogTraffic.ALL, 'ALL'],
    [FlowLogTraffic.REJECTED, 'REJECT'],
  ])('record traffic: %s means %s', (flowLogs, trafficType) => {
    parts({ options: { flowLogs } });

    Template.fromStack(stack).hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: trafficType });
  });

  test('record nothing, and define neither key nor log group, where NONE is asked for', () => {
    parts({ options: { flowLogs: FlowLogTraffic.NONE } });

    const template = Template.fromStack(stack);
    for (const type of ['AWS::EC2::FlowLog', 'AWS::Logs::LogGroup', 'AWS::KMS::Key', 'AWS::IAM::Role']) {
      template.resourceCountIs(type, 0);
    }
  });

  test('encrypt flow logs with the key that is given, and define no other', () => {
    const encryptionKey = new kms.Key(stack, 'Mine');

    parts({ options: { encryptionKey } });

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: stack.resolve(encryptionKey.keyArn) });
  });

  test.each([
    ['kept', MlEnvironment.DEV, {}, 'Retain'],
    ['kept in production', MlEnvironment.PROD, { 'cdk-ml-infra:removeData': true }, 'Retain'],
    ['removed with two keys', MlEnvironment.DEV, { 'cdk-ml-infra:removeData': true }, 'Delete'],
  ])('flow logs and their key are %s', (_what, environment, context, policy) => {
    stack = new Stack(new App({ context }), 'Stack');

    parts({ environment });

    const template = Template.fromStack(stack);
    for (const type of ['AWS::Logs::LogGroup', 'AWS::KMS::Key']) {
      template.allResources(type, { DeletionPolicy: policy, UpdateReplacePolicy: policy });
    }
  });

  test.each<[string, MlNetworkOptions]>([
    ['AWS::EC2::SecurityGroupEgress', { s3PrefixList: ec2.PrefixList.fromPrefixListId(new Stack(), 'S3', 'pl-1') }],
    ['AWS::EC2::SecurityGroupEgress', { trafficBetweenWorkloads: true }],
  ])('pass options on to the security groups: %s', (type, options) => {
    parts({ options });

    Template.fromStack(stack).hasResourceProperties(type, { GroupId: Match.anyValue() });
  });

  test('let workloads reach endpoints and not each other, unless that is asked for', () => {
    const { groups } = parts();

    const ingress = Object.values(Template.fromStack(stack).findResources('AWS::EC2::SecurityGroupIngress'));
    expect(ingress.map(({ Properties }) => Properties.GroupId)).toEqual([
      stack.resolve(groups.endpoint.securityGroupId),
    ]);
  });

  function serviceNames(): string[] {
    const endpoints = Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint'));
    return endpoints.map(({ Properties }) => Properties.ServiceName['Fn::Join'][1].at(-1).slice(1)).sort();
  }

  function parts(props: Partial<NetworkPartsProps> = {}) {
    const subnetConfiguration = [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }];
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, subnetConfiguration, restrictDefaultSecurityGroup: false });
    const environment = MlEnvironment.PROD;
    const subnets = vpc.isolatedSubnets;
    return new NetworkParts(stack, { vpc, subnets, environment, options: {}, existingServices: [], ...props });
  }
});
