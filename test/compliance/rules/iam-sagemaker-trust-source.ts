import { role, trust } from '../policy-cases';
import { RuleCases, subject } from '../rule-cases';

const OWN = { Ref: 'AWS::AccountId' };
const SAGEMAKER = 'sagemaker.amazonaws.com';

export const cases: RuleCases = {
  compliant: {
    'the own account': role(SAGEMAKER, {}, { StringEquals: { 'aws:SourceAccount': OWN } }),
    'the ARNs of the own account, in other letters': role(
      SAGEMAKER,
      {},
      { ArnLike: { 'AWS:sourceArn': { 'Fn::Sub': 'arn:aws:sagemaker:*:${AWS::AccountId}:*' } } },
    ),
  },
  nonCompliant: {
    everybody: role(SAGEMAKER),
    'one of several services': subject('AWS::IAM::Role', {
      AssumeRolePolicyDocument: trust(['lambda.amazonaws.com', SAGEMAKER]),
    }),
    'the own account, if one is named': role(SAGEMAKER, {}, { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }),
    'another condition': role(SAGEMAKER, {}, { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }),
    'a second statement': subject('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          ...(trust(SAGEMAKER, { StringEquals: { 'aws:SourceAccount': OWN } }).Statement as object[]),
          ...(trust(SAGEMAKER).Statement as object[]),
        ],
      },
    }),
  },
  notApplicable: {
    'another service': role('lambda.amazonaws.com'),
    'another account': subject('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: { Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 'sts:AssumeRole' },
      },
    }),
  },
};
