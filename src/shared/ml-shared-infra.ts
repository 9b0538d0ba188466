import { Annotations, CfnOutput, Resource, Stack, Tags } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct, IConstruct } from 'constructs';
import {
  jobStatements,
  RoleTemplate,
  readJobLogsStatement,
  sagemakerOfThisAccount,
  workspaceStatements,
} from '../access';
import { MlEnvironment } from '../environment';
import { IMlNetwork, MlNetwork, MlService } from '../network';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { fail, requireKnown, requirePattern, requireSameRegion } from '../private/checks';
import { createDataKey } from '../private/data-key';
import { grantStatements } from '../private/grants';
import {
  BASE_TAG,
  CALLING_OWNER,
  ENVIRONMENT_TAG,
  IDENTITY_TAG_PRIORITY,
  OWNER_TAG,
  placeOf,
  rolePath,
  TEAM_OWNER,
} from '../private/identity';
import { having, Kinds, PROPS, requireKinds, TEXT } from '../private/kinds';
import { referWeakly } from '../private/references';
import { DataPerimeterOptions, IMlStorage, MlStorage, MlStorageProps, StorageEncryption } from '../storage';
import { tellBase } from './base-facts';
import { conditionsOf, JobRules } from './job-rules';
import { orderDeployment, Publication, requirePublicationName } from './publication';
import { PublishedSharedInfra } from './published-shared-infra';
import { IMlSharedInfra, PublishedInfraOptions } from './shared-infra';
import { requireOwnName, requireReachable, requireUsable } from './usability';

/** Properties of an `MlSharedInfra`. */
export interface MlSharedInfraProps {
  /**
   * How careful the base, and what stands on it, is.
   *
   * @default - The environment of the nearest ancestor that has one, else `MlEnvironment.PROD`.
   */
  readonly environment?: MlEnvironment;

  /**
   * The network, new or in an existing VPC.
   *
   * @default - A VPC over two zones without a route to the internet is defined.
   */
  readonly network?: IMlNetwork;

  /**
   * The buckets, new or existing.
   *
   * @default - Buckets for datasets, models and artifacts, encrypted with the key of the base, are defined.
   */
  readonly storage?: IMlStorage;

  /**
   * Options of the buckets that are defined here, such as Object Lock. They can be turned on later, unlike `storage`, which
   * puts other buckets in the place of these. Refused together with `storage`.
   *
   * @default - Buckets as `MlStorage` defines them, with the key of the base.
   */
  readonly storageOptions?: MlStorageProps;

  /**
   * Encrypts the volumes of notebooks, the flow logs, and the buckets defined here. Changing it later replaces
   * notebooks, since a volume cannot change its key.
   *
   * @default - A key that is rotated every year and kept on removal is defined.
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Bounds what every role defined for the base may do at most, such as an `MlPermissionsBoundary`. Roles of notebooks
   * and of `network` get it too, if that is of the same stack or the boundary is of none.
   *
   * @default - Roles are bounded by their policies alone.
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * What jobs of owners and pipelines have to look like besides.
   *
   * @default - Jobs stand in the network of the base, with the tags of who starts them; the rest is free.
   */
  readonly jobs?: JobRules;

  /**
   * Denies requests for objects of the buckets that do not come through the S3 endpoint of the network, whoever makes
   * them. People with the console or a laptop no longer reach objects, unless they are named.
   *
   * @default - Roles alone decide, from wherever they are used.
   */
  readonly dataPerimeter?: DataPerimeterOptions;

  /**
   * Tells bases of an account apart, in tags and role paths: 1 to 63 characters of `A-Z`, `a-z`, `0-9` and `-`. Two
   * bases with the same name would share their owners' roles.
   *
   * @default - Made from the stack's name, the construct's path in it and the region.
   */
  readonly baseName?: string;
}

const KINDS: Kinds<MlSharedInfraProps> = {
  environment: having('an environment such as MlEnvironment.DEV', '_require'),
  network: having('a network such as MlNetwork', 'workloadSecurityGroup'),
  storage: having('storage such as MlStorage', '_ownerStatements'),
  encryptionKey: having('a key of KMS', 'keyArn'),
  permissionsBoundary: having('a managed policy', 'managedPolicyArn'),
  storageOptions: PROPS,
  jobs: PROPS,
  dataPerimeter: PROPS,
  baseName: TEXT,
};

