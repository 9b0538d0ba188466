import { holdsData } from '../../src/report/holds-data';

test.each([
  'AWS::S3::Bucket',
  'AWS::Redshift::Cluster',
  'AWS::RedshiftServerless::Namespace',
  'AWS::SageMaker::MlflowTrackingServer',
  'AWS::ElastiCache::ReplicationGroup',
  'AWS::Kinesis::Stream',
  'AWS::S3Tables::TableBucket',
  'AWS::Neptune::DBCluster',
  'AWS::DocDB::DBCluster',
  'AWS::MSK::Cluster',
  'AWS::OpenSearchServerless::Collection',
])('%s holds data', (type) => {
  expect(holdsData({ type })).toBe(true);
});

test.each([
  'AWS::IAM::Role',
  'AWS::Redshift::ClusterSubnetGroup',
  'Custom::S3::Bucket',
  'AWS::toString::x',
  'Custom::X',
])('%s is not known to', (type) => {
  expect(holdsData({ type })).toBe(false);
});
