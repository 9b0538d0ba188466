import type { Properties } from '../../../private/template';
import { knownList, knownQuantity, knownSwitch, knownText, propertiesIn } from '../known-values';
import { Line, Pricers, Subject, unknown } from '../subject';
import { mappedVolumes } from './volumes';

const ASSUMES = 'EC2 instances run Linux, on demand, on shared hardware.';

/** Machines of EC2, alone and in groups. */
export const machinePricers: Pricers = {
  'AWS::EC2::Instance': (subject) => {
    const launch = { ...templateData(subject, subject.properties.LaunchTemplate), ...subject.properties };
    return machineLines(subject, launch, 1);
  },
  'AWS::AutoScaling::AutoScalingGroup': (subject) => {
    const { DesiredCapacity, MinSize, LaunchTemplate, LaunchConfigurationName, MixedInstancesPolicy } =
      subject.properties;
    if (MixedInstancesPolicy !== undefined) {
      return [unknown('the group chooses among instance types and between on demand and spot')];
    }
    const count = knownQuantity(DesiredCapacity ?? MinSize);
    if (count === undefined) {
      return [unknown('the number of its machines is known only at deployment')];
    }
    const launch =
      LaunchConfigurationName === undefined
        ? templateData(subject, LaunchTemplate)
        : propertiesIn(subject.find(LaunchConfigurationName)?.properties);
    return machineLines(subject, launch, count);
  },
};

function templateData(subject: Subject, reference: unknown): Properties {
  const { LaunchTemplateId, LaunchTemplateName } = propertiesIn(reference);
  const template = subject.find(LaunchTemplateId ?? LaunchTemplateName);
  return propertiesIn(propertiesIn(template?.properties).LaunchTemplateData);
}

function machineLines(subject: Subject, launch: Properties, count: number): Line[] {
  const type = knownText(launch.InstanceType);
  const hours = subject.hours('instanceHours');
  const volumes = mappedVolumes(subject, launch.BlockDeviceMappings, count);
  if (type === undefined) {
    return [
      unknown('its instance type is known only at deployment, or stands in a launch template elsewhere'),
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
        })
      : unknown(`${machines}: ${other}`),
    ...volumes,
    ...publicAddress(subject, launch, count),
  ];
}

function isSpot({ InstanceMarketOptions, SpotPrice }: Properties): boolean {
  return SpotPrice !== undefined || InstanceMarketOptions !== undefined;
}

function otherHardware({ Tenancy, PlacementTenancy, Placement }: Properties): string | undefined {
  const tenancy = Tenancy ?? PlacementTenancy ?? propertiesIn(Placement).Tenancy ?? 'default';
  return tenancy === 'default' ? undefined : 'no price on dedicated hardware is known to this version';
}

/** Addresses that machines get by themselves cost while they run. */
function publicAddress(subject: Subject, launch: Properties, count: number): Line[] {
  const isPublic = knownSwitch(addressed(subject, launch));
  if (isPublic === undefined) {
    return [unknown('whether it has a public address is known only at deployment')];
  }
  const hours = subject.hours('instanceHours');
  return isPublic
    ? [
        subject.charge({
          description: `${count === 1 ? 'Public IPv4 address' : `${count} public IPv4 addresses`}, ${subject.spelledHours(hours)}`,
          priceName: 'public IPv4 addresses',
          quantity: count * hours.perMonth,
          unit: 'address-hour',
          unitUsd: subject.unitPrice('publicIpv4Hour'),
          stated: hours.stated,
        }),
      ]
    : [];
}

/** The switch for a public address: of the machine, else of its subnet. */
function addressed(subject: Subject, launch: Properties): unknown {
  const [first] = knownList(launch.NetworkInterfaces) ?? [];
  const network = propertiesIn(first);
  const { AssociatePublicIpAddress = network.AssociatePublicIpAddress } = launch;
  const subnet = subject.find(launch.SubnetId ?? network.SubnetId);
  return AssociatePublicIpAddress ?? propertiesIn(subnet?.properties).MapPublicIpOnLaunch;
}
