import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'two subnets': subject('AWS::SageMaker::EndpointConfig', {
      VpcConfig: { Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] },
    }),
  },
  nonCompliant: {
    'one subnet': subject('AWS::SageMaker::EndpointConfig', {
      VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    }),
  },
  notApplicable: {
    'the VPC of the model': subject('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [{ VariantName: 'Live', ModelName: 'churn', InstanceType: 'ml.m5.large' }],
    }),
  },
};
