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

test('no other type is known to', () => {
  const others = ['AWS::IAM::Role', 'AWS::Redshift::ClusterSubnetGroup', 'Custom::S3::Bucket', 'AWS::toString::x'];

  expect(others.filter((type) => holdsData({ type }))).toEqual([]);
});
