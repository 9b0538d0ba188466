import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'inside the VPC': subject('AWS::SageMaker::Model', {
      Containers: [{ ImageConfig: { RepositoryAccessMode: 'Vpc' } }, { ImageConfig: { RepositoryAccessMode: 'Vpc' } }],
    }),
  },
  nonCompliant: {
    'Amazon ECR by name': subject('AWS::SageMaker::Model', {
      Containers: [{ ImageConfig: { RepositoryAccessMode: 'Platform' } }],
    }),
    'one from Amazon ECR': subject('AWS::SageMaker::Model', {
      Containers: [{ ImageConfig: { RepositoryAccessMode: 'Vpc' } }, { Image: 'churn' }],
    }),
  },
  notApplicable: {
    'one container': subject('AWS::SageMaker::Model', { PrimaryContainer: { Image: 'churn' } }),
  },
};
