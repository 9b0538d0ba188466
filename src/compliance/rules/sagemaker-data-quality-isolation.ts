import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-data-quality-isolation',
  controls: ['SageMaker.11'],
  title: 'Containers of data quality jobs have no network',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation',
  link: securityHub('SageMaker.11'),
  resourceTypes: ['AWS::SageMaker::DataQualityJobDefinition'],
  requirement: equals('NetworkConfig.EnableNetworkIsolation', true),
};
