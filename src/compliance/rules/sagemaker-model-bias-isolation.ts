import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-bias-isolation',
  controls: ['SageMaker.12'],
  title: 'Containers of bias jobs have no network',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation',
  link: securityHub('SageMaker.12'),
  resourceTypes: ['AWS::SageMaker::ModelBiasJobDefinition'],
  requirement: equals('NetworkConfig.EnableNetworkIsolation', true),
};
