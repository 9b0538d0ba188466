import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::InferenceExperiment', { KmsKey: 'arn:aws:kms:eu-central-1:111111111111:key/1' }),
  },
  nonCompliant: {
    'a key that AWS manages': subject('AWS::SageMaker::InferenceExperiment', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
