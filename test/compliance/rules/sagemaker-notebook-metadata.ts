import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    '2': subject('AWS::SageMaker::NotebookInstance', {
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    }),
    '2 as a number': subject('AWS::SageMaker::NotebookInstance', {
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: 2 },
    }),
  },
  nonCompliant: {
    '1': subject('AWS::SageMaker::NotebookInstance', {
      InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '1' },
    }),
    nothing: subject('AWS::SageMaker::NotebookInstance', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
