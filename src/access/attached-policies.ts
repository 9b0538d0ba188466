import * as iam from 'aws-cdk-lib/aws-iam';
import { RoleReference } from '../private/role-reference';
import { fitsPolicy } from './policy-size';

/** Managed policies that IAM attaches to a role by default. */
export const MOST_POLICIES = 10;

const ATTACHED = new WeakMap<iam.IRole, AttachedPolicies>();

/**
 * What an app attaches to a role that many notebooks share and no owner has: the role of the team, or one that was
 * brought along. Counted over all stacks of the app, since IAM counts so.
 */
export class AttachedPolicies {
  /** What is attached to a role. */
  public static of(role: iam.IRole): AttachedPolicies {
    const known = ATTACHED.get(role) ?? new AttachedPolicies();
    ATTACHED.set(role, known);
    return known;
  }

  private readonly paths = new Set<string>();
  private readonly pages = new Map<RoleReference, { statements: iam.PolicyStatement[]; policy?: iam.ManagedPolicy }>();

  private constructor() {}

  /** Number of policies so far. */
  public get count(): number {
    return this.paths.size;
  }

  /** Attaches a policy, once. */
  public attach(role: iam.IRole, policy: iam.ManagedPolicy): void {
    this.paths.add(policy.node.path);
    policy.attachToRole(role);
  }

  /**
   * Adds a statement to the policy of a role, or to a further one where that is full: what comes once per notebook fits
   * no policy for ever.
   */
  public addStatement(role: RoleReference, statement: iam.PolicyStatement): void {
    const page = this.pages.get(role);
    if (page !== undefined && fitsPolicy(role, [...page.statements, statement])) {
      page.statements.push(statement);
      page.policy ? page.policy.addStatements(statement) : role.addToPrincipalPolicy(statement);
      return;
    }
    const number = role.node.children.length + 1;
    const policy =
      page === undefined
        ? undefined
        : new iam.ManagedPolicy(role, `Policy${number}`, { roles: [role], statements: [statement] });
    if (policy === undefined) {
      role.addToPrincipalPolicy(statement);
    }
    this.paths.add(`${role.node.path}/${number}`);
    this.pages.set(role, { statements: [statement], policy });
  }
}
