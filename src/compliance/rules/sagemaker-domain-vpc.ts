import { DataRule } from '../compliance-rule';
import { configRule } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-domain-vpc',
  controls: ['sagemaker-domain-in-vpc'],
  title: 'Studio reaches nothing but its VPC',
  severity: 'HIGH',
  remedy: 'Set AppNetworkAccessType to VpcOnly',
  link: configRule('sagemaker-domain-in-vpc'),
  resourceTypes: ['AWS::SageMaker::Domain'],
  requirement: equals('AppNetworkAccessType', 'VpcOnly'),
};
