import { Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** The packs of cdk-nag, which name the same rule each by an id of its own. */
const PACKS = ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'];

/** Records why findings of policy checkers do not apply to a construct and what lies below it. */
export function acknowledge(scope: IConstruct, reasonByRule: { [rule: string]: string }): void {
  for (const [rule, reason] of Object.entries(reasonByRule)) {
    for (const pack of PACKS) {
      Validations.of(scope).acknowledge({ id: `${pack}-${rule}`, reason });
    }
  }
}

/**
 * Accepts the wildcards that a policy holds now, one finding at a time, because checkers know no wider form. The ids
 * are made from the resolved policy, so they hold whatever the construct ids, flags and region are.
 */
export function acknowledgeWildcards(policy: iam.ManagedPolicy, reason: string): void {
  const document: PolicyDocument = Stack.of(policy).resolve(policy.document.toJSON());
  const resources = document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Resource }) => Resource);
  for (const resource of new Set(resources.map(flatten))) {
    if (resource.includes('*')) {
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${resource}]`, reason });
    }
  }
}

interface PolicyDocument {
  readonly Statement: { readonly Effect: string; readonly Resource: unknown | unknown[] }[];
}

type Intrinsic = { [name: string]: unknown };

/** Writes a resolved ARN as one text, the way cdk-nag names it in a finding. */
function flatten(value: unknown): string {
  if (typeof value === 'string') {
    return value.replace(/\$\{/g, '<').replace(/\}/g, '>');
  }
  const intrinsic = value as Intrinsic;
  if ('Fn::Join' in intrinsic) {
    const [delimiter, parts] = intrinsic['Fn::Join'] as [string, unknown[]];
    return parts.map(flatten).join(delimiter);
  }
  if ('Fn::GetAtt' in intrinsic) {
    return `<${(intrinsic['Fn::GetAtt'] as string[]).join('.')}>`;
  }
  return 'Ref' in intrinsic ? `<${intrinsic.Ref}>` : JSON.stringify(intrinsic);
}
