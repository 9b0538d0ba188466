import { costOf, offers, reasons } from '../priced';

const ELSEWHERE = 'by use: ingestion and storage of its logs, in a log group that is not among the resources';

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
    [{ LogGroupName: { Ref: 'Flows' } }, []],
    [{ LogDestination: { 'Fn::GetAtt': ['Flows', 'Arn'] }, LogDestinationType: 'cloud-watch-logs' }, []],
    [{ LogGroupName: 'of-another-team' }, [ELSEWHERE]],
    [{}, [ELSEWHERE]],
    [{ LogDestinationType: 's3' }, ['by use: delivery of its logs; no price in the table']],
    [{ LogDestinationType: { Ref: 'Where' } }, ['by use: delivery of its logs; no price in the table']],
  ])('of flows cost in their log group if it is known, else at no known price: %j', (properties, expected) => {
    const group = { type: 'AWS::Logs::LogGroup', logicalId: 'Flows' };

    expect(reasons(costOf('AWS::EC2::FlowLog', properties, [group]))).toEqual(expected);
  });
});
