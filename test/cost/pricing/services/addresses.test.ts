import type { Properties } from '../../../../src/private/template';
import { costOf, type Described, reasons } from '../priced';

const AT_DEPLOYMENT = 'whether it has a public address is known only at deployment';
const ELSEWHERE = 'whether it has a public address follows from a subnet that is not among the resources';
const NOT_STATED = 'whether it has a public address follows from its subnet, which is not stated';
const BlockDeviceMappings = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 50 } }];
const PUBLIC = { Ref: 'Public' };
const PRIVATE = { Ref: 'Private' };
const SUBNETS = [
  subnet('Public', { MapPublicIpOnLaunch: true }),
  subnet('Private', {}),
  subnet('Odd', { MapPublicIpOnLaunch: { Ref: 'Switch' } }),
];

describe('a machine', () => {
  test.each<[Properties, number]>([
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: true }] }, 1],
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: 'true' }] }, 1],
    [{ SubnetId: PUBLIC }, 1],
    [{ SubnetId: PRIVATE }, 0],
    [{ NetworkInterfaces: [{ SubnetId: PUBLIC }] }, 1],
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: false, SubnetId: PUBLIC }] }, 0],
    [{ NetworkInterfaces: [{ NetworkInterfaceId: 'eni-1' }] }, 0],
    [{ NetworkInterfaces: [{ SubnetId: PUBLIC }, { SubnetId: PUBLIC }] }, 0],
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: true }, { SubnetId: PRIVATE }] }, 1],
  ])('pays for the public address that it gets by itself: %j', (properties, addresses) => {
    const cost = costOf(
      'AWS::EC2::Instance',
      { InstanceType: 't3.medium', BlockDeviceMappings, ...properties },
      SUBNETS,
    );

    const paid = cost.items.filter(({ description }) => description.startsWith('Public IPv4 address'));
    expect(paid.map(({ monthlyUsd }) => monthlyUsd)).toEqual(addresses ? [3.65] : []);
    expect(cost.unpriced).toEqual([]);
  });

  test.each<[Properties, string]>([
    [{}, NOT_STATED],
    [{ SubnetId: 'subnet-1' }, ELSEWHERE],
    [{ SubnetId: { Ref: 'SubnetOfAnotherStack' } }, ELSEWHERE],
    [{ NetworkInterfaces: [{ SubnetId: 'subnet-1' }] }, ELSEWHERE],
    [{ SubnetId: { Ref: 'Odd' } }, AT_DEPLOYMENT],
    [{ NetworkInterfaces: { Ref: 'Interfaces' } }, AT_DEPLOYMENT],
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: { Ref: 'Public' } }] }, AT_DEPLOYMENT],
    [{ NetworkInterfaces: [{ AssociatePublicIpAddress: { Ref: 'Public' } }, {}] }, AT_DEPLOYMENT],
  ])('may have an address that is not known: %j', (properties, reason) => {
    const machine = { InstanceType: 't3.medium', BlockDeviceMappings, ...properties };

    expect(reasons(costOf('AWS::EC2::Instance', machine, SUBNETS))).toEqual([reason]);
  });
});

describe('a group of machines', () => {
  const group = (VPCZoneIdentifier: unknown, launch: Properties = {}) =>
    costOf(
      'AWS::AutoScaling::AutoScalingGroup',
      { MinSize: '2', LaunchConfigurationName: { Ref: 'Launch' }, VPCZoneIdentifier },
      [
        ...SUBNETS,
        {
          type: 'AWS::AutoScaling::LaunchConfiguration',
          logicalId: 'Launch',
          properties: { InstanceType: 't3.medium', BlockDeviceMappings, ...launch },
        },
      ],
    );

  test('pays for an address of each machine in public subnets', () => {
    expect(group([PUBLIC, PUBLIC]).items).toContainEqual(
      expect.objectContaining({ description: '2 public IPv4 addresses, 730 hours: always on', monthlyUsd: 7.3 }),
    );
  });

  test.each<[unknown, Properties]>([
    [[PRIVATE], {}],
    [[PUBLIC], { AssociatePublicIpAddress: false }],
  ])('pays for none in %j with %j', (subnets, launch) => {
    expect(group(subnets, launch).items.filter(({ unit }) => unit === 'address-hour')).toEqual([]);
    expect(group(subnets, launch).unpriced).toEqual([]);
  });

  test.each([
    [[PUBLIC, PRIVATE], 'whether it has a public address follows from which of its subnets it starts in'],
    [[PUBLIC, 'subnet-1'], ELSEWHERE],
    [[PUBLIC, { Ref: 'Odd' }], AT_DEPLOYMENT],
    [{ Ref: 'Subnets' }, 'whether it has a public address follows from subnets that are known only at deployment'],
    [undefined, NOT_STATED],
  ])('has addresses that are not known in %j', (subnets, reason) => {
    expect(reasons(group(subnets))).toEqual([reason]);
  });
});

function subnet(logicalId: string, properties: Properties): Described {
  return { type: 'AWS::EC2::Subnet', logicalId, properties };
}
