import { knownList, knownText, quantityOr } from '../known-values';
import { Line, Pricers, Subject, unknown, unknownMachine } from '../subject';

const SMALLEST_VOLUME_GB = 5;

/** Notebook instances. */
export const notebookPricers: Pricers = {
  'AWS::SageMaker::NotebookInstance': (subject) => [instance(subject), volume(subject), ...accelerators(subject)],
};

function instance(subject: Subject): Line {
  const type = knownText(subject.properties.InstanceType);
  return type === undefined
    ? unknownMachine('its instance type is known only at deployment')
    : notebookHours(subject, type, 'Notebook instances cost what Studio notebooks of the same type cost.');
}

/** The hours of what a person works on. */
export function notebookHours(subject: Subject, type: string, assumes?: string): Line {
  const hours = subject.hours('notebookHours');
  return subject.charge({
    description: `${type}, ${subject.spelledHours(hours)}`,
    priceName: `${type} for SageMaker`,
    quantity: hours.perMonth,
    unit: 'hour',
    unitUsd: subject.instancePrice('ml', type),
    stated: hours.stated,
    assumes,
    machine: true,
  });
}

function accelerators({ properties: { AcceleratorTypes } }: Subject): Line[] {
  return knownList(AcceleratorTypes)?.length === 0 ? [] : [unknown('its accelerators; no price in the table')];
}

/** Is paid for while the notebook exists, also while it is stopped. */
function volume(subject: Subject): Line {
  const size = quantityOr(subject.properties.VolumeSizeInGB, SMALLEST_VOLUME_GB);
  if (size === undefined) {
    return unknown('the size of its volume is known only at deployment');
  }
  return subject.charge({
    description: `ML storage, ${size} GB, also while stopped`,
    priceName: `ML storage (${size} GB)`,
    quantity: size,
    unit: 'GB-month',
    unitUsd: subject.unitPrice('mlStorageGbMonth'),
  });
}
