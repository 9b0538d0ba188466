import { allow, managedPolicy, role } from '../policy-cases';
import { RuleCases, subject } from '../rule-cases';

const ROLE = { 'Fn::GetAtt': ['Jobs', 'Arn'] };
const TO_SAGEMAKER = { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } };
const inline = (...Statement: unknown[]) => ({ Policies: [{ PolicyName: 'pass', PolicyDocument: { Statement } }] });

export const cases: RuleCases = {
  compliant: {
    'one role to one service': managedPolicy(allow('iam:PassRole', ROLE, TO_SAGEMAKER)),
    'the roles below a path': managedPolicy(
      allow(['iam:GetRole', 'iam:PassRole'], 'arn:aws:iam::111111111111:role/ml/*', TO_SAGEMAKER),
    ),
    'inline, with the key in other letters': role(
      'lambda.amazonaws.com',
      inline(allow('iam:passrole', ROLE, { StringLike: { 'iam:passedtoservice': 'sagemaker.*' } })),
    ),
  },
  nonCompliant: {
    'every role': managedPolicy(allow('iam:PassRole', '*', TO_SAGEMAKER)),
    'every role of the account': managedPolicy(
      allow('iam:PassRole', { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/*' }, TO_SAGEMAKER),
    ),
    'every role, in more letters': managedPolicy(allow('iam:PassRole', 'arn:aws:iam::*:role**', TO_SAGEMAKER)),
    'everything of IAM in an account': managedPolicy(
      allow('iam:PassRole', 'arn:aws:iam::111111111111:*', TO_SAGEMAKER),
    ),
    'one role, to a service of any name': managedPolicy(
      allow('iam:PassRole', ROLE, { StringLike: { 'iam:PassedToService': '*' } }),
    ),
    'every role but some': managedPolicy({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      NotResource: 'arn:aws:iam::111111111111:role/admin',
      Condition: TO_SAGEMAKER,
    }),
    'one role to every service': managedPolicy(allow('iam:PassRole', ROLE)),
    'one role, if a service is named at all': managedPolicy(
      allow('iam:PassRole', ROLE, { StringEqualsIfExists: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }),
    ),
    'all of IAM': managedPolicy(allow('iam:*', '*')),
    'all but something else': managedPolicy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
    'an inline policy with one statement': role('lambda.amazonaws.com', inline(allow('iam:Pass*', ROLE))),
    'the policy of a group': subject('AWS::IAM::Group', inline(allow('iam:PassRole', '*', TO_SAGEMAKER))),
  },
  notApplicable: {
    'nothing to pass': managedPolicy(allow('s3:GetObject', '*')),
    'a Deny': managedPolicy({ Effect: 'Deny', Action: 'iam:PassRole', Resource: '*' }),
    'all but IAM': managedPolicy({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }),
  },
};
