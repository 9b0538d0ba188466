import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::DataQualityJobDefinition', {
      JobResources: { ClusterConfig: { VolumeKmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    }),
  },
  nonCompliant: {
    'a key that AWS manages': subject('AWS::SageMaker::DataQualityJobDefinition', {
      JobResources: { ClusterConfig: { InstanceCount: 1 } },
    }),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
