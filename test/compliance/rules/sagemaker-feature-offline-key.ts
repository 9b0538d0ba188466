import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::FeatureGroup', {
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://features', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    }),
  },
  nonCompliant: {
    'the key of the bucket': subject('AWS::SageMaker::FeatureGroup', {
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://features' } },
    }),
  },
  notApplicable: {
    'an online store alone': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: true },
    }),
  },
};
