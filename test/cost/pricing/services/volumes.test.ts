import { amounts, costOf, reasons } from '../priced';

const TYPE = 'AWS::EC2::Volume';
const NO_ROOT = 'its root volume is that of its image, whose size and kind are not stated';
const CONDITIONAL = 'some of its volumes are known only at deployment';
const ROOT = { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 8 } };

/** Without a public address. */
const NetworkInterfaces = [{ AssociatePublicIpAddress: false }];
const EXTRA = 'IOPS above 3000 and throughput above 125 MiB/s of gp3; no price in the table';

describe('a volume', () => {
  test.each([
    [{ Size: 100, VolumeType: 'gp3' }, '100 GB of EBS gp3', 8],
    [{ Size: '100' }, '100 GB of EBS gp2', 10],
    [{ Size: 100, VolumeType: 'gp3', Iops: 3000, Throughput: 125 }, '100 GB of EBS gp3', 8],
  ])('costs by its size and kind: %j', (properties, description, usd) => {
    const cost = costOf(TYPE, properties);

    expect(amounts(cost)).toEqual({ [description]: usd });
    expect(cost.unpriced).toEqual([]);
  });

  test.each([[{ Iops: 3001 }], [{ Throughput: 250 }], [{ Iops: { Ref: 'Iops' } }]])(
    'of gp3 costs more with %j, at no known price',
    (more) => {
      expect(reasons(costOf(TYPE, { Size: 1, VolumeType: 'gp3', ...more }))).toEqual([EXTRA]);
    },
  );

  test.each([
    [{ SnapshotId: 'snap-1' }, 'size or kind of a volume comes from its snapshot, or is known only at deployment'],
    [{ Size: { Ref: 'S' } }, 'size or kind of a volume comes from its snapshot, or is known only at deployment'],
    [
      { Size: 1, VolumeType: { Ref: 'T' } },
      'size or kind of a volume comes from its snapshot, or is known only at deployment',
    ],
    [{ Size: 10, VolumeType: 'io2' }, 'no price of EBS io2 (10 GB) in eu-central-1 is known to this version'],
    [
      { Size: 10, VolumeType: 'constructor' },
      'no price of EBS constructor (10 GB) in eu-central-1 is known to this version',
    ],
  ])('is not priced with %j', (properties, reason) => {
    expect(reasons(costOf(TYPE, properties))).toEqual([reason]);
  });

  test('of a machine may be known only at deployment, and what it is beside EBS costs nothing', () => {
    const machine = (BlockDeviceMappings: unknown) =>
      reasons(costOf('AWS::EC2::Instance', { InstanceType: 't3.medium', BlockDeviceMappings, NetworkInterfaces }));

    expect(machine({ Ref: 'Devices' })).toEqual(['its volumes are known only at deployment']);
    expect(machine([{ DeviceName: '/dev/sdb', VirtualName: 'ephemeral0' }, ROOT])).toEqual([]);
    expect(machine([{ Ref: 'AWS::NoValue' }, { ...ROOT, DeviceName: '/dev/sda1' }])).toEqual([]);
  });

  test.each([
    [[{ DeviceName: '/dev/sdf', Ebs: { VolumeSize: 8 } }], NO_ROOT],
    [[{ DeviceName: '/dev/xvda', NoDevice: {} }], NO_ROOT],
    [[{ Ref: 'AWS::NoValue' }], NO_ROOT],
    [[{ 'Fn::If': ['Big', ROOT, ROOT] }], CONDITIONAL],
    [[{ DeviceName: '/dev/xvda', Ebs: { 'Fn::If': ['Big', {}, {}] } }], CONDITIONAL],
    [[ROOT, { 'Fn::If': ['Big', ROOT, { Ref: 'AWS::NoValue' }] }], CONDITIONAL],
  ])('of a machine is not known with %j', (BlockDeviceMappings, reason) => {
    const cost = costOf('AWS::EC2::Instance', { InstanceType: 't3.medium', BlockDeviceMappings, NetworkInterfaces });

    expect(reasons(cost)).toEqual([reason]);
  });
});
