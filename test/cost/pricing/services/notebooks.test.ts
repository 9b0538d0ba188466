import { amounts, costOf, costWithoutPrices, estimateOf, facts, reasons } from '../priced';

const TYPE = 'AWS::SageMaker::NotebookInstance';
const NOTEBOOK = { type: TYPE, properties: { InstanceType: 'ml.t3.medium', VolumeSizeInGB: 50 } };
const WEEKDAYS = { hours: { perMonth: 239, because: 'weekdays 08:00 to 19:00' } };

describe('a notebook', () => {
  test('runs all hours where nothing limits it, and keeps its volume', () => {
    expect(amounts(estimateOf([NOTEBOOK]))).toEqual({
      'ml.t3.medium, 730 hours: always on': 43.8,
      'ML storage, 50 GB, also while stopped': 7,
    });
  });

  test('runs the hours that its construct tells, and says why', () => {
    expect(amounts(estimateOf([NOTEBOOK], { facts: [facts('Stack/It', WEEKDAYS)] }))).toMatchObject({
      'ml.t3.medium, 239 of 730 hours: weekdays 08:00 to 19:00': 14.34,
    });
  });

  test('does not run the hours of another construct', () => {
    expect(amounts(estimateOf([NOTEBOOK], { facts: [facts('Stack', WEEKDAYS)] }))).toMatchObject({
      'ml.t3.medium, 730 hours: always on': 43.8,
    });
  });

  test('runs the hours that are stated nearest above it, whatever its construct tells', () => {
    const { items } = estimateOf([NOTEBOOK], {
      facts: [
        facts('', { usage: { notebookHours: 10 } }),
        facts('Stack', { usage: { notebookHours: 100 } }),
        facts('Stack/It', WEEKDAYS),
      ],
    });

    expect(items[0]).toMatchObject({
      description: 'ml.t3.medium, 100 of 730 hours: as stated',
      monthlyUsd: 6,
      stated: true,
    });
  });

  test('has a volume of 5 GB unless it states another', () => {
    expect(amounts(costOf(TYPE, { InstanceType: 'ml.t3.medium' }))).toMatchObject({
      'ML storage, 5 GB, also while stopped': 0.7,
    });
  });

  test.each([
    [{ InstanceType: { Ref: 'Type' } }, 'its instance type is known only at deployment'],
    [{}, 'its instance type is known only at deployment'],
    [
      { InstanceType: 'ml.t3.medium', VolumeSizeInGB: { 'Fn::If': ['Big', 50, 5] } },
      'the size of its volume is known only at deployment',
    ],
    [{ InstanceType: 'ml.x9.large' }, 'no price of ml.x9.large for SageMaker in eu-central-1 is known to this version'],
  ])('is not priced in part with %j', (properties, reason) => {
    expect(reasons(costOf(TYPE, properties))).toEqual([reason]);
  });

  test('has accelerators without a price', () => {
    expect(reasons(costOf(TYPE, { ...NOTEBOOK.properties, AcceleratorTypes: ['ml.eia2.medium'] }))).toEqual([
      'its accelerators; no price in the table',
    ]);
    expect(reasons(costOf(TYPE, { ...NOTEBOOK.properties, AcceleratorTypes: [] }))).toEqual([]);
  });

  test('is not counted where its prices are not known', () => {
    const cost = costWithoutPrices(TYPE, NOTEBOOK.properties);

    expect(cost.items).toEqual([]);
    expect(reasons(cost)).toEqual([
      'no price of ml.t3.medium for SageMaker in us-west-2 is known to this version',
      'no price of ML storage (50 GB) in us-west-2 is known to this version',
    ]);
  });
});