/**
 * The base of a team, defined once: a network without internet, encrypted buckets, a key, and the policies that let
 * each owner reach what is theirs and nothing else.
 *
 * @example
 * const shared = new MlSharedInfra(this, 'Shared');
 * new MlNotebook(this, 'alice', { shared, owner: 'alice' });
 */
export class MlSharedInfra extends Construct implements IMlSharedInfra {
  /**
   * Reads a base that another app or stack published, at deployment and from the same account and region.
   *
   * Nothing is looked up at synthesis, and the publishing stack is not locked. A value that was not published fails
   * the deployment before anything is created, with the name of the parameter that is missing.
   */
  public static fromPublished(
    scope: Construct,
    id: string,
    name: string,
    options: PublishedInfraOptions = {},
  ): IMlSharedInfra {
    return new PublishedSharedInfra(scope, id, name, options);
  }

  public readonly network: IMlNetwork;
  public readonly storage: IMlStorage;
  public readonly encryptionKey: kms.IKey;
  public readonly environment: MlEnvironment;
  public readonly baseName: string;
  public readonly notebookRole: iam.IRole;
  public readonly workspacePolicy: iam.IManagedPolicy;
  public readonly jobsPolicy: iam.IManagedPolicy;
  /** @internal */
  public readonly _roleTemplate: RoleTemplate;
  private readonly permissionsBoundary?: iam.IManagedPolicy;
  private readonly publications: string[] = [];

