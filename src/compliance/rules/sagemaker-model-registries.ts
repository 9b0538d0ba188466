import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { each, equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-registries',
  controls: ['SageMaker.19', 'sagemaker-model-multicontainer-private-registry'],
  title: 'The images of a model with several containers come from a registry inside the VPC',
  severity: 'MEDIUM',
  remedy: 'Set ImageConfig.RepositoryAccessMode of each container to Vpc; Amazon ECR is reached with Platform',
  link: securityHub('SageMaker.19'),
  resourceTypes: ['AWS::SageMaker::Model'],
  askedBy: 'privateRegistry',
  appliesWhen: present('Containers'),
  requirement: each('Containers', equals('ImageConfig.RepositoryAccessMode', 'Vpc')),
};
