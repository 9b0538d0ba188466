import { knownSwitch } from '../known-values';
import { Pricer, Pricers, unknown } from '../subject';

const key: Pricer = (subject) => [
  subject.charge({
    description: 'KMS key',
    priceName: 'KMS keys',
    quantity: 1,
    unit: 'key-month',
    unitUsd: subject.unitPrice('kmsKeyMonth'),
    ...(knownSwitch(subject.properties.EnableKeyRotation) !== false && {
      assumes: 'KMS keys are new: each of the first two rotations adds the price of a key.',
    }),
  }),
  subject.use('kmsRequests'),
];

/** Keys and secrets. */
export const secretPricers: Pricers = {
  'AWS::KMS::Key': key,
  'AWS::KMS::ReplicaKey': key,
  'AWS::SecretsManager::Secret': (subject) => [
    subject.charge({
      description: 'Secret',
      priceName: 'secrets',
      quantity: 1,
      unit: 'secret-month',
      unitUsd: subject.unitPrice('secretMonth'),
      assumes: 'Requests to Secrets Manager are not counted.',
    }),
    ...(subject.properties.ReplicaRegions === undefined
      ? []
      : [unknown('its replicas, each at the price of a secret in its region')]),
  ],
};