  constructor(scope: Construct, id: string, props: MlSharedInfraProps = {}) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey, 'a key');
    if (props.environment) {
      MlEnvironment.set(this, props.environment);
    }
    if (props.baseName !== undefined) {
      requireKnown(this, 'baseName', props.baseName, 'roles are named after it');
      const rule = '1 to 63 characters of A-Z a-z 0-9 - that begin with a letter or digit';
      requirePattern(this, 'baseName', props.baseName, /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, rule);
    }
    this.environment = MlEnvironment.of(this);
    const key = props.baseName ?? placeOf(this);
    this.baseName = props.baseName ?? `${key}-${Stack.of(this).region}`;
    requireOwnName(this, this.baseName);
    this.permissionsBoundary = props.permissionsBoundary;
    if (props.permissionsBoundary) {
      iam.PermissionsBoundary.of(this).apply(props.permissionsBoundary);
    }

    this.encryptionKey = props.encryptionKey ?? createDataKey(this, 'Key', this.environment._dataRemovalPolicy(this));
    this.network = props.network ?? new MlNetwork(this, 'Network', { encryptionKey: this.encryptionKey });
    this.boundNetwork(props);
    if (props.storage !== undefined && props.storageOptions !== undefined) {
      fail(this, 'storageOptions', 'given to the MlStorage that is handed over', props.storage);
    }
    this.storage = props.storage ?? this.ownStorage(props);
    requireReachable(this, props.dataPerimeter);
    if (props.dataPerimeter !== undefined) {
      this.storage._keepInside(this, props.dataPerimeter, s3EndpointsOf(this.network));
    }
    this.workspacePolicy = this.policy('WorkspacePolicy', [
      ...this.storage._ownerStatements(CALLING_OWNER),
      ...workspaceStatements(this),
    ]);
    this.jobsPolicy = this.policy(
      'JobsPolicy',
      jobStatements(this, {
        baseName: this.baseName,
        subnetIds: this.network.subnets.map((subnet) => subnet.subnetId),
        securityGroupId: this.network.workloadSecurityGroup.securityGroupId,
        encryptionKeyArn: this.encryptionKey.keyArn,
        rules: conditionsOf(this, props.jobs ?? {}, {
          volumeKeyArn: this.encryptionKey.keyArn,
          outputKeyArn: (this.storage.encryptionKey ?? this.storage.artifacts.encryptionKey)?.keyArn,
        }),
      }),
    );
    this.notebookRole = this.teamRole();
    this._roleTemplate = {
      key,
      baseName: this.baseName,
      environmentName: this.environment.name,
      tags: this.environment.tags,
      policyArns: [this.workspacePolicy.managedPolicyArn, this.jobsPolicy.managedPolicyArn],
      permissionsBoundaryArn: props.permissionsBoundary?.managedPolicyArn,
    };
    for (const [key, value] of Object.entries(this.environment.tags)) {
      Tags.of(this).add(key, value);
    }
    Tags.of(this).add(BASE_TAG, this.baseName, { priority: IDENTITY_TAG_PRIORITY });
    Tags.of(this).add(ENVIRONMENT_TAG, this.environment.name, { priority: IDENTITY_TAG_PRIORITY });
    referWeakly(this, [props.encryptionKey, props.permissionsBoundary, props.network, props.storage]);
    tellBase(this, () => [
      ...(props.dataPerimeter ? ['data perimeter'] : []),
      ...(props.permissionsBoundary ? ['permissions boundary'] : []),
      ...this.publications.map((name) => `publishes ${name}`),
    ]);
  }

  /**
   * Lets other apps and stacks of the account and region read this base under a name: writes SSM parameters below
   * `/ml-infra/<name>/`.
   */
  public publish(name: string): void {
    requirePublicationName(this, name);
    orderDeployment(this, name, 'publisher');
    new Publication(this, name, this.permissionsBoundary?.managedPolicyArn);
    this.publications.push(name);
  }

  public grantReadJobLogs(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, [readJobLogsStatement(this)], 'a base');
  }

  /** Adds the names and ids that people look for to the outputs of the stack: buckets, role, network, endpoints. */
  public addOutputs(): void {
    if (this.node.tryFindChild('VpcId')) {
      return;
    }
    const { network, storage } = this;
    const output = (id: string, value: string) => new CfnOutput(this, id, { value });
    output('DatasetsBucketName', storage.datasets.bucketName);
    output('ModelsBucketName', storage.models.bucketName);
    output('ArtifactsBucketName', storage.artifacts.bucketName);
    output('NotebookRoleArn', this.notebookRole.roleArn);
    output('VpcId', network.vpc.vpcId);
    output('WorkloadSecurityGroupId', network.workloadSecurityGroup.securityGroupId);
    output('EndpointSecurityGroupId', network.endpointSecurityGroup.securityGroupId);
    network._forEachEndpoint((service, endpointId) => output(`EndpointId-${service}`, endpointId));
  }

  /** @internal */
  public _requireUsableBy(scope: IConstruct): void {
    requireUsable(this, scope);
  }

  private ownStorage({ storageOptions = {} }: MlSharedInfraProps): IMlStorage {
    const isManaged = storageOptions.encryption === StorageEncryption.S3_MANAGED;
    const encryptionKey = isManaged ? undefined : this.encryptionKey;
    return new MlStorage(this, 'Storage', { encryptionKey, ...storageOptions });
  }

  /** A network from outside is not below the base. Its stack must not refer to this one, which refers to it. */
  private boundNetwork({ network, permissionsBoundary }: MlSharedInfraProps): void {
    if (network === undefined || permissionsBoundary === undefined) {
      return;
    }
    const here = Stack.of(this);
    const isOurs = Resource.isOwnedResource(permissionsBoundary) && Stack.of(permissionsBoundary) === here;
    if (Stack.of(network) === here || !isOurs) {
      iam.PermissionsBoundary.of(network).apply(permissionsBoundary);
      return;
    }
    Annotations.of(this).addWarningV2(
      'cdk-ml-infra:networkNotBounded',
      `${this.node.path}: roles of ${network.node.path} have no boundary, since that is defined in the stack of the base; define it in the stack of the network, or apply one there`,
    );
  }

  private policy(id: string, statements: iam.PolicyStatement[]): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(this, id, { statements });
    acknowledgeWildcards(
      policy,
      'Names of objects, jobs and images are not known before; tags and prefixes bound them',
    );
    return policy;
  }

  private teamRole(): iam.Role {
    const role = new iam.Role(this, 'NotebookRole', {
      path: rolePath(this.baseName, TEAM_OWNER),
      assumedBy: sagemakerOfThisAccount(),
      managedPolicies: [this.workspacePolicy, this.jobsPolicy],
    });
    Tags.of(role).add(OWNER_TAG, TEAM_OWNER, { priority: IDENTITY_TAG_PRIORITY });
    return role;
  }
}

function s3EndpointsOf(network: IMlNetwork): string[] {
  const ids: string[] = [];
  network._forEachEndpoint((service, endpointId) => ids.push(...(service === MlService.S3.name ? [endpointId] : [])));
  return ids;
}
