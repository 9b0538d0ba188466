import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-internet',
  controls: ['SageMaker.1', 'sagemaker-notebook-no-direct-internet-access', 'CT.SAGEMAKER.PR.1'],
  title: 'Notebooks have no direct internet access',
  severity: 'HIGH',
  remedy: 'Set DirectInternetAccess to Disabled, and SubnetId',
  link: securityHub('SageMaker.1'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: equals('DirectInternetAccess', 'Disabled'),
};
