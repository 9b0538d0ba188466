import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { RULES } from '../../src/compliance/rules';
import { verdicts } from '../../src/compliance/verdicts';
import type { RuleCases } from '../compliance/rule-cases';
import { nagRulesIn } from '../shared/findings';

type Resource = { Type: string; Properties?: { [name: string]: unknown } };
type Body = { readonly [section: string]: unknown; readonly Resources: { readonly [logicalId: string]: Resource } };

/** A template that a rule of our pack accepts or refuses, for other checkers to say the same or not. */
export interface Twin {
  readonly rule: string;
  readonly controls: readonly string[];

  /** Type of the resource that the rule is about. */
  readonly type: string;
  readonly isCompliant: boolean;
  readonly body: Body;
}

const ARN = 'arn:aws:kms:eu-central-1:111111111111:key/00000000-0000-0000-0000-000000000000';

/** What else a resource has, since some rules of others ask for several things at once. */
const SURROUNDINGS: { readonly [type: string]: { readonly [property: string]: unknown } } = {
  'AWS::SageMaker::NotebookInstance': {
    InstanceType: 'ml.t3.medium',
    RoleArn: 'arn:aws:iam::111111111111:role/alice',
    DirectInternetAccess: 'Disabled',
    InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: '2' },
    KmsKeyId: ARN,
    PlatformIdentifier: 'notebook-al2023-v1',
    RootAccess: 'Disabled',
    SecurityGroupIds: ['sg-0123456789abcdef0'],
    SubnetId: 'subnet-0123456789abcdef0',
  },
};

/** Types of what cases refer to without defining it, where a checker looks there. */
const TYPES: { readonly [logicalId: string]: string } = { Subnet: 'AWS::EC2::Subnet' };

/**
 * The cases of every rule of our pack as templates that other checkers can read, but for those that turn on parameters
 * and `Fn::If`, which most checkers take literally.
 */
export function twins(): Twin[] {
  return RULES.flatMap(({ id: rule, controls }) => {
    const { cases } = require(`../compliance/rules/${rule}`) as { cases: RuleCases };
    const bodies = (kind: 'compliant' | 'nonCompliant') => Object.values(cases[kind]).map(withValidIds);
    const all = [...bodies('compliant'), ...bodies('nonCompliant')];
    const said = new Set(all.flatMap(({ Resources }) => Object.keys(Resources.Subject?.Properties ?? {})));
    const twin = (isCompliant: boolean) => (body: Body) => ({
      rule,
      controls,
      type: body.Resources.Subject.Type,
      isCompliant,
      body: complete(body, said),
    });
    return [...bodies('compliant').map(twin(true)), ...bodies('nonCompliant').map(twin(false))];
  });
}

/** The rules of our pack that find something in a template. */
export function ownRulesOn(body: Body): string[] {
  return RULES.filter((rule) => verdicts(rule, body, '111111111111').some(({ findings }) => findings.length > 0)).map(
    ({ id }) => id,
  );
}

/** The rules of cdk-nag that find something in a template. */
export function nagRulesOn(body: Body): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'twin-'));
  try {
    const templateFile = join(folder, 'template.json');
    return nagRulesIn(included(body, templateFile)).map(({ ruleName }) => ruleName);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The core refuses a resource without what CloudFormation requires, and says what it is. */
function included(body: Body, templateFile: string): Stack {
  writeFileSync(templateFile, JSON.stringify(body));
  const stack = new Stack(new App(), 'Twin');
  try {
    new CfnInclude(stack, 'Template', { templateFile });
    return stack;
  } catch (error) {
    const missing = /\/([A-Za-z0-9]+) \[.*missing required property: (\w)(\w*)/.exec((error as Error).message);
    if (!missing) {
      throw error;
    }
    const [, logicalId, initial, others] = missing;
    const resource = body.Resources[logicalId];
    const Properties = { ...resource.Properties, [initial.toUpperCase() + others]: 'required' };
    const Resources = { ...body.Resources, [logicalId]: { ...resource, Properties } };
    return included({ ...body, Resources }, templateFile);
  }
}

/** Linters would see nothing but that the ids of the cases are too short. */
function withValidIds(body: unknown): Body {
  return JSON.parse(JSON.stringify(body).replace(/"(subnet|sg)-(\d)"/g, '"$1-0123456789abcdef$2"'));
}

function complete(body: Body, said: ReadonlySet<string>): Body {
  const surrounded = Object.entries(body.Resources).map(([logicalId, resource]) => {
    const unsaid = Object.entries(SURROUNDINGS[resource.Type] ?? {}).filter(([name]) => !said.has(name));
    return [logicalId, { ...resource, Properties: { ...Object.fromEntries(unsaid), ...resource.Properties } }];
  });
  const defined = new Set([...Object.keys(body.Resources), ...Object.keys(body.Parameters ?? {})]);
  const referred = namesIn(body).filter((name) => !name.startsWith('AWS::') && !defined.has(name));
  return { ...body, Resources: Object.fromEntries([...surrounded, ...referred.map((name) => [name, standIn(name)])]) };
}

/** A custom resource has any attribute, and no checker has a rule for it. */
function standIn(logicalId: string): Resource {
  const Properties = { ServiceToken: 'arn:aws:lambda:eu-central-1:111111111111:function:any' };
  return TYPES[logicalId]
    ? { Type: TYPES[logicalId], Properties: {} }
    : { Type: 'AWS::CloudFormation::CustomResource', Properties };
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
  const logicalId = Array.isArray(attribute) ? attribute[0] : String(attribute ?? '').split('.')[0];
  return [Ref, logicalId]
    .filter((name): name is string => typeof name === 'string' && name !== '')
    .concat(Object.values(value).flatMap(namesIn));
}
