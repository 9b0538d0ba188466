import { amounts, costOf, offers, reasons } from '../priced';

const APPS = 'by use: apps that users start, by the hour of their instance type';

describe('Studio', () => {
  test('costs by what users start and by what they keep in their home folders', () => {
    const cost = costOf('AWS::SageMaker::Domain');

    expect(reasons(cost)).toEqual([APPS]);
    expect(offers(cost)).toEqual({ efsStorageGb: 0.3 });
  });

  test('costs by the volume of a space', () => {
    const SpaceSettings = { SpaceStorageSettings: { EbsStorageSettings: { EbsVolumeSizeInGb: 20 } } };
    const cost = costOf('AWS::SageMaker::Space', { SpaceSettings });

    expect(amounts(cost)).toEqual({ 'ML storage of the space, 20 GB': 2.8 });
    expect(reasons(cost)).toEqual([APPS]);
    expect(reasons(costOf('AWS::SageMaker::Space'))).toEqual([
      APPS,
      'by use: its volume, whose size is left to the domain',
    ]);
  });

  test('costs by the hour of an app that the template starts', () => {
    const app = (InstanceType: unknown) => costOf('AWS::SageMaker::App', { ResourceSpec: { InstanceType } });

    expect(amounts(app('ml.t3.medium'))).toEqual({ 'ml.t3.medium, 730 hours: always on': 43.8 });
    expect(app('system')).toMatchObject({ items: [], unpriced: [] });
    expect(reasons(app({ Ref: 'Type' }))).toEqual([
      'its instance type is left to the domain, or known only at deployment',
    ]);
  });

  test.each([
    [{ OnlineStoreConfig: { EnableOnlineStore: true } }, 1],
    [{ OnlineStoreConfig: { Ref: 'Store' } }, 1],
    [{ OnlineStoreConfig: { EnableOnlineStore: false } }, 0],
    [{ OfflineStoreConfig: {} }, 0],
  ])('has a price to find for the online store of features only: %j', (properties, unpriced) => {
    expect(reasons(costOf('AWS::SageMaker::FeatureGroup', properties))).toHaveLength(unpriced);
  });
});
