import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-domain-key',
  controls: ['CKV_AWS_187'],
  title: 'Home folders of Studio are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set KmsKeyId; a change replaces the domain',
  link: sagemakerGuide('encryption-at-rest-studio'),
  resourceTypes: ['AWS::SageMaker::Domain'],
  requirement: present('KmsKeyId'),
};
