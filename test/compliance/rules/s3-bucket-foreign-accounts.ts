import { RuleCases, subject } from '../rule-cases';

const policy = (Principal: unknown, others: object = {}) =>
  subject('AWS::S3::BucketPolicy', {
    Bucket: { Ref: 'Bucket' },
    PolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal, ...others }],
    },
  });

export const cases: RuleCases = {
  compliant: {
    'a role of the stack': policy({ AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
    'the own account by reference': policy({ AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }),
    'the own account by number': policy({ AWS: 'arn:aws:iam::111111111111:root' }),
    'a service of AWS': policy({ Service: 'logging.s3.amazonaws.com' }),
    'everybody of the own organization': policy('*', {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } },
    }),
    'a Deny to everybody': policy({ AWS: '*' }, { Effect: 'Deny' }),
  },
  nonCompliant: {
    'another account by number': policy({ AWS: '222222222222' }),
    'another account by ARN': policy({
      AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::222222222222:role/reader'],
    }),
    'another account in the partition of the stack': policy({
      AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:root']] },
    }),
    everybody: policy('*'),
    'everybody as a principal of AWS': policy({ AWS: '*' }),
    'everybody but one account': policy('*', {
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': '222222222222' } },
    }),
    'everybody who uses TLS': policy('*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
    'everybody but a principal': policy(undefined, { NotPrincipal: { AWS: '222222222222' } }),
    'a canonical user': policy({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }),
  },
  notApplicable: {
    'a bucket': subject('AWS::S3::Bucket', {}),
  },
};
