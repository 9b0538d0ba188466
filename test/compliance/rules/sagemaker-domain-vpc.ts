import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'the VPC alone': subject('AWS::SageMaker::Domain', { AppNetworkAccessType: 'VpcOnly' }),
  },
  nonCompliant: {
    'the internet': subject('AWS::SageMaker::Domain', { AppNetworkAccessType: 'PublicInternetOnly' }),
    'what AWS does by default': subject('AWS::SageMaker::Domain', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
