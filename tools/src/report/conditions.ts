import { isIntrinsic, isMap } from 'cdk-ml-infra/lib/private/template';
import { choicesOf, entriesOf, onlyWhen } from './choices';

/** Conditions of a statement in words: one sentence part for each, in the order of the template. */
export function conditionsOf(condition: unknown, text: (value: unknown) => string): string[] {
  return choicesOf(condition).flatMap(({ value, when }) => {
    if (value === undefined) {
      return when.length > 0 ? [`${when.join(' and ')}: always`] : [];
    }
    return blocks(value, when, text);
  });
}

type Text = (value: unknown) => string;

function blocks(block: unknown, when: readonly string[], text: Text): string[] {
  if (!isMap(block) || isIntrinsic(block)) {
    return [said(when, `could not be read: ${text(block)}`)];
  }
  return Object.entries(block).flatMap(([operator, keys]) =>
    choicesOf(keys, when).flatMap((choice) => keysOf(operator, choice.value, choice.when, text)),
  );
}

function keysOf(operator: string, keys: unknown, when: readonly string[], text: Text): string[] {
  if (keys === undefined) {
    return [];
  }
  if (!isMap(keys) || isIntrinsic(keys)) {
    return [said(when, `could not be read: ${operator} ${text(keys)}`)];
  }
  return Object.entries(keys).flatMap(([key, values]) =>
    choicesOf(values, when)
      .filter(({ value }) => value !== undefined)
      .map((choice) => {
        const all = entriesOf(choice.value).map((entry) => onlyWhen(text(entry.value), entry.when));
        return said(choice.when, inWords(operator, key, all));
      }),
  );
}

function said(when: readonly string[], words: string): string {
  return when.length > 0 ? `${when.join(' and ')}: ${words}` : words;
}

function inWords(operator: string, key: string, values: readonly string[]): string {
  const each = ['ForAllValues:', 'ForAnyValue:'].find((prefix) => operator.startsWith(prefix)) ?? '';
  const orAbsent = operator.endsWith('IfExists');
  const plain = operator.slice(each.length, orAbsent ? -'IfExists'.length : undefined);
  const any = values.join(' or ') || '(no value)';
  const absent = `${orAbsent ? ' or is absent' : ''}${each === 'ForAllValues:' ? ', or there is none' : ''}`;
  const the = `${ARTICLES.get(each)} ${subject(key)}`;
  const given = values.map((value) => PRESENCES.get(value));
  if (plain === 'Null' && given.length > 0 && given.every((presence) => presence !== undefined)) {
    return `${the} is ${given.join(' or ')}${absent}`;
  }
  if (plain === 'Bool') {
    const phrase = values.length === 1 && absent === '' ? BOOLEANS.get(`${key}=${values[0]}`) : undefined;
    return phrase ?? `${the} is ${any}${absent}`;
  }
  const relation = RELATIONS.get(plain);
  if (relation === undefined) {
    return `${operator} ${key}: ${values.join(', ')}`;
  }
  const literally = /^String(Not)?Equals/.test(plain) && /[*?]/.test(withoutVariables(any)) ? ' literally' : '';
  const anyCase = plain.endsWith('IgnoreCase') ? ' in any case of letters' : '';
  return `${the} ${relation}${literally} ${any}${anyCase}${absent}`;
}

/** `${*}` and `${?}` stand for the characters themselves. */
function withoutVariables(text: string): string {
  return text.replaceAll('${*}', '').replaceAll('${?}', '');
}

const ARTICLES = new Map([
  ['', 'the'],
  ['ForAllValues:', 'every'],
  ['ForAnyValue:', 'a'],
]);

const PRESENCES = new Map([
  ['true', 'absent'],
  ['false', 'given'],
]);

const RELATIONS = new Map([
  ['StringEquals', 'is'],
  ['StringEqualsIgnoreCase', 'is'],
  ['StringLike', 'is'],
  ['ArnEquals', 'is'],
  ['ArnLike', 'is'],
  ['StringNotEquals', 'is not'],
  ['StringNotEqualsIgnoreCase', 'is not'],
  ['StringNotLike', 'is not'],
  ['ArnNotEquals', 'is not'],
  ['ArnNotLike', 'is not'],
  ['IpAddress', 'is in'],
  ['NotIpAddress', 'is not in'],
  ['NumericLessThan', 'is less than'],
  ['NumericLessThanEquals', 'is at most'],
  ['NumericGreaterThan', 'is more than'],
  ['NumericGreaterThanEquals', 'is at least'],
]);

const BOOLEANS = new Map([
  ['aws:SecureTransport=false', 'the request comes without TLS'],
  ['aws:SecureTransport=true', 'the request comes with TLS'],
  ['kms:GrantIsForAWSResource=true', 'it is for an AWS service'],
  ['aws:ViaAWSService=true', 'an AWS service asks on its behalf'],
  ['aws:ViaAWSService=false', 'no AWS service asks on its behalf'],
]);

const SUBJECTS = new Map([
  ['s3:prefix', 'prefix'],
  ['kms:ViaService', 'service that asks'],
  ['iam:PassedToService', 'service that gets the role'],
  ['aws:SourceVpce', 'VPC endpoint'],
  ['aws:SourceVpc', 'VPC'],
  ['aws:SourceAccount', 'account'],
  ['aws:PrincipalAccount', 'account of the caller'],
  ['aws:ResourceAccount', 'account of the resource'],
  ['cloudwatch:namespace', 'namespace'],
  ['sagemaker:VpcSubnets', 'subnet'],
  ['sagemaker:VpcSecurityGroupIds', 'security group'],
  ['sagemaker:TaggingAction', 'action that sets the tags'],
]);

function subject(key: string): string {
  const [, of, name] = /^aws:(ResourceTag|RequestTag|PrincipalTag)\/(.+)$/s.exec(key) ?? [];
  if (of === undefined) {
    return SUBJECTS.get(key) ?? key;
  }
  return of === 'RequestTag' ? `new tag ${name}` : `tag ${name}${of === 'PrincipalTag' ? ' of the caller' : ''}`;
}
