import { knownText, propertiesIn, quantityOr } from '../known-values';
import { Pricers, unknown, unknownMachine } from '../subject';
import { notebookHours } from './notebooks';

/** Studio: what its users start. */
export const studioPricers: Pricers = {
  'AWS::SageMaker::Domain': (subject) => [
    unknown('by use: apps that users start, by the hour of their instance type'),
    subject.use('efsStorageGb', { what: 'Storage in the home folders of Studio' }),
  ],
  'AWS::SageMaker::Space': (subject) => {
    const { SpaceStorageSettings } = propertiesIn(subject.properties.SpaceSettings);
    const { EbsStorageSettings } = propertiesIn(SpaceStorageSettings);
    const size = quantityOr(propertiesIn(EbsStorageSettings).EbsVolumeSizeInGb, 0);
    return [
      unknown('by use: apps that users start, by the hour of their instance type'),
      size === undefined || size === 0
        ? unknown('by use: its volume, whose size is left to the domain')
        : subject.charge({
            description: `ML storage of the space, ${size} GB`,
            priceName: `ML storage (${size} GB)`,
            quantity: size,
            unit: 'GB-month',
            unitUsd: subject.unitPrice('mlStorageGbMonth'),
          }),
    ];
  },
  'AWS::SageMaker::App': (subject) => {
    const type = knownText(propertiesIn(subject.properties.ResourceSpec).InstanceType);
    if (type === 'system') {
      return [];
    }
    return type === undefined
      ? [unknownMachine('its instance type is left to the domain, or known only at deployment')]
      : [notebookHours(subject, type)];
  },
  'AWS::SageMaker::FeatureGroup': ({ properties }) => {
    const { OnlineStoreConfig } = properties;
    return OnlineStoreConfig === undefined || propertiesIn(OnlineStoreConfig).EnableOnlineStore === false
      ? []
      : [unknown('by use: reads, writes and storage of its online store; no price in the table')];
  },
};
