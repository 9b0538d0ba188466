import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { sagemakerOfThisAccount, TRUST_SAGEMAKER } from '../../src/access';

describe('trust policy', () => {
  const statement = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'sagemaker.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  };

  test('trusts SageMaker, on behalf of this account alone', () => {
    const stack = new Stack();

    new iam.Role(stack, 'Role', { assumedBy: sagemakerOfThisAccount() });

    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [statement] },
    });
  });

  test('says the same as a document', () => {
    expect(new Stack().resolve(TRUST_SAGEMAKER)).toEqual({ Version: '2012-10-17', Statement: [statement] });
  });
});
