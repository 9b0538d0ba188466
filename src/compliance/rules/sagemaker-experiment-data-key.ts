import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-experiment-data-key',
  controls: ['SageMaker.24', 'sagemaker-inf-experiment-data-storage-kms-encrypted'],
  title: 'Captured data of inference experiments is encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set DataStorageConfig.KmsKey',
  link: securityHub('SageMaker.24'),
  resourceTypes: ['AWS::SageMaker::InferenceExperiment'],
  appliesWhen: present('DataStorageConfig'),
  requirement: present('DataStorageConfig.KmsKey'),
};
