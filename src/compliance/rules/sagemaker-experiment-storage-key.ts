import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-experiment-storage-key',
  controls: ['SageMaker.23', 'sagemaker-inf-experiment-instance-storage-kms-encrypted'],
  title: 'Volumes of inference experiments are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set KmsKey',
  link: securityHub('SageMaker.23'),
  resourceTypes: ['AWS::SageMaker::InferenceExperiment'],
  requirement: present('KmsKey'),
};
