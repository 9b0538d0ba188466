import { amounts, costOf, type Described, estimateOf, facts, reasons } from '../priced';

const TYPE = 'AWS::EC2::Instance';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';
const NO_VOLUME = 'its root volume is that of its image, whose size and kind are not stated';
/** Without a public address. */
const PRIVATE = { NetworkInterfaces: [{ AssociatePublicIpAddress: false }] };
const ROOT = [{ DeviceName: '/dev/xvda', Ebs: { VolumeSize: 50, VolumeType: 'gp3' } }];

describe('a machine', () => {
  test('costs by the hour, with the volumes that it states', () => {
    const cost = costOf(TYPE, { InstanceType: 't3.medium', BlockDeviceMappings: ROOT, ...PRIVATE });

    expect(amounts(cost)).toEqual({ 't3.medium, 730 hours: always on': 29.2, '50 GB of EBS gp3': 4 });
    expect(cost.unpriced).toEqual([]);
    expect(cost.assumptions).toContain('EC2 instances run Linux, on demand, on shared hardware.');
  });

  test('says that its root volume is not counted where it states none', () => {
    expect(reasons(costOf(TYPE, { InstanceType: 't3.medium', ...PRIVATE }))).toEqual([NO_VOLUME]);
  });

  test('runs the hours that are stated', () => {
    const cost = estimateOf([{ type: TYPE, properties: { InstanceType: 't3.medium' } }], {
      facts: [facts('Stack', { usage: { instanceHours: 100 } })],
    });

    expect(amounts(cost)).toEqual({ 't3.medium, 100 of 730 hours: as stated': 4 });
  });

  test('takes what it does not state itself from its launch template', () => {
    const cost = costOf(TYPE, { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' } } }, [
      launchTemplate({ InstanceType: 't3.medium', BlockDeviceMappings: ROOT }),
    ]);

    expect(amounts(cost)).toEqual({ 't3.medium, 730 hours: always on': 29.2, '50 GB of EBS gp3': 4 });
  });

  test.each([
    [{}, 'its instance type is known only at deployment, or stands in a launch template elsewhere'],
    [
      { InstanceType: { Ref: 'T' } },
      'its instance type is known only at deployment, or stands in a launch template elsewhere',
    ],
    [{ InstanceType: 'x9.large' }, 'no price of x9.large of EC2 in eu-central-1 is known to this version'],
    [
      { InstanceType: 't3.medium', Tenancy: 'dedicated' },
      't3.medium: no price on dedicated hardware is known to this version',
    ],
    ...[{ HostId: 'h-1' }, { HostResourceGroupArn: 'arn' }, { Placement: { HostId: 'h-1' } }].map(
      (host): [object, string] => [
        { InstanceType: 't3.medium', ...host },
        't3.medium: no price on dedicated hardware is known to this version',
      ],
    ),
    [{ InstanceType: 't3.medium', InstanceMarketOptions: { MarketType: 'spot' } }, 't3.medium: spot prices change'],
  ])('is not priced by the hour with %j', (properties, reason) => {
    const cost = costOf(TYPE, { BlockDeviceMappings: ROOT, ...PRIVATE, ...properties });

    expect(reasons(cost)).toEqual([reason]);
    expect(amounts(cost)).toEqual({ '50 GB of EBS gp3': 4 });
  });

  test.each([[{ ElasticInferenceAccelerators: [{}] }], [{ ElasticGpuSpecifications: [{}] }]])(
    'has accelerators without a price: %j',
    (accelerated) => {
      const cost = costOf(TYPE, { InstanceType: 't3.medium', BlockDeviceMappings: ROOT, ...PRIVATE, ...accelerated });

      expect(reasons(cost)).toEqual(['its accelerators; no price in the table']);
    },
  );

  test.each([['AWS::AutoScaling::AutoScalingGroup'], [TYPE]])('is a machine without a price as %s', (type) => {
    expect(costOf(type).unpriced[0]).toMatchObject({ machine: true });
  });
});

describe('a group of machines', () => {
  const LaunchTemplate = { LaunchTemplateId: { Ref: 'Template' } };

  test.each([
    [{ DesiredCapacity: '3', MinSize: '1' }, 3, 87.6, 12],
    [{ MinSize: '2', MaxSize: '9' }, 2, 58.4, 8],
  ])('runs as many as it is to have, else as many as it must: %j', (size, count, usd, volumes) => {
    const cost = costOf(GROUP, { LaunchTemplate, ...size }, [
      launchTemplate({ InstanceType: 't3.medium', BlockDeviceMappings: ROOT }),
    ]);

    expect(amounts(cost)).toEqual({
      [`${count} x t3.medium, 730 hours: always on`]: usd,
      [`${count} x 50 GB of EBS gp3`]: volumes,
    });
  });

  test('is found in a launch configuration', () => {
    const cost = costOf(GROUP, { LaunchConfigurationName: { Ref: 'Launch' }, MinSize: '1' }, [
      {
        type: 'AWS::AutoScaling::LaunchConfiguration',
        logicalId: 'Launch',
        properties: { InstanceType: 't3.medium', AssociatePublicIpAddress: true, BlockDeviceMappings: ROOT },
      },
    ]);

    expect(cost.monthlyTotal).toBe(36.85);
  });

  test.each([
    [{ MixedInstancesPolicy: {} }, 'the group chooses among instance types and between on demand and spot'],
    [{ MinSize: { Ref: 'Size' } }, 'the number of its machines is known only at deployment'],
    [{}, 'the number of its machines is known only at deployment'],
  ])('is not priced with %j', (properties, reason) => {
    expect(reasons(costOf(GROUP, properties))).toEqual([reason]);
  });

  test('is not priced for machines that are spot', () => {
    const cost = costOf(GROUP, { MinSize: 1, LaunchConfigurationName: { Ref: 'Launch' } }, [
      {
        type: 'AWS::AutoScaling::LaunchConfiguration',
        logicalId: 'Launch',
        properties: {
          InstanceType: 't3.medium',
          SpotPrice: '0.01',
          BlockDeviceMappings: ROOT,
          AssociatePublicIpAddress: false,
        },
      },
    ]);

    expect(reasons(cost)).toEqual(['t3.medium: spot prices change']);
  });
});

function launchTemplate(LaunchTemplateData: object): Described {
  return { type: 'AWS::EC2::LaunchTemplate', logicalId: 'Template', properties: { LaunchTemplateData } };
}
