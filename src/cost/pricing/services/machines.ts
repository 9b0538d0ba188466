import type { Properties } from '../../../private/template';
import { knownList, knownQuantity, knownText, propertiesIn } from '../known-values';
import { Line, Pricers, Subject, unknown, unknownMachine } from '../subject';
import { publicAddresses, Subnets } from './addresses';
import { mappedVolumes } from './volumes';

const ASSUMES = 'EC2 instances run Linux, on demand, on shared hardware.';

/** Machines of EC2, alone and in groups. */
export const machinePricers: Pricers = {
  'AWS::EC2::Instance': (subject) => {
    const launch = { ...templateData(subject, subject.properties.LaunchTemplate), ...subject.properties };
    return machineLines(subject, launch, 1, [launch.SubnetId]);
  },
  'AWS::AutoScaling::AutoScalingGroup': (subject) => {
    const {
      DesiredCapacity,
      MinSize,
      LaunchTemplate,
      LaunchConfigurationName,
      MixedInstancesPolicy,
      VPCZoneIdentifier,
    } = subject.properties;
    if (MixedInstancesPolicy !== undefined) {
      return [unknownMachine('the group chooses among instance types and between on demand and spot')];
    }
    const count = knownQuantity(DesiredCapacity ?? MinSize);
    if (count === undefined) {
      return [unknownMachine('the number of its machines is known only at deployment')];
    }
    const launch =
      LaunchConfigurationName === undefined
        ? templateData(subject, LaunchTemplate)
        : propertiesIn(subject.find(LaunchConfigurationName)?.properties);
    return machineLines(subject, launch, count, knownList(VPCZoneIdentifier));
  },
};

function templateData(subject: Subject, reference: unknown): Properties {
  const { LaunchTemplateId, LaunchTemplateName } = propertiesIn(reference);
  const template = subject.find(LaunchTemplateId ?? LaunchTemplateName);
  return propertiesIn(propertiesIn(template?.properties).LaunchTemplateData);
}

function machineLines(subject: Subject, launch: Properties, count: number, subnets: Subnets): Line[] {
  const type = knownText(launch.InstanceType);
  const hours = subject.hours('instanceHours');
  const volumes = mappedVolumes(subject, launch.BlockDeviceMappings, count);
  if (type === undefined) {
    return [
      unknownMachine('its instance type is known only at deployment, or stands in a launch template elsewhere'),
      ...volumes,
    ];
  }
  const other = isSpot(launch) ? 'spot prices change' : otherHardware(launch);
  const machines = count === 1 ? type : `${count} x ${type}`;
  return [
    other === undefined
      ? subject.charge({
          description: `${machines}, ${subject.spelledHours(hours)}`,
          priceName: `${type} of EC2`,
          quantity: count * hours.perMonth,
          unit: 'hour',
          unitUsd: subject.instancePrice('ec2', type),
          stated: hours.stated,
          assumes: ASSUMES,
          machine: true,
        })
      : unknownMachine(`${machines}: ${other}`),
    ...volumes,
    ...publicAddresses(subject, launch, count, subnets),
    ...accelerators(launch),
  ];
}

function isSpot({ InstanceMarketOptions, SpotPrice }: Properties): boolean {
  return SpotPrice !== undefined || InstanceMarketOptions !== undefined;
}

function otherHardware({ Tenancy, PlacementTenancy, Placement, ...launch }: Properties): string | undefined {
  const { Tenancy: placed, HostId, HostResourceGroupArn } = { ...launch, ...propertiesIn(Placement) } as Properties;
  const tenancy = Tenancy ?? PlacementTenancy ?? placed ?? 'default';
  return tenancy === 'default' && (HostId ?? HostResourceGroupArn) === undefined
    ? undefined
    : 'no price on dedicated hardware is known to this version';
}

function accelerators({ ElasticInferenceAccelerators, ElasticGpuSpecifications }: Properties): Line[] {
  return ElasticInferenceAccelerators === undefined && ElasticGpuSpecifications === undefined
    ? []
    : [unknown('its accelerators; no price in the table')];
}
