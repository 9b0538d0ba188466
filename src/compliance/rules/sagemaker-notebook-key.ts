import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-key',
  controls: ['SageMaker.21', 'sagemaker-notebook-instance-kms-key-configured', 'CKV_AWS_187'],
  title: 'Volumes of notebooks are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set KmsKeyId; a change replaces the notebook',
  link: securityHub('SageMaker.21'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: present('KmsKeyId'),
};
