import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a subnet': subject('AWS::SageMaker::NotebookInstance', { SubnetId: 'subnet-1' }),
    'a subnet of the stack': subject('AWS::SageMaker::NotebookInstance', { SubnetId: { Ref: 'Subnet' } }),
  },
  nonCompliant: {
    'no subnet': subject('AWS::SageMaker::NotebookInstance', {}),
    'an empty one': subject('AWS::SageMaker::NotebookInstance', { SubnetId: '' }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
