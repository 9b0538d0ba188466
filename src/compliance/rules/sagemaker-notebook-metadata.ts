import { DataRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { equals } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-notebook-metadata',
  controls: ['CKV_AWS_371'],
  title: 'Notebooks answer for their role through IMDSv2 alone',
  severity: 'MEDIUM',
  remedy: 'Set MinimumInstanceMetadataServiceVersion to 2',
  link: sagemakerGuide('nbi-imds'),
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  requirement: equals('InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion', '2'),
};
