import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { absent, atLeast, each, some, when } from '../requirement';

export const rule: DataRule = {
  id: 'sagemaker-endpoint-copies',
  controls: ['SageMaker.4'],
  title: 'Endpoints run more than one instance',
  severity: 'MEDIUM',
  remedy: 'Set InitialInstanceCount of each variant to 2 or more',
  link: securityHub('SageMaker.4'),
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  appliesWhen: some('ProductionVariants', absent('ServerlessConfig')),
  requirement: each('ProductionVariants', when(absent('ServerlessConfig'), atLeast('InitialInstanceCount', 2))),
};
