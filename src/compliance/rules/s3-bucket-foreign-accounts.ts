import { CodeRule } from '../compliance-rule';
import { securityHub } from '../control-pages';
import { Principal, Statement, statementsOf } from '../policy-statements';

/** Keys that tie a request to an account, an organization, a network or a principal. */
const BINDING =
  /^aws:(principalaccount|principalarn|principalorgid|principalorgpaths|sourceaccount|sourcearn|sourceorgid|sourcevpc|sourcevpce|userid)$|^s3:(dataaccesspointaccount|dataaccesspointarn)$/;

export const rule: CodeRule = {
  id: 's3-bucket-foreign-accounts',
  controls: ['S3.6'],
  title: 'Bucket policies let no other account in',
  severity: 'HIGH',
  remedy:
    'Name principals of the own account, or acknowledge the rule on the bucket policy with the account and the reason',
  link: securityHub('S3.6'),
  resourceTypes: ['AWS::S3::BucketPolicy'],
  inspect: ({ properties }, { accountId }) =>
    statementsOf(properties.PolicyDocument)
      .filter(({ effect }) => effect === 'Allow')
      .flatMap((statement) =>
        statement.principals
          .filter((principal) => isForeign(principal, statement, accountId))
          .map(({ name }) => ({
            location: `${statement.place}.Principal`,
            text: `${statement.place}.Principal must be of the own account, got: ${name}`,
          })),
      ),
};

function isForeign({ kind, name }: Principal, statement: Statement, own: string | undefined): boolean {
  if (kind === 'CanonicalUser') {
    return !name.includes('${');
  }
  if (kind !== 'AWS') {
    return false;
  }
  if (name === '*') {
    return !statement.conditions.some(({ key, operator }) => BINDING.test(key) && !/Not|Null|IfExists/.test(operator));
  }
  const account = /^(\d{12})$|^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(name.replace('${AWS::Partition}', 'aws'));
  const given = account?.[1] ?? account?.[2];
  return given !== undefined && given !== own;
}
