import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { items, present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-endpoint-subnets',
  controls: [],
  title: 'Endpoints that stand in a VPC have two subnets',
  severity: 'MEDIUM',
  remedy: 'Set VpcConfig.Subnets to subnets in two zones',
  link: sagemakerGuide('host-vpc'),
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  appliesWhen: present('VpcConfig'),
  requirement: items('VpcConfig.Subnets', 2),
};
