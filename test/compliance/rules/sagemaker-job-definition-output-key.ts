import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::DataQualityJobDefinition', {
      DataQualityJobOutputConfig: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
    }),
    'a key of explainability jobs': subject('AWS::SageMaker::ModelExplainabilityJobDefinition', {
      ModelExplainabilityJobOutputConfig: { KmsKeyId: 'arn:aws:kms:eu-central-1:111111111111:key/1' },
    }),
    'a key of model quality jobs': subject('AWS::SageMaker::ModelQualityJobDefinition', {
      ModelQualityJobOutputConfig: { KmsKeyId: 'arn:aws:kms:eu-central-1:111111111111:key/1' },
    }),
    'a key of bias jobs': subject('AWS::SageMaker::ModelBiasJobDefinition', {
      ModelBiasJobOutputConfig: { KmsKeyId: 'arn:aws:kms:eu-central-1:111111111111:key/1' },
    }),
  },
  nonCompliant: {
    'the key of the bucket': subject('AWS::SageMaker::DataQualityJobDefinition', {
      DataQualityJobOutputConfig: { MonitoringOutputs: [] },
    }),
    'the key of the bucket, for model quality': subject('AWS::SageMaker::ModelQualityJobDefinition', {
      ModelQualityJobOutputConfig: { MonitoringOutputs: [] },
    }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
