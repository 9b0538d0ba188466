import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    encrypted: subject('AWS::SageMaker::ModelExplainabilityJobDefinition', {
      NetworkConfig: { EnableInterContainerTrafficEncryption: true },
    }),
  },
  nonCompliant: {
    'not encrypted': subject('AWS::SageMaker::ModelExplainabilityJobDefinition', {
      NetworkConfig: { EnableInterContainerTrafficEncryption: false },
    }),
    'what AWS does by default': subject('AWS::SageMaker::ModelExplainabilityJobDefinition', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
