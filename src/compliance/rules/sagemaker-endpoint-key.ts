import { DataRule } from '../compliance-rule';
import { configRule } from '../control-pages';
import { present, some, unlike } from '../requirement';

/**
 * Instance types with local storage, which is encrypted in hardware: SageMaker refuses a key for them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
 */
const LOCAL_STORAGE = '^ml[.]([a-z]+[0-9]+[a-z]*d[a-z]*|g4dn|g5|g6|g6e|p4d|p4de|p5|p5e|p5en|trn1|trn1n|trn2)[.]';

export const rule: DataRule = {
  id: 'sagemaker-endpoint-key',
  controls: ['sagemaker-endpoint-configuration-kms-key-configured'],
  title: 'Volumes of endpoints are encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set KmsKeyId',
  link: configRule('sagemaker-endpoint-configuration-kms-key-configured'),
  resourceTypes: ['AWS::SageMaker::EndpointConfig'],
  appliesWhen: some('ProductionVariants', unlike('InstanceType', LOCAL_STORAGE)),
  requirement: present('KmsKeyId'),
};
