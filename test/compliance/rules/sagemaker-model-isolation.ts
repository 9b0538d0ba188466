import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    isolated: subject('AWS::SageMaker::Model', { EnableNetworkIsolation: true }),
    'isolated, as a text': subject('AWS::SageMaker::Model', { EnableNetworkIsolation: 'true' }),
  },
  nonCompliant: {
    'not isolated': subject('AWS::SageMaker::Model', { EnableNetworkIsolation: false }),
    'what AWS does by default': subject('AWS::SageMaker::Model', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
