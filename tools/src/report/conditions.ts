import { isMap, listed } from 'cdk-ml-infra/lib/private/template';

/** Conditions of a statement in words: one sentence part for each, in the order of the template. */
export function conditionsOf(condition: unknown, text: (value: unknown) => string): string[] {
  return Object.entries(isMap(condition) ? condition : {}).flatMap(([operator, keys]) =>
    Object.entries(isMap(keys) ? keys : {}).map(([key, value]) => inWords(operator, key, listed(value).map(text))),
  );
}

function inWords(operator: string, key: string, values: readonly string[]): string {
  const [, each = '', plain] = /^(ForAllValues:|ForAnyValue:)?(.*?)(?:IfExists)?$/.exec(operator) ?? [];
  const relation = RELATIONS[plain];
  if (plain === 'Null') {
    return `the ${subject(key)} is ${values[0] === 'true' ? 'absent' : 'given'}`;
  }
  if (plain === 'Bool') {
    return BOOLEANS[`${key}=${values[0]}`] ?? `the ${subject(key)} is ${values.join(' or ')}`;
  }
  if (relation === undefined) {
    return `${operator} ${key}: ${values.join(', ')}`;
  }
  const absent = operator.endsWith('IfExists') ? ', if there is one' : '';
  return `${ARTICLES[each]} ${subject(key)} ${relation} ${values.join(' or ')}${absent}`;
}

const ARTICLES: { [prefix: string]: string } = { '': 'the', 'ForAllValues:': 'every', 'ForAnyValue:': 'a' };

const RELATIONS: { [operator: string]: string } = {
  StringEquals: 'is',
  StringEqualsIgnoreCase: 'is',
  StringLike: 'is',
  ArnEquals: 'is',
  ArnLike: 'is',
  StringNotEquals: 'is not',
  StringNotEqualsIgnoreCase: 'is not',
  StringNotLike: 'is not',
  ArnNotEquals: 'is not',
  ArnNotLike: 'is not',
  IpAddress: 'is in',
  NotIpAddress: 'is not in',
  NumericLessThan: 'is less than',
  NumericLessThanEquals: 'is at most',
  NumericGreaterThan: 'is more than',
  NumericGreaterThanEquals: 'is at least',
};

const BOOLEANS: { [condition: string]: string } = {
  'aws:SecureTransport=false': 'the request comes without TLS',
  'aws:SecureTransport=true': 'the request comes with TLS',
  'kms:GrantIsForAWSResource=true': 'it is for an AWS service',
  'aws:ViaAWSService=true': 'an AWS service asks on its behalf',
  'aws:ViaAWSService=false': 'no AWS service asks on its behalf',
};

const SUBJECTS: { [key: string]: string } = {
  's3:prefix': 'prefix',
  'kms:ViaService': 'service that asks',
  'iam:PassedToService': 'service that gets the role',
  'aws:SourceVpce': 'VPC endpoint',
  'aws:SourceVpc': 'VPC',
  'aws:SourceAccount': 'account',
  'aws:PrincipalAccount': 'account of the caller',
  'aws:ResourceAccount': 'account of the resource',
  'cloudwatch:namespace': 'namespace',
  'sagemaker:VpcSubnets': 'subnet',
  'sagemaker:VpcSecurityGroupIds': 'security group',
  'sagemaker:TaggingAction': 'action that sets the tags',
};

function subject(key: string): string {
  const [, of, name] = /^aws:(ResourceTag|RequestTag|PrincipalTag)\/(.+)$/.exec(key) ?? [];
  if (of === undefined) {
    return SUBJECTS[key] ?? key;
  }
  return of === 'RequestTag' ? `new tag ${name}` : `tag ${name}${of === 'PrincipalTag' ? ' of the caller' : ''}`;
}
