import { Pricers, unknown } from '../subject';

/** Where data lie. */
export const storePricers: Pricers = {
  'AWS::S3::Bucket': (subject) => [
    subject.use('s3StorageGb'),
    subject.use('s3PutRequests'),
    subject.use('s3GetRequests'),
  ],
  'AWS::ECR::Repository': (subject) => [subject.use('ecrStorageGb')],
  'AWS::EFS::FileSystem': (subject) => [
    subject.use('efsStorageGb'),
    ...((subject.properties.ThroughputMode ?? 'bursting') === 'bursting'
      ? []
      : [unknown('throughput beyond bursting; no price in the table')]),
  ],
  'AWS::SSM::Parameter': ({ properties: { Tier = 'Standard' } }) =>
    Tier === 'Standard' ? [] : [unknown('parameters beyond the tier Standard; no price in the table')],
};
