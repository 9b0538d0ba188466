import { Annotations, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { fail } from './checks';
import { reliesOn } from './references';
import { RoleReference } from './role-reference';

/**
 * Gives a principal the rights of some statements: a role of another stack, or an imported one, in a managed policy of
 * the stack of `scope`. Rights that cannot be given are refused, or warned about where the app asked for it.
 *
 * Rights on a base go where the role is defined, if that is in the app: such a stack depends on the base as a rule, and
 * the base cannot depend on it, too. Where something was handed to the base from there it is the other way round.
 */
export function grantStatements(
  scope: Construct,
  grantee: iam.IGrantable,
  statements: iam.PolicyStatement[],
  on: 'a base' | 'what uses a base' = 'what uses a base',
): iam.Grant {
  const place = (role: iam.IRole) =>
    on === 'a base' && mayRelyOn(scope, role) ? (role as iam.IRole & Construct) : scope;
  const principal = grantee.grantPrincipal;
  if (isRole(principal) && isImmutable(principal)) {
    warnOfMissingRights(scope, principal, statements);
  }
  const receiver = isForeignRole(scope, principal) ? RoleReference.inStackOf(place(principal), principal) : grantee;
  const grant = statements
    .map(({ actions, resources, conditions }) =>
      iam.Grant.addToPrincipal({ grantee: receiver, actions, resourceArns: resources, conditions }),
    )
    .reduce((all, one) => all.combine(one));
  if (!grant.success && !(isRole(principal) && isImmutable(principal))) {
    fail(scope, 'grantee', 'a role, user or group, which can be given rights', principal.toString());
  }
  return grant;
}

/** Says which rights a role has to be given by hand, because it was imported as one to leave alone. */
export function warnOfMissingRights(scope: Construct, role: iam.IRole, statements: iam.PolicyStatement[]): void {
  const actions = statements.flatMap((statement) => statement.actions).join(', ');
  Annotations.of(scope).addWarningV2(
    'cdk-ml-infra:rightsNotGiven',
    `${scope.node.path}: the role ${role.node.path} is imported as immutable, or from another account, and is left alone; give it ${actions} by hand`,
  );
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

function isRole(principal: iam.IPrincipal): principal is iam.IRole {
  return Construct.isConstruct(principal) && 'roleName' in principal;
}

/** Whether CDK would write an inline policy beside the role: on an import, or in a stack that must not know this one. */
function isForeignRole(scope: Construct, principal: iam.IPrincipal): principal is iam.IRole {
  return (
    isRole(principal) &&
    !(principal instanceof RoleReference) &&
    !isImmutable(principal) &&
    (!isDefinedHere(principal) || Stack.of(principal) !== Stack.of(scope))
  );
}

function mayRelyOn(scope: Construct, role: iam.IRole): boolean {
  return isDefinedHere(role) && !reliesOn(Stack.of(scope), Stack.of(role));
}

function isDefinedHere(role: iam.IRole): boolean {
  return Resource.isOwnedResource(role) || role instanceof iam.LazyRole;
}
