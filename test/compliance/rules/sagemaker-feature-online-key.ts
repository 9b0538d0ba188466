import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    }),
  },
  nonCompliant: {
    'a key that AWS manages': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: true },
    }),
    'a standard store by name': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: true, StorageType: 'Standard' },
    }),
  },
  notApplicable: {
    'an offline store alone': subject('AWS::SageMaker::FeatureGroup', {
      OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://features' } },
    }),
    'a store that is switched off': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: false },
    }),
    'a store in memory': subject('AWS::SageMaker::FeatureGroup', {
      OnlineStoreConfig: { EnableOnlineStore: true, StorageType: 'InMemory' },
    }),
  },
  beyondGuard: {
    nonCompliant: {
      'a store that may be switched on': subject('AWS::SageMaker::FeatureGroup', {
        OnlineStoreConfig: { EnableOnlineStore: { 'Fn::GetAtt': ['Custom', 'Online'] } },
      }),
    },
  },
};
