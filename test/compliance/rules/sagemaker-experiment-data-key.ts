import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::InferenceExperiment', {
      DataStorageConfig: { Destination: 's3://captured', KmsKey: 'arn:aws:kms:eu-central-1:111111111111:key/1' },
    }),
  },
  nonCompliant: {
    'the key of the bucket': subject('AWS::SageMaker::InferenceExperiment', {
      DataStorageConfig: { Destination: 's3://captured' },
    }),
  },
  notApplicable: {
    'nothing captured': subject('AWS::SageMaker::InferenceExperiment', {
      KmsKey: 'arn:aws:kms:eu-central-1:111111111111:key/1',
    }),
  },
};
