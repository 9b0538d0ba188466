import type { Properties } from '../../../private/template';
import { knownList, knownQuantity, knownText, propertiesIn } from '../known-values';
import { Line, Pricers, Subject, unknown, unknownMachine } from '../subject';

/** Endpoints that serve models. What they run stands in their configurations. */
export const hostingPricers: Pricers = {
  'AWS::SageMaker::Endpoint': (subject) => {
    const config = subject.find(subject.properties.EndpointConfigName);
    if (config?.type !== 'AWS::SageMaker::EndpointConfig') {
      return [unknownMachine('its endpoint configuration is not among the resources')];
    }
    const { ProductionVariants, ShadowProductionVariants } = propertiesIn(config.properties);
    const production = knownList(ProductionVariants);
    const shadows = knownList(ShadowProductionVariants);
    if (production === undefined || shadows === undefined) {
      return [unknownMachine('its variants are known only at deployment')];
    }
    return [...production, ...shadows].map(propertiesIn).flatMap((variant) => variantLines(subject, variant));
  },
};

function variantLines(subject: Subject, variant: Properties): Line[] {
  const name = knownText(variant.VariantName) ?? 'a variant';
  if (variant.ServerlessConfig !== undefined) {
    return serverless(subject, propertiesIn(variant.ServerlessConfig));
  }
  const type = knownText(variant.InstanceType);
  const count = knownQuantity(variant.InitialInstanceCount);
  if (type === undefined || count === undefined) {
    return [unknownMachine(`type or number of the instances of ${name} is known only at deployment`)];
  }
  const hours = subject.hours('endpointHours');
  return [
    subject.charge({
      description: `${count} x ${type} for ${name}, ${subject.spelledHours(hours)}`,
      priceName: `${type} for SageMaker`,
      quantity: count * hours.perMonth,
      unit: 'hour',
      unitUsd: subject.instancePrice('ml', type),
      stated: hours.stated,
      machine: true,
      assumes:
        'Endpoints cost what Studio notebooks of the same type cost, which was checked for one type, and run as many instances as they start with.',
    }),
    storage(subject, variant.VolumeSizeInGB, count, name),
    data(subject, name),
    ...(variant.AcceleratorType === undefined ? [] : [unknown(`accelerators of ${name}; no price in the table`)]),
  ];
}

function serverless(subject: Subject, { ProvisionedConcurrency }: Properties): Line[] {
  return [
    subject.use('serverlessInferenceRequests'),
    ...(ProvisionedConcurrency === undefined
      ? []
      : [unknown('no price of provisioned concurrency for serverless inference is known to this version')]),
  ];
}

function storage(subject: Subject, stated: unknown, count: number, name: string): Line {
  const size = knownQuantity(stated);
  if (size === undefined) {
    return unknown(`the size of the volumes of ${name} is left to SageMaker`);
  }
  return subject.charge({
    description: `ML storage of ${name}, ${count} x ${size} GB`,
    priceName: `ML storage (${count} x ${size} GB)`,
    quantity: count * size,
    unit: 'GB-month',
    unitUsd: subject.unitPrice('mlStorageGbMonth'),
  });
}

function data(subject: Subject, name: string): Line {
  const price = subject.unitPrice('endpointDataPerGb');
  return unknown(
    price === undefined
      ? `by use: data in and out of ${name}, of which no price in ${subject.region} is known to this version`
      : `by use: data in and out of ${name}, at USD ${price} per GB`,
  );
}
