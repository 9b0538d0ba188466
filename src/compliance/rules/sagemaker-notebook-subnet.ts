import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { present } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-subnet',
  controls: ['SageMaker.2', 'sagemaker-notebook-instance-inside-vpc', 'CT.SAGEMAKER.PR.2'],
  title: 'Notebooks stand in a VPC',
  severity: 'HIGH',
  remedy: 'Set SubnetId and SecurityGroupIds',
  link: securityHub('SageMaker.2'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: present('SubnetId'),
};
