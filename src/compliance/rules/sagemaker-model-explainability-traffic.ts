import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-explainability-traffic',
  controls: ['SageMaker.10'],
  title: 'Containers of explainability jobs encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption',
  link: securityHub('SageMaker.10'),
  resourceTypes: ['AWS::SageMaker::ModelExplainabilityJobDefinition'],
  requirement: equals('NetworkConfig.EnableInterContainerTrafficEncryption', true),
};
