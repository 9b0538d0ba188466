import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { BASE_TAG, CALLING_BASE, CALLING_OWNER, OWNER_TAG, ownedByCaller } from '../private/identity';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { passRole, requireOwnRole } from './passed-role';

/**
 * SSH and forwarded ports through Session Manager, without an open port.
 *
 * Each start registers the notebook as a managed node that carries its owner's tags. Sessions with such nodes need the
 * advanced-instances tier of Systems Manager in the account, which costs per node and hour. Who may start a session is
 * up to the policies of your users: a forwarded port reaches Jupyter as the notebook's user.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/fleet-manager-configure-instance-tiers.html
 */
export interface SessionManagerOptions {
  /**
   * Role of the managed nodes; it must trust `ssm.amazonaws.com` and allow what the agent calls, as
   * `AmazonSSMManagedInstanceCore` does. Whoever works in a notebook of the lifecycle can do what it may do, so it must
   * allow nothing else.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html
   */
  readonly role: iam.IRole;
}

/** The notebook as a managed node of Systems Manager. */
export function bindSessionManager(scope: IConstruct, { role }: SessionManagerOptions): BoundFeature {
  requireOwnRole(scope, 'sessionManager.role', role);
  return {
    name: LifecycleFeature.SESSION_MANAGER,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 600,
    settings: { roleArn: role.roleArn },
    statements: nodeStatements(scope, role),
    services: ['ssm', 'ssm-messages', 'ssm-nodes', 'amazon-linux'],
  };
}

/** Nodes of the caller alone, which is what policies of users go by. */
function nodeStatements(scope: IConstruct, role: iam.IRole): iam.PolicyStatement[] {
  return [
    new iam.PolicyStatement({
      actions: ['ssm:CreateActivation'],
      resources: ['*'], // it knows no resource: the tags that nodes will carry are the limit
      conditions: ownedByCaller('aws:RequestTag'),
    }),
    new iam.PolicyStatement({
      // AWS asks for this where an activation has tags, of the role and of nothing else; no page of IAM says so.
      // https://github.com/aws-samples/sagemaker-ssh-helper/blob/main/IAM_SSM_Setup.md
      actions: ['ssm:AddTagsToResource'],
      resources: [role.roleArn],
    }),
    new iam.PolicyStatement({
      actions: ['ssm:DeregisterManagedInstance'],
      resources: [Stack.of(scope).formatArn({ service: 'ssm', resource: 'managed-instance', resourceName: '*' })],
      conditions: {
        StringEquals: {
          [`ssm:resourceTag/${OWNER_TAG}`]: CALLING_OWNER,
          [`ssm:resourceTag/${BASE_TAG}`]: CALLING_BASE,
        },
      },
    }),
    passRole(role, 'ssm.amazonaws.com'),
  ];
}
