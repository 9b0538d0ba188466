import { Resource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleReference } from './role-reference';

/** Gives a principal the rights of some statements: an imported role in a managed policy below `scope`. */
export function grantStatements(
  scope: Construct,
  grantee: iam.IGrantable,
  statements: iam.PolicyStatement[],
): iam.Grant {
  const principal = grantee.grantPrincipal;
  const receiver = isImportedRole(principal) ? referenceBelow(scope, principal) : grantee;
  return statements
    .map(({ actions, resources, conditions }) =>
      iam.Grant.addToPrincipal({ grantee: receiver, actions, resourceArns: resources, conditions }),
    )
    .reduce((all, grant) => all.combine(grant));
}

function referenceBelow(scope: Construct, role: iam.IRole): RoleReference {
  const id = `Role-${role.node.addr}`;
  return (scope.node.tryFindChild(id) as RoleReference | undefined) ?? new RoleReference(scope, id, role);
}

/**
 * Whether a role was imported as immutable, or lives in another account, and is to be left alone. CDK does not say so,
 * but wraps such a role and keeps the one inside beside it under a known id.
 */
export function isImmutable(role: iam.IRole): boolean {
  const { id, scope } = role.node;
  const inside = [`MutableRole${id}`, id.replace(/^ImmutableRole/, '')];
  return inside.some((sibling) => sibling !== id && scope?.node.tryFindChild(sibling) !== undefined);
}

function isImportedRole(principal: iam.IPrincipal): principal is iam.IRole {
  return (
    Construct.isConstruct(principal) &&
    'roleName' in principal &&
    !(principal instanceof RoleReference) &&
    !Resource.isOwnedResource(principal) &&
    !isImmutable(principal as iam.IRole)
  );
}
