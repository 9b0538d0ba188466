import { allow, managedPolicy } from '../policy-cases';
import { RuleCases } from '../rule-cases';

const KEY = 'arn:aws:kms:eu-central-1:111111111111:key/1';

export const cases: RuleCases = {
  compliant: {
    'the names of now': managedPolicy(
      allow('sagemaker:CreateTrainingJob', '*', {
        StringEquals: { 'sagemaker:VolumeKmsKeyArn': KEY, 'sagemaker:OutputKmsKeyArn': KEY },
      }),
    ),
  },
  nonCompliant: {
    'an Allow that allows nothing': managedPolicy(
      allow('sagemaker:CreateTrainingJob', '*', { StringEquals: { 'sagemaker:VolumeKmsKey': KEY } }),
    ),
    'a Deny that denies nothing': managedPolicy({
      Effect: 'Deny',
      Action: 'sagemaker:CreateFeatureGroup',
      Resource: '*',
      Condition: { Null: { 'sagemaker:featureGroupOnlineStoreKmsKey': 'true' } },
    }),
  },
  notApplicable: {
    'no condition': managedPolicy(allow('sagemaker:CreateTrainingJob', '*')),
    'a key of another service': managedPolicy(
      allow('s3:PutObject', '*', { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } }),
    ),
  },
};
