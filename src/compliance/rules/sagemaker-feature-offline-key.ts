import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-feature-offline-key',
  controls: ['SageMaker.17', 'sagemaker-featuregroup-encryption-at-rest'],
  title: 'Offline stores of features are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set OfflineStoreConfig.S3StorageConfig.KmsKeyId',
  link: securityHub('SageMaker.17'),
  resourceTypes: ['AWS::SageMaker::FeatureGroup'],
  appliesWhen: present('OfflineStoreConfig'),
  requirement: present('OfflineStoreConfig.S3StorageConfig.KmsKeyId'),
};
