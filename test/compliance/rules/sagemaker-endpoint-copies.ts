import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'two copies': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 2 },
      ],
    }),
    'a serverless variant beside': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } },
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 3 },
      ],
    }),
  },
  nonCompliant: {
    'one copy': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large', InitialInstanceCount: 1 },
      ],
    }),
    'one copy in the second variant': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', InitialInstanceCount: 2 },
        { VariantName: 'Live', ModelName: 'churn', InitialInstanceCount: 1 },
      ],
    }),
    'no count': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [{ VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large' }],
    }),
  },
  notApplicable: {
    'serverless variants': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        { VariantName: 'Live', ModelName: 'churn', ServerlessConfig: { MemorySizeInMB: 1024, MaxConcurrency: 1 } },
      ],
    }),
  },
  beyondGuard: {
    compliant: {
      'two copies, as a text': subject('AWS::SageMaker::EndpointConfig', {
        ProductionVariants: [{ VariantName: 'Live', InitialInstanceCount: '2' }],
      }),
    },
  },
};
