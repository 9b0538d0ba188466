import { Annotations, Resource, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** A role as another stack knows it. */
export interface RoleReferenceProps {
  readonly roleArn: string;
  readonly roleName: string;
}

/**
 * A role that is defined elsewhere, or as an L1 for speed. Rights given to it go into one managed policy beside this
 * reference: CDK's own import writes an inline policy, and two apps that import the same role overwrite each other's.
 *
 * CDK's import also takes the first segment of a role's path for its name, so name and ARN are given apart.
 */
export class RoleReference extends Resource implements iam.IRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly grantPrincipal: iam.IPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount: string;
  private policy?: iam.ManagedPolicy;

  /** The one reference to a role in the stack of `scope`, so that a role gets one policy from a stack and not many. */
  public static inStackOf(scope: Construct, role: iam.IRole): RoleReference {
    const stack = Stack.of(scope);
    const id = `MlRole-${role.node.addr}`;
    return (stack.node.tryFindChild(id) as RoleReference | undefined) ?? new RoleReference(stack, id, role);
  }

  constructor(scope: Construct, id: string, props: RoleReferenceProps) {
    super(scope, id);
    this.roleArn = props.roleArn;
    this.roleName = props.roleName;
    this.principalAccount = this.env.account;
  }

  public get policyFragment(): iam.PrincipalPolicyFragment {
    return new iam.ArnPrincipal(this.roleArn).policyFragment;
  }

  public get roleRef(): iam.RoleReference {
    return { roleArn: this.roleArn, roleName: this.roleName };
  }

  public addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    this.policy ??= new iam.ManagedPolicy(this, 'Policy', { roles: [this] });
    this.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: this.policy };
  }

  public addManagedPolicy(policy: iam.IManagedPolicy): void {
    if (policy instanceof iam.ManagedPolicy) {
      policy.attachToRole(this);
    } else {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:policyNotAttached',
        `${policy.managedPolicyArn} is not attached: a role defined in another stack can only be given policies of this app`,
      );
    }
  }

  public attachInlinePolicy(policy: iam.Policy): void {
    policy.attachToRole(this);
  }

  public grant(grantee: iam.IPrincipal, ...actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.roleArn] });
  }

  public grantPassRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, 'iam:PassRole');
  }

  public grantAssumeRole(grantee: iam.IPrincipal): iam.Grant {
    return this.grant(grantee, 'sts:AssumeRole');
  }
}
