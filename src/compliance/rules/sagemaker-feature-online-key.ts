import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { absent, all, any, equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-feature-online-key',
  controls: ['SageMaker.18', 'sagemaker-featuregroup-online-store-encryption'],
  title: 'Online stores of features are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set OnlineStoreConfig.SecurityConfig.KmsKeyId',
  link: securityHub('SageMaker.18'),
  resourceTypes: ['AWS::SageMaker::FeatureGroup'],
  appliesWhen: all(
    equals('OnlineStoreConfig.EnableOnlineStore', true),
    any(absent('OnlineStoreConfig.StorageType'), equals('OnlineStoreConfig.StorageType', 'Standard')),
  ),
  requirement: present('OnlineStoreConfig.SecurityConfig.KmsKeyId'),
};
