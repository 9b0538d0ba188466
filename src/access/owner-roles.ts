import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { fail } from '../private/checks';
import { requireOwner, rolePath, setIdentityTags, TEAM_OWNER, tagList } from '../private/identity';
import { RoleReference } from '../private/role-reference';
import { TRUST_SAGEMAKER } from './trust-policy';

/** Ten policies are IAM's default; two are those of the base, one is for rights that the app gives. */
const MOST_ATTACHED = 7;

/** What the roles of a base have in common. */
export interface RoleTemplate {
  /** Tells bases apart in construct ids; free of deploy-time values, unlike the base's name. */
  readonly key: string;
  readonly baseName: string;
  readonly environmentName: string;
  readonly tags: { readonly [key: string]: string };
  readonly policyArns: string[];
  readonly permissionsBoundaryArn?: string;
}

/**
 * The roles of the owners on one base, in one stack: one for each, shared by all that the owner has there.
 *
 * A role carries no rights of its own but two tags and the shared policies, which are written with those tags. So its
 * size does not grow, and one change of a policy reaches everybody.
 */
export class OwnerRoles extends Construct {
  /** The roles on a base in the stack of `scope`. */
  public static of(scope: Construct, template: RoleTemplate): OwnerRoles {
    const stack = Stack.of(scope);
    const id = `MlOwners-${template.key}`;
    return (stack.node.tryFindChild(id) as OwnerRoles | undefined) ?? new OwnerRoles(stack, id, template);
  }

  private readonly ownerByLowerCase = new Map<string, string>();
  private readonly roleByOwner = new Map<string, OwnerRole>();
  private team?: RoleReference;

  private constructor(
    scope: Construct,
    id: string,
    private readonly template: RoleTemplate,
  ) {
    super(scope, id);
  }

  /** The role of an owner, defined at the first call. `asker` is named in errors. */
  public roleOf(owner: string, asker: Construct): OwnerRole {
    const existing = this.roleByOwner.get(owner);
    if (existing) {
      return existing;
    }
    this.requireSpelling(owner, asker);
    const role = new OwnerRole(this, owner, { ...this.template, owner });
    this.roleByOwner.set(owner, role);
    return role;
  }

  /** Requires a name that an owner can have, spelled in one way in the stack. `asker` is named in errors. */
  public requireSpelling(owner: string, asker: Construct): void {
    requireOwner(asker, 'owner', owner);
    const known = this.ownerByLowerCase.get(owner.toLowerCase()) ?? owner;
    if (known !== owner) {
      fail(asker, 'owner', `spelled as elsewhere, '${known}', since IAM does not tell letter cases apart`, owner);
    }
    this.ownerByLowerCase.set(owner.toLowerCase(), owner);
  }

  /** The role of notebooks without an owner, which is defined with the base, as this stack knows it. */
  public teamRole(role: iam.IRole): RoleReference {
    this.team ??= new RoleReference(this, TEAM_OWNER, role);
    return this.team;
  }
}

/** What one role has besides what all have. */
export interface OwnerRoleProps extends RoleTemplate {
  readonly owner: string;

  /** Which services take the role; SageMaker if nothing is said. */
  readonly trust?: object;
}

/** A role of one owner. A plain object around an L1, because thousands of these are defined. */
export class OwnerRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  private readonly policyArns = new Map<string, string>();
  private referenceForGrants?: RoleReference;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly props: OwnerRoleProps,
  ) {
    const { baseName, environmentName, owner } = props;
    const role = new iam.CfnRole(scope, id, {
      path: rolePath(baseName, owner),
      assumeRolePolicyDocument: props.trust ?? TRUST_SAGEMAKER,
      managedPolicyArns: Lazy.list({ produce: () => [...props.policyArns, ...this.attachedArns()] }),
      permissionsBoundary: props.permissionsBoundaryArn,
      tags: tagList(props.tags),
    });
    setIdentityTags(role.tags, baseName, environmentName, owner);
    this.roleArn = role.attrArn;
    this.roleName = role.ref;
  }

  /** Attaches a policy, once. `asker` is named in errors. */
  public attach(policy: iam.IManagedPolicy, asker: Construct): void {
    this.policyArns.set(policy.node.path, policy.managedPolicyArn);
    if (this.policyArns.size > MOST_ATTACHED) {
      const rule = `an owner with at most ${MOST_ATTACHED} lifecycles and secrets together, since IAM takes ten policies per role`;
      fail(asker, 'owner', rule, this.props.owner);
    }
  }

  /** In an order that does not follow from that of the notebooks. */
  private attachedArns(): string[] {
    return [...this.policyArns].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, arn]) => arn);
  }

  /** The role as something that CDK can give rights to; all of them end in one managed policy. */
  public get reference(): RoleReference {
    this.referenceForGrants ??= new RoleReference(this.scope, `${this.id}:Grants`, this);
    return this.referenceForGrants;
  }
}
