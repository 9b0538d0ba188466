import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-data-quality-traffic',
  controls: ['SageMaker.9', 'CKV_AWS_369'],
  title: 'Containers of data quality jobs encrypt what they send each other',
  severity: 'MEDIUM',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption',
  link: securityHub('SageMaker.9'),
  resourceTypes: ['AWS::SageMaker::DataQualityJobDefinition'],
  requirement: equals('NetworkConfig.EnableInterContainerTrafficEncryption', true),
};
