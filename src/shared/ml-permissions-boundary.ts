import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { boundaryStatements } from '../access';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { fail, requireKnown, requireList, requirePattern } from '../private/checks';
import { tellFacts } from '../private/facts';
import { having, Kinds, listOf, requireKinds, TEXT } from '../private/kinds';
import { referWeakly } from '../private/references';

/** Properties of an `MlPermissionsBoundary`. */
export interface MlPermissionsBoundaryProps {
  /**
   * Name of the policy, 1 to 128 characters of `A-Z`, `a-z`, `0-9` and `+=,.@_-`, where others have to find it by name.
   *
   * @default - CloudFormation makes one.
   */
  readonly policyName?: string;

  /**
   * Regions that roles may act in, 1 to 3, such as `eu-central-1`. Handing on a role is not bound to a region.
   *
   * @default - All regions.
   */
  readonly regions?: string[];

  /**
   * Actions that roles need for what the app adds, at most 15 of 150 characters together, named in full such as
   * `athena:GetQueryExecution`. They hold for resources of the account alone. Actions of IAM, STS, Organizations, of the
   * account itself and of CloudTrail are refused.
   *
   * @default []
   */
  readonly additionalActions?: string[];

  /**
   * Roles that notebooks hand to Glue and Systems Manager, at most 2: those of `glueSessions` and `sessionManager`.
   *
   * @default - No role: IAM refuses both features under this boundary.
   */
  readonly serviceRoles?: iam.IRole[];
}

const KINDS: Kinds<MlPermissionsBoundaryProps> = {
  policyName: TEXT,
  regions: listOf(TEXT),
  additionalActions: listOf(TEXT),
  serviceRoles: listOf(having('a role', 'roleArn')),
};

/** With these numbers the policy stays below 6,144 characters, with the longest names. */
const MOST_REGIONS = 3;
const MOST_ROLES = 2;
const MOST_ACTIONS = 15;
const MOST_CHARACTERS = 150;
const LONGEST_ARN = 115;

/** Services whose actions lead out of a boundary. */
const REFUSED = ['iam', 'sts', 'organizations', 'account', 'cloudtrail'];

/**
 * The most that any role of the library may do, as a permissions boundary: for the roles of a base
 * (`MlSharedInfra.permissionsBoundary`), or for any other role that works with its data.
 *
 * Under it a role acts in its own account alone, but for what AWS keeps in accounts of its own (images, models,
 * packages). Whatever its policies say, it changes no rights, becomes no other role, hands on no role but its own ones to
 * SageMaker, deletes no logs and disables no key. It limits and grants nothing: a role still needs its policies.
 *
 * Unverified on a live account.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 * @example
 * const boundary = new MlPermissionsBoundary(this, 'Boundary', { policyName: 'ml-infra' });
 * new MlSharedInfra(this, 'Shared', { permissionsBoundary: boundary.policy });
 */
export class MlPermissionsBoundary extends Construct {
  /** The boundary. */
  public readonly policy: iam.IManagedPolicy;

  constructor(scope: Construct, id: string, props: MlPermissionsBoundaryProps = {}) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const { policyName, regions, additionalActions = [], serviceRoles = [] } = props;
    if (policyName !== undefined) {
      const rule = '1 to 128 characters of A-Z a-z 0-9 + = , . @ _ -';
      requirePattern(this, 'policyName', policyName, /^[\w+=,.@-]{1,128}$/, rule);
    }
    if (regions) {
      requireList(this, 'regions', regions, 1, MOST_REGIONS);
      for (const region of regions) {
        requirePattern(this, 'regions', region, /^[a-z]{2}(-[a-z]+)+-\d$/, "names of regions such as 'eu-central-1'");
      }
    }
    this.requireActions(additionalActions);
    requireList(
      this,
      'serviceRoles',
      serviceRoles.map(({ node }) => node.path),
      0,
      MOST_ROLES,
    );
    const serviceRoleArns = serviceRoles.map((role) => role.roleArn);
    const long = serviceRoleArns.find((arn) => !Token.isUnresolved(arn) && arn.length > LONGEST_ARN);
    if (long) {
      const rule = `roles whose ARNs have at most ${LONGEST_ARN} characters, so that the policy stays below the 6,144 that IAM takes`;
      fail(this, 'serviceRoles', rule, long);
    }
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      managedPolicyName: policyName,
      description: 'The most that roles of ml-infra may do',
      statements: boundaryStatements(this, { regions, additionalActions, serviceRoleArns }),
    });
    acknowledgeWildcards(policy, 'A boundary grants nothing; the policies of a role say which resources');
    this.policy = policy;
    referWeakly(this);
    tellFacts(this, () => ({ kind: 'MlPermissionsBoundary', details: regions ?? ['all regions'] }));
  }

  private requireActions(actions: string[]): void {
    requireList(this, 'additionalActions', actions, 0, MOST_ACTIONS);
    const length = actions.join('').length;
    if (length > MOST_CHARACTERS) {
      const rule = `of at most ${MOST_CHARACTERS} characters together, so that the policy stays below the 6,144 that IAM takes`;
      fail(this, 'additionalActions', rule, length);
    }
    for (const action of actions) {
      const rule = "actions in full, without *, such as 'athena:GetQueryExecution'";
      requireKnown(this, 'additionalActions', action, 'what leads out of the boundary is refused');
      requirePattern(this, 'additionalActions', action, /^[a-z0-9-]+:[A-Za-z0-9]{1,64}$/, rule);
      if (REFUSED.includes(action.split(':')[0])) {
        fail(
          this,
          'additionalActions',
          `without actions of ${REFUSED.join(', ')}, which lead out of the boundary`,
          action,
        );
      }
    }
  }
}
