import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'a key of the stack': subject('AWS::SageMaker::NotebookInstance', { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }),
  },
  nonCompliant: {
    'a key that AWS manages': subject('AWS::SageMaker::NotebookInstance', {}),
  },
  notApplicable: {
    'another type': subject('AWS::S3::Bucket', {}),
  },
  beyondGuard: {
    nonCompliant: {
      'no key on one branch': subject(
        'AWS::SageMaker::NotebookInstance',
        { KmsKeyId: { 'Fn::If': ['HasKey', { Ref: 'Key' }, { Ref: 'AWS::NoValue' }] } },
        {
          Parameters: { Key: { Type: 'String', Default: '' } },
          Conditions: { HasKey: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Key' }, ''] }] } },
        },
      ),
    },
  },
};
