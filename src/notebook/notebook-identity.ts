import { Annotations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AttachedPolicies, groupBySize, MOST_POLICIES, OwnerRole, OwnerRoles, stackPolicy } from '../access';
import { LifecycleFeature } from '../lifecycle';
import { fail } from '../private/checks';
import { isImmutable, warnOfMissingRights } from '../private/grants';
import { requireOwner } from '../private/identity';
import { RoleReference } from '../private/role-reference';
import { IMlSharedInfra } from '../shared';
import { NotebookLifecycle } from './notebook-lifecycle';

const BY_TAG_OF_ROLE = [LifecycleFeature.BACKUP, LifecycleFeature.GLUE_SESSIONS, LifecycleFeature.SESSION_MANAGER];

/** Policies that the role of the team has to begin with: workspace and jobs. */
const POLICIES_OF_TEAM = 2;

/** Who a notebook may be. */
export interface NotebookIdentityProps {
  readonly shared: IMlSharedInfra;
  readonly owner?: string;
  readonly role?: iam.IRole;
}

/** The role of a notebook: its owner's, one that was brought along, or that of notebooks without an owner. */
export class NotebookIdentity {
  public readonly roleArn: string;
  private readonly ownerRole?: OwnerRole;

  constructor(
    private readonly scope: Construct,
    private readonly props: NotebookIdentityProps,
  ) {
    if (props.owner !== undefined) {
      requireOwner(scope, 'owner', props.owner);
      this.ownerRole = props.role === undefined ? this.roles.roleOf(props.owner, scope) : undefined;
    }
    this.roleArn = this.ownerRole?.roleArn ?? (props.role ?? props.shared.notebookRole).roleArn;
  }

  public get role(): iam.IRole {
    return this.ownerRole?.reference ?? this.props.role ?? this.roles.teamRole(this.props.shared.notebookRole);
  }

  /** Attaches what scripts need. */
  public useLifecycle(lifecycle: NotebookLifecycle, notebook: { readonly notebookArn: string }): void {
    this.requireServed(lifecycle);
    if (this.ownerRole) {
      for (const policy of lifecycle._policies) {
        this.ownerRole.attach(policy, this.scope);
      }
    } else if (this.props.role || lifecycle._shared !== this.props.shared) {
      this.allow(lifecycle._statements);
    } else {
      for (const policy of lifecycle._policies) {
        this.attach(this.props.shared.notebookRole, policy);
      }
    }
    if (this.props.role && lifecycle._policies.length > 0) {
      this.allowKnowingItself(this.props.role, notebook.notebookArn, lifecycle._stopsIdle);
    }
  }

  /** What a feature needs, the base of its lifecycle got; some rights follow from the tags of an owner's role. */
  private requireServed(lifecycle: NotebookLifecycle): void {
    const { role, shared } = this.props;
    if (lifecycle._features.size > 0 && lifecycle._shared._roleTemplate.key !== shared._roleTemplate.key) {
      fail(this.scope, 'lifecycle', "one whose 'shared' is that of the notebook, since it has features", lifecycle);
    }
    const byTag = BY_TAG_OF_ROLE.filter((feature) => lifecycle._features.has(feature));
    if (role && byTag.length > 0) {
      Annotations.of(this.scope).addWarningV2(
        'cdk-ml-infra:featureWithoutOwner',
        `${this.scope.node.path}: ${byTag.join(', ')} of its lifecycle work by the tags ml-owner and ml-base of a role; a role that was brought along needs them, and for backups to the base rights on users/<owner>/`,
      );
    }
  }

  /** Gives the role the rights of some statements, in a policy that it shares with other roles of the stack. */
  public allow(statements: iam.PolicyStatement[]): void {
    if (statements.length === 0) {
      return;
    }
    if (!this.ownerRole && isImmutable(this.role)) {
      warnOfMissingRights(this.scope, this.role, statements);
      return;
    }
    for (const group of groupBySize(this.scope, statements)) {
      const policy = stackPolicy(this.scope, group);
      if (this.ownerRole) {
        this.ownerRole.attach(policy, this.scope);
      } else {
        this.attach(this.role, policy);
      }
    }
  }

  /** A role that was brought along carries no tags, by which the roles of owners may look at and stop what is theirs. */
  private allowKnowingItself(role: iam.IRole, notebookArn: string, alsoStopping: boolean): void {
    const look = ['sagemaker:DescribeNotebookInstance', 'sagemaker:ListTags'];
    const statement = new iam.PolicyStatement({
      actions: alsoStopping ? [...look, 'sagemaker:StopNotebookInstance'] : look,
      resources: [notebookArn],
    });
    if (isImmutable(role)) {
      warnOfMissingRights(this.scope, role, [statement]);
    } else {
      AttachedPolicies.of(role).addStatement(RoleReference.inStackOf(this.scope, role), statement);
      this.requireRoom();
    }
  }

  private attach(role: iam.IRole, policy: iam.ManagedPolicy): void {
    AttachedPolicies.of(this.props.role ?? this.props.shared.notebookRole).attach(role, policy);
    this.requireRoom();
  }

  /** More would fail the deployment. A role that was brought along may have policies of its own, which nobody knows. */
  private requireRoom(): void {
    const { role, shared } = this.props;
    const most = role === undefined ? MOST_POLICIES - POLICIES_OF_TEAM : MOST_POLICIES;
    if (AttachedPolicies.of(role ?? shared.notebookRole).count <= most) {
      return;
    }
    const reason = 'since IAM takes ten policies per role; roles of owners are one each';
    if (role === undefined) {
      const rule = `given where notebooks without one have more than ${most} lifecycles and secrets together, ${reason}`;
      fail(this.scope, 'owner', rule, undefined);
    }
    fail(this.scope, 'role', `one of fewer notebooks, lifecycles and secrets, ${reason}`, role);
  }

  private get roles(): OwnerRoles {
    return OwnerRoles.of(this.scope, this.props.shared._roleTemplate);
  }
}
