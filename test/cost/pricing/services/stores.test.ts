import { costOf, offers, reasons } from '../priced';

describe('what keeps data', () => {
  test.each([
    ['AWS::S3::Bucket', { s3StorageGb: 0.023, s3PutRequests: 0.000005, s3GetRequests: 0.0000004 }],
    ['AWS::ECR::Repository', { ecrStorageGb: 0.11 }],
    ['AWS::EFS::FileSystem', { efsStorageGb: 0.3 }],
  ])('costs by use: %s', (type, use) => {
    const cost = costOf(type);

    expect(offers(cost)).toEqual(use);
    expect([cost.items, cost.unpriced]).toEqual([[], []]);
  });

  test.each([['provisioned'], ['elastic'], [{ Ref: 'Mode' }]])(
    'costs more for throughput that is %j',
    (ThroughputMode) => {
      expect(reasons(costOf('AWS::EFS::FileSystem', { ThroughputMode }))).toEqual([
        'throughput beyond bursting; no price in the table',
      ]);
    },
  );

  test.each([
    [{}, 0],
    [{ Tier: 'Standard' }, 0],
    [{ Tier: 'Advanced' }, 1],
    [{ Tier: 'Intelligent-Tiering' }, 1],
    [{ Tier: { Ref: 'Tier' } }, 1],
  ])('is free as a standard parameter only: %j', (properties, unpriced) => {
    expect(reasons(costOf('AWS::SSM::Parameter', properties))).toHaveLength(unpriced);
  });
});
