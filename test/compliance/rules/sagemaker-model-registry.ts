import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'inside the VPC': subject('AWS::SageMaker::Model', {
      PrimaryContainer: { Image: 'registry.internal/churn', ImageConfig: { RepositoryAccessMode: 'Vpc' } },
    }),
  },
  nonCompliant: {
    'Amazon ECR': subject('AWS::SageMaker::Model', {
      PrimaryContainer: { Image: 'churn', ImageConfig: { RepositoryAccessMode: 'Platform' } },
    }),
    'what AWS does by default': subject('AWS::SageMaker::Model', { PrimaryContainer: { Image: 'churn' } }),
  },
  notApplicable: {
    'several containers': subject('AWS::SageMaker::Model', { Containers: [{ Image: 'churn' }] }),
  },
};
