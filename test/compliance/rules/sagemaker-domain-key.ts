import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::Domain', { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
  },
  nonCompliant: {
    'a key that AWS manages': subject('AWS::SageMaker::Domain', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
