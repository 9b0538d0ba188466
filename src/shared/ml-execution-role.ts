import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  groupBySize,
  jobRoleStatements,
  modelRoleStatements,
  OwnerRole,
  OwnerRoles,
  pipelineRoleStatements,
  stackPolicy,
  TRUST_PIPELINES,
  TRUST_SAGEMAKER,
} from '../access';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { identityOn, standsOn, tellFacts } from '../private/facts';
import { CALLING_OWNER, TEAM_OWNER } from '../private/identity';
import { BASE, having, Kinds, oneOf, required, requireKinds, TEXT } from '../private/kinds';
import { IMlSharedInfra } from './shared-infra';

/** What a role is for. */
export enum ExecutionRoleUse {
  /**
   * Training, processing and tuning jobs, while they run: the data of the owner, what others share, what the team has,
   * logs, metrics, images, network calls. Unlike the role of a notebook it starts no jobs, hands no role on and knows no
   * notebook.
   */
  JOB = 'job',

  /**
   * Models, while they serve: reads the bucket of models, where it is the owner's, shared or the team's, and writes
   * nothing there. Data capture needs the right to write besides.
   */
  MODEL = 'model',

  /**
   * Pipelines of SageMaker and state machines of Step Functions: starts, follows and stops jobs and pipelines with the
   * tags of its owner, under roles of its owner, in the network of the base. Reaches no data itself.
   */
  PIPELINE = 'pipeline',
}

const USED_BY: { readonly [use in ExecutionRoleUse]: string } = {
  [ExecutionRoleUse.JOB]: 'jobs',
  [ExecutionRoleUse.MODEL]: 'models',
  [ExecutionRoleUse.PIPELINE]: 'pipelines',
};

/** Properties of an `MlExecutionRole`. */
export interface MlExecutionRoleProps {
  /** The base whose data the role works with. */
  readonly shared: IMlSharedInfra;

  /** What the role is for. */
  readonly use: ExecutionRoleUse;

  /**
   * Whose role it is: what it reaches, and who may hand it on. Spelled as for notebooks.
   *
   * @default - The team, whose areas are those of the owner `team`.
   */
  readonly owner?: string;

  /**
   * Bounds what the role may do at most.
   *
   * @default - The boundary of the base, if that has one.
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

const KINDS: Kinds<MlExecutionRoleProps> = {
  shared: required(BASE),
  use: required(oneOf('ExecutionRoleUse', ExecutionRoleUse)),
  owner: TEXT,
  permissionsBoundary: having('a managed policy', 'managedPolicyArn'),
};

/**
 * A role for one purpose, narrower than that of a notebook, so that what runs unattended holds fewer rights than a
 * person. Owners may hand it to SageMaker without further rights, since it lies on their path; no other owner may.
 *
 * It carries tags and policies that all roles of its use share. What SageMaker asks on behalf of another account is
 * refused.
 *
 * Jobs need the tags `ml-owner` and `ml-base` of the pipeline that starts them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 * @example
 * const jobs = new MlExecutionRole(this, 'AliceJobs', { shared, owner: 'alice', use: ExecutionRoleUse.JOB });
 * shared.grantReadJobLogs(jobs); // see the logs of other jobs
 */
export class MlExecutionRole extends Construct implements iam.IGrantable {
  /** The role, as constructs of other libraries take it. Rights given to it go into one managed policy. */
  public readonly role: iam.IRole;

  /** ARN of the role. */
  public readonly roleArn: string;

  /** Name of the role. */
  public readonly roleName: string;

  public readonly grantPrincipal: iam.IPrincipal;

  constructor(scope: Construct, id: string, props: MlExecutionRoleProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const { shared, use, owner } = props;
    shared._requireUsableBy(this);
    if (owner !== undefined) {
      OwnerRoles.of(this, shared._roleTemplate).requireSpelling(owner, this);
    }
    const ownPolicies = groupBySize(this, this.statements(props)).map((statements) => {
      const policy = stackPolicy(this, statements);
      acknowledgeWildcards(
        policy,
        'Names of objects, jobs and images are not known before; tags and prefixes bound them',
      );
      return policy.managedPolicyArn;
    });
    const role = new OwnerRole(this, 'Resource', {
      ...shared._roleTemplate,
      owner: owner ?? TEAM_OWNER,
      // What an owner may do with jobs is the base's to say, also where its rules are not known, as in a published one.
      policyArns:
        use === ExecutionRoleUse.PIPELINE ? [shared.jobsPolicy.managedPolicyArn, ...ownPolicies] : ownPolicies,
      permissionsBoundaryArn:
        props.permissionsBoundary?.managedPolicyArn ?? shared._roleTemplate.permissionsBoundaryArn,
      trust: use === ExecutionRoleUse.PIPELINE ? TRUST_PIPELINES : TRUST_SAGEMAKER,
    });
    this.roleArn = role.roleArn;
    this.roleName = role.roleName;
    this.role = role.reference;
    this.grantPrincipal = role.reference;
    tellFacts(this, () => ({
      kind: 'MlExecutionRole',
      details: [`for ${USED_BY[use]}`],
      identity: { ...identityOn(shared), owner: owner ?? TEAM_OWNER },
      links: [standsOn(shared)],
    }));
  }

  private statements({ shared, use }: MlExecutionRoleProps): iam.PolicyStatement[] {
    const { storage, encryptionKey } = shared;
    switch (use) {
      case ExecutionRoleUse.JOB:
        return jobRoleStatements(this, storage._ownerStatements(CALLING_OWNER), encryptionKey.keyArn);
      case ExecutionRoleUse.MODEL: {
        const { bucketArn, encryptionKey: ownKey } = storage.models;
        const keyArn = (ownKey ?? storage.encryptionKey)?.keyArn;
        return modelRoleStatements(this, { bucketArn, keyArn }, CALLING_OWNER, encryptionKey.keyArn);
      }
      case ExecutionRoleUse.PIPELINE:
        return pipelineRoleStatements(this);
    }
  }
}
