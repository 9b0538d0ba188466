import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { atLeast, equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-processing-traffic',
  controls: [],
  title: 'Containers of processing jobs encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption',
  link: sagemakerGuide('train-encrypt'),
  resourceTypes: ['AWS::SageMaker::ProcessingJob'],
  appliesWhen: atLeast('ProcessingResources.ClusterConfig.InstanceCount', 2),
  requirement: equals('NetworkConfig.EnableInterContainerTrafficEncryption', true),
};
