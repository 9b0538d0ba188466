import { costOf, offers, reasons } from '../priced';

describe('logs', () => {
  test.each([
    [{}, 0.5],
    [{ LogGroupClass: 'STANDARD' }, 0.5],
    [{ LogGroupClass: 'INFREQUENT_ACCESS' }, 0.25],
  ])('cost by what comes in, at the price of their class, and by what is kept: %j', (properties, ingestion) => {
    expect(offers(costOf('AWS::Logs::LogGroup', properties))).toEqual({
      logIngestionGb: ingestion,
      logStorageGb: 0.03,
    });
  });

  test.each([['DELIVERY'], [{ Ref: 'Class' }]])('have no known price for what comes in as %j', (LogGroupClass) => {
    const cost = costOf('AWS::Logs::LogGroup', { LogGroupClass });

    expect(offers(cost)).toEqual({ logStorageGb: 0.03 });
    expect(reasons(cost)).toEqual(['by use: log ingestion of its class; no price in the table']);
  });

  test('cost by the metrics that are made from them', () => {
    expect(offers(costOf('AWS::Logs::MetricFilter'))).toEqual({ customMetrics: 0.3 });
  });

  test.each([
    [{}, 0],
    [{ LogDestinationType: 'cloud-watch-logs' }, 0],
    [{ LogDestinationType: 's3' }, 1],
    [{ LogDestinationType: { Ref: 'Where' } }, 1],
  ])('of flows cost in their log group, else at no known price: %j', (properties, unpriced) => {
    expect(reasons(costOf('AWS::EC2::FlowLog', properties))).toHaveLength(unpriced);
  });
});
