import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-isolation',
  controls: ['SageMaker.5', 'CKV_AWS_370'],
  title: 'Containers of models have no network',
  severity: 'MEDIUM',
  remedy: 'Set EnableNetworkIsolation; a model that calls AWS cannot have it, and acknowledges the rule',
  link: securityHub('SageMaker.5'),
  resourceTypes: ['AWS::SageMaker::Model'],
  requirement: equals('EnableNetworkIsolation', true),
};
