import { CodeRule } from '../compliance-rule';
import { sagemakerGuide } from '../control-pages';
import { allows, statementsOf } from '../policy-statements';

const SOURCE = /^aws:(sourceaccount|sourcearn|sourceorgid|sourceorgpaths)$/;

export const rule: CodeRule = {
  id: 'iam-sagemaker-trust-source',
  controls: [],
  title: 'SageMaker assumes roles for the own account alone',
  severity: 'MEDIUM',
  remedy: 'Add a condition on aws:SourceAccount to the statement of the trust policy that names SageMaker',
  link: sagemakerGuide('security-confused-deputy-prevention'),
  resourceTypes: ['AWS::IAM::Role'],
  inspect: ({ properties }) => {
    const place = 'Properties.AssumeRolePolicyDocument';
    const trusting = statementsOf(properties.AssumeRolePolicyDocument, place).filter(
      (statement) =>
        allows(statement, 'sts:AssumeRole') &&
        statement.principals.some(({ kind, name }) => kind === 'Service' && name.startsWith('sagemaker.')),
    );
    return trusting.length === 0
      ? undefined
      : trusting
          .filter(({ conditions }) => !conditions.some(({ key, operator }) => SOURCE.test(key) && isStrict(operator)))
          .map((statement) => ({
            location: `${statement.place}.Condition`,
            text: `${statement.place}.Condition must compare aws:SourceAccount with the own account`,
          }));
  },
};

/** Whether an operator refuses a request that lacks the key or has another value. */
function isStrict(operator: string): boolean {
  return /^(StringEquals|StringLike|ArnEquals|ArnLike)/.test(operator) && !operator.endsWith('IfExists');
}
