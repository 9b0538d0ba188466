import { amounts, costOf, costWithoutPrices, reasons } from '../priced';

const TYPE = 'AWS::CloudWatch::Alarm';
const watched = (Id: string, Period: unknown = 300) => ({ Id, MetricStat: { Metric: {}, Period, Stat: 'Sum' } });
const UNKNOWN = 'the metrics that it watches are known only at deployment';

describe('an alarm', () => {
  test.each([
    [{ MetricName: 'Errors', Period: 60 }, { Alarm: 0.1 }],
    [{ MetricName: 'Errors', Period: '300' }, { Alarm: 0.1 }],
    [{ Metrics: [watched('a')] }, { Alarm: 0.1 }],
    [{ Metrics: [{ Id: 'e', Expression: 'a / b' }, watched('a'), watched('b')] }, { 'Alarm on 2 metrics': 0.2 }],
    [
      { Metrics: [{ Id: 'e', Expression: 'ANOMALY_DETECTION_BAND(a, 2)' }, watched('a')] },
      { 'Alarm on 3 metrics': 0.3 },
    ],
  ])('costs by the metrics that it watches: %j', (properties, expected) => {
    const cost = costOf(TYPE, properties);

    expect(amounts(cost)).toEqual(expected);
    expect(cost.unpriced).toEqual([]);
  });

  test.each([
    [{ MetricName: 'Errors', Period: 10 }, 'it watches at a high resolution; no price in the table'],
    [{ Metrics: [watched('a'), watched('b', 30)] }, 'it watches at a high resolution; no price in the table'],
    [
      { Metrics: [{ Id: 'q', Expression: 'SELECT MAX("Disk") FROM "ml"' }] },
      'by use: metrics that its query finds, each at the price of an alarm',
    ],
    [{ MetricName: 'Errors', Period: { Ref: 'Period' } }, UNKNOWN],
    [{ Metrics: { Ref: 'Metrics' } }, UNKNOWN],
    [{ Metrics: [{ Id: 'e', Expression: { Ref: 'Expression' } }] }, UNKNOWN],
  ])('is not priced with %j', (properties, reason) => {
    const cost = costOf(TYPE, properties);

    expect(reasons(cost)).toEqual([reason]);
    expect(cost.items).toEqual([]);
  });
});

describe('a dashboard', () => {
  test('costs by the month, also the first three, and only at a known price', () => {
    expect(amounts(costOf('AWS::CloudWatch::Dashboard'))).toEqual({ Dashboard: 3 });
    expect(reasons(costWithoutPrices('AWS::CloudWatch::Dashboard'))).toEqual([
      'no price of dashboards in us-west-2 is known to this version',
    ]);
  });
});
