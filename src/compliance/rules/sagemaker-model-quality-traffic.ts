import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-quality-traffic',
  controls: ['SageMaker.13'],
  title: 'Containers of model quality jobs encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption',
  link: securityHub('SageMaker.13'),
  resourceTypes: ['AWS::SageMaker::ModelQualityJobDefinition'],
  requirement: equals('NetworkConfig.EnableInterContainerTrafficEncryption', true),
};
