import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'both keys': subject('AWS::SageMaker::ProcessingJob', {
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
      ProcessingOutputConfig: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, Outputs: [] },
    }),
    'no output': subject('AWS::SageMaker::ProcessingJob', {
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    }),
  },
  nonCompliant: {
    'no key for the volume': subject('AWS::SageMaker::ProcessingJob', {
      ProcessingResources: { ClusterConfig: { InstanceCount: 1 } },
    }),
    'no key for the output': subject('AWS::SageMaker::ProcessingJob', {
      ProcessingResources: { ClusterConfig: { InstanceCount: 1, VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
      ProcessingOutputConfig: { Outputs: [] },
    }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
