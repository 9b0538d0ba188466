import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-registry',
  controls: ['SageMaker.16', 'sagemaker-model-private-registry-required'],
  title: 'The image of a model comes from a registry inside the VPC',
  severity: 'MEDIUM',
  remedy: 'Set ImageConfig.RepositoryAccessMode to Vpc; Amazon ECR is reached with Platform',
  link: securityHub('SageMaker.16'),
  resourceTypes: ['AWS::SageMaker::Model'],
  askedBy: 'privateRegistry',
  appliesWhen: present('PrimaryContainer'),
  requirement: equals('PrimaryContainer.ImageConfig.RepositoryAccessMode', 'Vpc'),
};
