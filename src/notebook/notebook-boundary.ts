import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { OwnerRoles } from '../access';
import { MlInstanceType } from '../environment';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { roleArn, sagemakerArn } from '../private/arns';
import { requireList } from '../private/checks';
import { identityOn, standsOn, tellFacts } from '../private/facts';
import { grantStatements } from '../private/grants';
import { BASE_TAG, CALLING_BASE, CALLING_OWNER, OWNER_TAG, rolePath } from '../private/identity';
import { BASE, Kinds, listOf, required, requireKinds } from '../private/kinds';
import { referWeakly } from '../private/references';
import { IMlSharedInfra } from '../shared';
import { NotebookLifecycle } from './notebook-lifecycle';
import { LIFECYCLE, MACHINE } from './notebook-options';

/** Properties of a `NotebookBoundary`. */
export interface NotebookBoundaryProps {
  /** The base that the notebooks stand on. */
  readonly shared: IMlSharedInfra;

  /**
   * The lifecycles to choose from, 1 to 3. A notebook has to be created with one of them.
   *
   * @default - Any lifecycle configuration of the account, or none: notebooks may run, and cost, until stopped by hand.
   */
  readonly lifecycles?: NotebookLifecycle[];

  /**
   * The machines to choose from, 1 to 10.
   *
   * @default - Any machine, also the most expensive.
   */
  readonly instanceTypes?: MlInstanceType[];
}

const BOUNDARY_KINDS: Kinds<NotebookBoundaryProps> = {
  shared: required(BASE),
  lifecycles: listOf(LIFECYCLE),
  instanceTypes: listOf(MACHINE),
};

/** A policy takes 6,144 characters. With these numbers it stays below, with the longest names and six subnets. */
const MOST_LIFECYCLES = 3;
const MOST_INSTANCE_TYPES = 10;

/** The tags that a person may give. All others of the library decide something. */
const TAGS = ['Name', OWNER_TAG, BASE_TAG];

const OWN_NOTEBOOKS = [
  'sagemaker:CreatePresignedNotebookInstanceUrl',
  'sagemaker:DeleteNotebookInstance',
  'sagemaker:DescribeNotebookInstance',
  'sagemaker:ListTags',
  'sagemaker:StartNotebookInstance',
  'sagemaker:StopNotebookInstance',
];

