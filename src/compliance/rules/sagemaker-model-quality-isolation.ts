import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-quality-isolation',
  controls: ['SageMaker.25', 'sagemaker-model-quality-job-definition-isolation'],
  title: 'Containers of model quality jobs have no network',
  severity: 'HIGH',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation',
  link: securityHub('SageMaker.25'),
  resourceTypes: ['AWS::SageMaker::ModelQualityJobDefinition'],
  requirement: equals('NetworkConfig.EnableNetworkIsolation', true),
};
