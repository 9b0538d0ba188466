import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { InternetAccess, MlEnvironment, MlNetwork, MlService } from '../../src';
import { factsBelow } from '../../src/private/facts';

const ENV = { account: '111111111111', region: 'eu-central-1' };
const ZONES = {
  'availability-zones:account=111111111111:region=eu-central-1': ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
};

function stack(env?: typeof ENV, context?: object): Stack {
  return new Stack(new App({ context: { ...context } }), 'Stack', { env });
}

function labels(scope: Stack, kind: string): string[] {
  const [{ parts = [] }] = factsBelow(scope);
  return parts.filter((part) => part.kind === kind).map(({ label }) => label);
}

describe('a network tells', () => {
  test('that it has no internet, its zones, and its subnets and endpoints by their paths', () => {
    const scope = stack();
    new MlNetwork(scope, 'Network');

    expect(factsBelow(scope)).toEqual([
      {
        path: 'Stack/Network',
        stack: 'Stack',
        kind: 'MlNetwork',
        details: ['no internet', '2 zones'],
        parts: [
          { kind: 'subnet', path: 'Stack/Network/Vpc/WorkloadSubnet1', label: 'isolated subnet 1' },
          { kind: 'subnet', path: 'Stack/Network/Vpc/WorkloadSubnet2', label: 'isolated subnet 2' },
          ...['s3', 'sagemaker-api', 'sagemaker-runtime', 'sts', 'logs'].map((label) => ({
            kind: 'endpoint',
            path: `Stack/Network/Endpoints/Endpoint-${label}`,
            label,
          })),
        ],
      },
    ]);
  });

  test('the zones of its subnets where they are known', () => {
    const scope = stack(ENV, ZONES);
    new MlNetwork(scope, 'Network', { maxAzs: 3 });

    expect(factsBelow(scope)[0].details).toContain('3 zones');
    expect(labels(scope, 'subnet')).toEqual([
      'isolated subnet 1, eu-central-1a',
      'isolated subnet 2, eu-central-1b',
      'isolated subnet 3, eu-central-1c',
    ]);
  });

  test('no zones that the core has made up before it could look', () => {
    const scope = stack(ENV);
    new MlNetwork(scope, 'Network');

    expect(labels(scope, 'subnet')).toEqual(['isolated subnet 1', 'isolated subnet 2']);
  });

  test.each([
    [InternetAccess.NAT_GATEWAY, 'NAT gateway'],
    [InternetAccess.NAT_INSTANCE, 'NAT instance'],
  ])('of %s, and of the public subnets that take it', (internetAccess, detail) => {
    const scope = stack();
    new MlNetwork(scope, 'Network', { internetAccess });

    expect(factsBelow(scope)[0].details).toContain(detail);
    expect(labels(scope, 'subnet')).toEqual([
      'private subnet 1',
      'private subnet 2',
      'public subnet 1',
      'public subnet 2',
    ]);
  });

  test('of endpoints that were asked for after it was defined', () => {
    const scope = stack();
    const network = new MlNetwork(scope, 'Network');
    network.requireService(MlService.KMS);

    expect(labels(scope, 'endpoint')).toContain('kms');
  });

  test('in an existing VPC, of its subnets and of the endpoints that are missing there', () => {
    const scope = stack();
    const vpc = new ec2.Vpc(scope, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
    });
    MlEnvironment.set(scope, MlEnvironment.DEV);
    MlNetwork.fromVpc(scope, 'Network', { vpc, existingServices: [MlService.STS] });

    expect(factsBelow(scope)[0]).toMatchObject({ path: 'Stack/Network', kind: 'MlNetwork' });
    expect(factsBelow(scope)[0].parts?.[0].path).toBe('Stack/Vpc/IsolatedSubnet1');
    expect(labels(scope, 'endpoint')).toEqual(['s3', 'sagemaker-api', 'sagemaker-runtime', 'logs']);
  });
});
