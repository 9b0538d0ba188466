import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-root',
  controls: ['SageMaker.3', 'CT.SAGEMAKER.PR.3'],
  title: 'Users of notebooks are not root',
  severity: 'HIGH',
  remedy: 'Set RootAccess to Disabled; lifecycle scripts run as root all the same',
  link: securityHub('SageMaker.3'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: equals('RootAccess', 'Disabled'),
};
