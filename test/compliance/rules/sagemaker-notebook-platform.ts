import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'Amazon Linux 2023': subject('AWS::SageMaker::NotebookInstance', { PlatformIdentifier: 'notebook-al2023-v1' }),
  },
  nonCompliant: {
    'Amazon Linux 2': subject('AWS::SageMaker::NotebookInstance', { PlatformIdentifier: 'notebook-al2-v3' }),
    'what AWS does by default': subject('AWS::SageMaker::NotebookInstance', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
