import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
      ProductionVariants: [{ VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large' }],
    }),
  },
  nonCompliant: {
    'no key': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [{ VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large' }],
    }),
    'no key, one variant of two with local storage': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.g5.xlarge' },
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.c5.xlarge' },
      ],
    }),
  },
  notApplicable: {
    'instances with local storage, which encrypt it themselves': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.g5.xlarge' },
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5d.xlarge' },
      ],
    }),
    'serverless variants': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } },
      ],
    }),
  },
};
