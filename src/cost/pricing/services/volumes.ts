import { isIntrinsic, Properties } from '../../../private/template';
import { knownList, knownQuantity, knownText, propertiesIn } from '../known-values';
import type { UnitName } from '../prices';
import { Line, Pricers, Subject, unknown } from '../subject';

/** What gp3 includes. */
const FREE_IOPS = 3000;
const FREE_THROUGHPUT = 125;

/** Devices that images start from: those of Amazon Linux and those of Ubuntu, Debian and Windows. */
const ROOT_DEVICES: ReadonlySet<string> = new Set(['/dev/xvda', '/dev/sda1', '/dev/sda']);

const PRICES: { readonly [type: string]: UnitName } = { gp2: 'ebsGp2GbMonth', gp3: 'ebsGp3GbMonth' };

/** Volumes of their own. */
export const volumePricers: Pricers = {
  'AWS::EC2::Volume': (subject) => {
    const { Size, VolumeType, Iops, Throughput } = subject.properties;
    return volumeLines(subject, { VolumeSize: Size, VolumeType, Iops, Throughput }, 1);
  },
};

/** Volumes of machines, as their block device mappings state them. */
export function mappedVolumes(subject: Subject, mappings: unknown, machines: number): Line[] {
  const devices = knownList(mappings)?.filter((device) => !isNoValue(device));
  if (devices === undefined) {
    return [unknown('its volumes are known only at deployment')];
  }
  const known = devices.filter((device) => !isConditional(device)).map(propertiesIn);
  const conditional = devices.length - known.length;
  const isRootKnown = known.some(({ DeviceName, Ebs }) => isRoot(DeviceName) && Ebs !== undefined);
  return [
    ...known.flatMap(({ Ebs }) => (Ebs === undefined ? [] : volumeLines(subject, propertiesIn(Ebs), machines))),
    ...(conditional === 0 ? [] : [unknown('some of its volumes are known only at deployment')]),
    ...(isRootKnown || conditional > 0
      ? []
      : [unknown('its root volume is that of its image, whose size and kind are not stated')]),
  ];
}

/** A mapping that depends on a condition, or whose volume does. */
function isConditional(device: unknown): boolean {
  return isIntrinsic(device) || isIntrinsic(propertiesIn(device).Ebs) || isIntrinsic(propertiesIn(device).DeviceName);
}

function isNoValue(device: unknown): boolean {
  return isIntrinsic(device) && device.Ref === 'AWS::NoValue';
}

/** Other devices are data volumes beside that of the image. */
function isRoot(device: unknown): boolean {
  return typeof device === 'string' && ROOT_DEVICES.has(device);
}

function volumeLines(subject: Subject, ebs: Properties, count: number): Line[] {
  const size = knownQuantity(ebs.VolumeSize);
  const type = ebs.VolumeType === undefined ? 'gp2' : knownText(ebs.VolumeType);
  if (size === undefined || type === undefined) {
    return [unknown('size or kind of a volume comes from its snapshot, or is known only at deployment')];
  }
  const price = Object.hasOwn(PRICES, type) ? PRICES[type] : undefined;
  return [
    subject.charge({
      description: `${count === 1 ? '' : `${count} x `}${size} GB of EBS ${type}`,
      priceName: `EBS ${type} (${count === 1 ? '' : `${count} x `}${size} GB)`,
      quantity: count * size,
      unit: 'GB-month',
      unitUsd: price === undefined ? undefined : subject.unitPrice(price),
    }),
    ...(type === 'gp3' && (exceeds(ebs.Iops, FREE_IOPS) || exceeds(ebs.Throughput, FREE_THROUGHPUT))
      ? [unknown(`IOPS above ${FREE_IOPS} and throughput above ${FREE_THROUGHPUT} MiB/s of gp3; no price in the table`)]
      : []),
  ];
}

function exceeds(value: unknown, free: number): boolean {
  return value !== undefined && (knownQuantity(value) ?? Number.POSITIVE_INFINITY) > free;
}
