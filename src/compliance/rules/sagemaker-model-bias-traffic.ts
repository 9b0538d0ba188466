import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { atLeast, equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-bias-traffic',
  controls: ['SageMaker.15', 'sagemaker-model-bias-job-encrypt-in-transit'],
  title: 'Containers of bias jobs encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption',
  link: securityHub('SageMaker.15'),
  resourceTypes: ['AWS::SageMaker::ModelBiasJobDefinition'],
  appliesWhen: atLeast('JobResources.ClusterConfig.InstanceCount', 2),
  requirement: equals('NetworkConfig.EnableInterContainerTrafficEncryption', true),
};
