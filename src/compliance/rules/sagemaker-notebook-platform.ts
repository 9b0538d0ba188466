import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-platform',
  controls: ['SageMaker.8', 'sagemaker-notebook-instance-platform-version'],
  title: 'Notebooks run a platform that AWS supports',
  severity: 'MEDIUM',
  remedy: 'Set PlatformIdentifier to notebook-al2023-v1',
  link: securityHub('SageMaker.8'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: equals('PlatformIdentifier', 'notebook-al2023-v1'),
};
