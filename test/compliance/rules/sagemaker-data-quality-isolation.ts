import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    isolated: subject('AWS::SageMaker::DataQualityJobDefinition', { NetworkConfig: { EnableNetworkIsolation: true } }),
  },
  nonCompliant: {
    'not isolated': subject('AWS::SageMaker::DataQualityJobDefinition', {
      NetworkConfig: { EnableNetworkIsolation: 'false' },
    }),
    'what AWS does by default': subject('AWS::SageMaker::DataQualityJobDefinition', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
