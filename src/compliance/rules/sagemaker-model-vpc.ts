import { DataRule } from '../compliance-rule';
import { configRule } from '../control-pages';
import { items } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-model-vpc',
  controls: ['sagemaker-model-in-vpc'],
  title: 'Models stand in two subnets of a VPC',
  severity: 'MEDIUM',
  remedy: 'Set VpcConfig with subnets in two zones',
  link: configRule('sagemaker-model-in-vpc'),
  resourceTypes: ['AWS::SageMaker::Model'],
  requirement: items('VpcConfig.Subnets', 2),
};
