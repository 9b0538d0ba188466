import { DataRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { all, equals, present } from '../requirement';

export const rule: DataRule = {
  id: 'glue-transform-key',
  controls: ['Glue.3'],
  title: 'User data of Glue machine learning transforms is encrypted with a customer managed key',
  severity: 'MEDIUM',
  remedy: 'Set MLUserDataEncryptionMode to SSE-KMS, and KmsKeyId',
  link: securityHub('Glue.3'),
  resourceTypes: ['AWS::Glue::MLTransform'],
  requirement: all(
    equals('TransformEncryption.MLUserDataEncryption.MLUserDataEncryptionMode', 'SSE-KMS'),
    present('TransformEncryption.MLUserDataEncryption.KmsKeyId'),
  ),
};
