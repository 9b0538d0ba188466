import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key': subject('AWS::Glue::MLTransform', {
      TransformEncryption: {
        MLUserDataEncryption: { MLUserDataEncryptionMode: 'SSE-KMS', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    }),
  },
  nonCompliant: {
    'a key without its use': subject('AWS::Glue::MLTransform', {
      TransformEncryption: {
        MLUserDataEncryption: { MLUserDataEncryptionMode: 'DISABLED', KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
      },
    }),
    'no key': subject('AWS::Glue::MLTransform', {
      TransformEncryption: { MLUserDataEncryption: { MLUserDataEncryptionMode: 'SSE-KMS' } },
    }),
    'no encryption': subject('AWS::Glue::MLTransform', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
};
