import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    encrypted: subject('AWS::SageMaker::ModelBiasJobDefinition', {
      JobResources: { ClusterConfig: { InstanceCount: 2 } },
      NetworkConfig: { EnableInterContainerTrafficEncryption: true },
    }),
  },
  nonCompliant: {
    'not encrypted': subject('AWS::SageMaker::ModelBiasJobDefinition', {
      JobResources: { ClusterConfig: { InstanceCount: 2 } },
      NetworkConfig: { EnableInterContainerTrafficEncryption: false },
    }),
    'what AWS does by default': subject('AWS::SageMaker::ModelBiasJobDefinition', {
      JobResources: { ClusterConfig: { InstanceCount: 2 } },
    }),
  },
  notApplicable: {
    'one instance, which sends nothing': subject('AWS::SageMaker::ModelBiasJobDefinition', {
      JobResources: { ClusterConfig: { InstanceCount: 1 } },
    }),
  },
};
