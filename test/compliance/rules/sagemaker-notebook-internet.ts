import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    disabled: subject('AWS::SageMaker::NotebookInstance', { DirectInternetAccess: 'Disabled' }),
  },
  nonCompliant: {
    enabled: subject('AWS::SageMaker::NotebookInstance', { DirectInternetAccess: 'Enabled' }),
    'what AWS does by default': subject('AWS::SageMaker::NotebookInstance', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