/** Look-ups that AWS asks of whoever creates or starts a notebook in a VPC. EC2 knows no resource for them. */
const NETWORK_LOOKUPS = [
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/**
 * Lets people create notebook instances themselves, but only as this library would: without root, without direct
 * internet access, with IMDSv2, in the network of the base, encrypted with its key, tagged as their own, under their
 * own role. What carries their tags they may open, start, stop and delete, also when an app defined it; they may not
 * change it, nor its tags.
 *
 * `policy` serves as a permissions boundary and as an ordinary policy. It speaks to roles, users and federated sessions
 * with the tags `ml-owner` and `ml-base`; without both nobody creates or uses a notebook. It holds nothing but
 * notebooks, so a person with further duties takes it as an ordinary policy.
 *
 * AWS knows no condition for the size of the volume, the platform and the code repositories of a notebook. They stay
 * free.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
 * @example
 * const lifecycle = new NotebookLifecycle(this, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
 * const boundary = new NotebookBoundary(this, 'SelfService', {
 *   shared,
 *   lifecycles: [lifecycle],
 *   instanceTypes: [MlInstanceType.T3_MEDIUM, MlInstanceType.M5_XLARGE],
 * });
 * boundary.addOwner('alice');
 */
export class NotebookBoundary extends Construct {
  /** The rights as a managed policy: a permissions boundary, or a policy to attach. */
  public readonly policy: iam.IManagedPolicy;

  private readonly statements: iam.PolicyStatement[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NotebookBoundaryProps,
  ) {
    super(scope, id);
    requireKinds(this, props, BOUNDARY_KINDS);
    const { shared, lifecycles, instanceTypes } = props;
    shared._requireUsableBy(this);
    for (const lifecycle of lifecycles ?? []) {
      lifecycle._requireUsableBy(this);
    }
    if (lifecycles) {
      const paths = lifecycles.map(({ node }) => node.path);
      requireList(this, 'lifecycles', paths, 1, MOST_LIFECYCLES);
    }
    instanceTypes?.forEach((type, index) => {
      type._requireNotebook(this, `instanceTypes[${index}]`);
    });
    if (instanceTypes) {
      const names = instanceTypes.map(({ name }) => name);
      requireList(this, 'instanceTypes', names, 1, MOST_INSTANCE_TYPES);
    }
    this.statements = [
      this.createNotebooks(),
      this.tagWhileCreating(),
      this.useOwnNotebooks(),
      ...this.readLifecycles(),
      this.passOwnRole(),
      ...this.useNetwork(),
      ...this.useKey(),
    ];
    const policy = new iam.ManagedPolicy(this, 'Policy', { statements: this.statements });
    acknowledgeWildcards(policy, 'Names of notebooks are not known before; tags, network and key bound them');
    this.policy = policy;
    referWeakly(this);
    tellFacts(this, () => ({
      kind: 'NotebookBoundary',
      details: instanceTypes?.map(({ name }) => name) ?? ['any machine'],
      identity: identityOn(shared),
      links: [standsOn(shared), ...(lifecycles ?? []).map((to) => ({ to, label: 'allows' }))],
    }));
  }

  /**
   * Gives a principal the rights of `policy`. The principal needs the tags `ml-owner` and `ml-base`, and may not be able
   * to change them.
   */
  public grantCreate(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, this.statements);
  }

  /**
   * Defines the role that an owner gives to the notebooks they create, with what the scripts of `lifecycles` need. It is
   * the one that all notebooks of that owner have in this stack. The rights of the person stay as they are.
   */
  public addOwner(owner: string): iam.IRole {
    const role = OwnerRoles.of(this, this.props.shared._roleTemplate).roleOf(owner, this);
    for (const policy of (this.props.lifecycles ?? []).flatMap(({ _policies }) => _policies)) {
      role.attach(policy, this);
    }
    return role.reference;
  }

  private createNotebooks(): iam.PolicyStatement {
    const { shared, lifecycles, instanceTypes } = this.props;
    const lists: { [key: string]: string[] } = {
      'sagemaker:VpcSubnets': this.subnetIds,
      'sagemaker:VpcSecurityGroupIds': [shared.network.workloadSecurityGroup.securityGroupId],
      ...(instanceTypes ? { 'sagemaker:InstanceTypes': instanceTypes.map(({ name }) => name) } : {}),
    };
    // SageMaker writes the names in these ARNs in small letters; whether it does so in requests too is not documented.
    const arns: { [key: string]: string[] } = lifecycles
      ? { 'sagemaker:NotebookInstanceLifecycleConfigArns': lifecycles.map(({ _arn }) => _arn) }
      : {};
    return new iam.PolicyStatement({
      actions: ['sagemaker:CreateNotebookInstance'],
      resources: [this.notebooks],
      conditions: {
        StringEquals: {
          'sagemaker:DirectInternetAccess': 'Disabled',
          'sagemaker:RootAccess': 'Disabled',
          'sagemaker:MinimumInstanceMetadataServiceVersion': '2',
          'sagemaker:VolumeKmsKeyArn': shared.encryptionKey.keyArn,
          ...this.tagsOfCaller('aws:RequestTag'),
        },
        // ForAllValues alone is also true of a request that names no network, or no lifecycle, at all.
        // Tags such as that of the idle time change what a lifecycle does.
        'ForAllValues:StringEquals': { ...lists, 'aws:TagKeys': TAGS },
        ...(lifecycles ? { 'ForAllValues:StringEqualsIgnoreCase': arns } : {}),
        Null: Object.fromEntries(Object.keys({ ...lists, ...arns }).map((key) => [key, 'false'])),
      },
    });
  }

  private tagWhileCreating(): iam.PolicyStatement {
    const action = { 'sagemaker:TaggingAction': 'CreateNotebookInstance' };
    return new iam.PolicyStatement({
      actions: ['sagemaker:AddTags'],
      resources: [this.notebooks],
      conditions: {
        StringEquals: { ...this.tagsOfCaller('aws:RequestTag'), ...action },
        'ForAllValues:StringEquals': { 'aws:TagKeys': TAGS },
      },
    });
  }

  private useOwnNotebooks(): iam.PolicyStatement {
    return new iam.PolicyStatement({
      actions: OWN_NOTEBOOKS,
      resources: [this.notebooks],
      conditions: { StringEquals: this.tagsOfCaller('aws:ResourceTag') },
    });
  }

  private readLifecycles(): iam.PolicyStatement[] {
    const resources = (this.props.lifecycles ?? []).map(({ _arn }) => _arn);
    return resources.length === 0
      ? []
      : [
          new iam.PolicyStatement({
            actions: ['sagemaker:DescribeNotebookInstanceLifecycleConfig'],
            resources,
            conditions: { StringEquals: this.ofThisBase },
          }),
        ];
  }

  private passOwnRole(): iam.PolicyStatement {
    const path = rolePath(this.props.shared.baseName, CALLING_OWNER);
    return new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn(this, `${path.slice(1)}*`)],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com', ...this.ofThisBase } },
    });
  }

  /** SageMaker puts a notebook into a VPC with the rights of whoever creates or starts it. */
  private useNetwork(): iam.PolicyStatement[] {
    const interfaces = Stack.of(this).formatArn({
      service: 'ec2',
      resource: 'network-interface',
      resourceName: '*',
    });
    const subnets = this.subnetIds.map((id) => this.sharedArn('subnet', id));
    const { vpc, workloadSecurityGroup } = this.props.shared.network;
    return [
      new iam.PolicyStatement({
        actions: ['ec2:CreateNetworkInterface'],
        resources: [interfaces, ...subnets, this.sharedArn('security-group', workloadSecurityGroup.securityGroupId)],
        conditions: { StringEquals: this.ofThisBase },
      }),
      new iam.PolicyStatement({
        actions: ['ec2:DeleteNetworkInterface'],
        resources: [interfaces],
        conditions: { StringEquals: this.ofThisBase, ArnLike: { 'ec2:Vpc': this.sharedArn('vpc', vpc.vpcId) } },
      }),
      new iam.PolicyStatement({
        actions: NETWORK_LOOKUPS,
        resources: ['*'],
        conditions: { StringEquals: this.ofThisBase },
      }),
    ];
  }

  /** SageMaker takes the key of a volume with the rights of whoever creates or starts the notebook. */
  private useKey(): iam.PolicyStatement[] {
    const { region, urlSuffix } = Stack.of(this);
    const statement = (action: string, condition: { [operator: string]: unknown }) =>
      new iam.PolicyStatement({
        actions: [action],
        resources: [this.props.shared.encryptionKey.keyArn],
        conditions: {
          ...condition,
          StringEquals: { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}`, ...this.ofThisBase },
        },
      });
    return [
      statement('kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      statement('kms:DescribeKey', {}),
    ];
  }

  /** Owner and base are those of whoever calls, who has to belong to this base and to no other. */
  private tagsOfCaller(key: 'aws:RequestTag' | 'aws:ResourceTag'): { [key: string]: string } {
    return {
      [`${key}/${OWNER_TAG}`]: CALLING_OWNER,
      [`${key}/${BASE_TAG}`]: CALLING_BASE,
      ...this.ofThisBase,
    };
  }

  private get ofThisBase(): { [key: string]: string } {
    return { [`aws:PrincipalTag/${BASE_TAG}`]: this.props.shared.baseName };
  }

  private get notebooks(): string {
    return sagemakerArn(this, 'notebook-instance', '*');
  }

  private get subnetIds(): string[] {
    return this.props.shared.network.subnets.map(({ subnetId }) => subnetId);
  }

  /** A VPC may be shared by another account, which then stands in its ARN and those of its subnets. */
  private sharedArn(resource: string, resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ec2', account: '*', resource, resourceName });
  }
}
