import { Aws } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

const ONLY_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };

/**
 * SageMaker, on behalf of resources in this account and of no other.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function sagemakerOfThisAccount(): iam.ServicePrincipal {
  return new iam.ServicePrincipal('sagemaker.amazonaws.com', { conditions: ONLY_THIS_ACCOUNT });
}

/** The same as a document. One constant for all roles: a principal per role is what makes large apps slow. */
export const TRUST_SAGEMAKER = trusting('sagemaker.amazonaws.com');

/** Pipelines of SageMaker, and state machines of Step Functions. */
export const TRUST_PIPELINES = trusting(['sagemaker.amazonaws.com', 'states.amazonaws.com']);

/** A document by which services take a role on behalf of resources in this account and of no other. */
function trusting(services: string | string[]) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: services },
        Condition: ONLY_THIS_ACCOUNT,
      },
    ],
  };
}
