import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-explainability-isolation',
  controls: ['SageMaker.20', 'sagemaker-model-explainability-job-network-isolation'],
  title: 'Containers of explainability jobs have no network',
  severity: 'HIGH',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation',
  link: securityHub('SageMaker.20'),
  resourceTypes: ['AWS::SageMaker::ModelExplainabilityJobDefinition'],
  requirement: equals('NetworkConfig.EnableNetworkIsolation', true),
};
