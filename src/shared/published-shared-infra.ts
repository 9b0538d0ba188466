import { Annotations, Aws, CfnCondition, CfnParameter, Fn, Lazy, Stack, Token, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { RoleTemplate, readJobLogsStatement } from '../access';
import { MlEnvironment } from '../environment';
import { IMlNetwork, InternetAccess, MlNetwork, MlService, NetworkRisk } from '../network';
import { fail } from '../private/checks';
import { grantStatements } from '../private/grants';
import { having, Kinds, listOf, oneOf, requireKinds } from '../private/kinds';
import { RoleReference } from '../private/role-reference';
import { IMlStorage, MlStorage } from '../storage';
import { tellBase } from './base-facts';
import {
  isPartOf,
  NO_BOUNDARY,
  orderDeployment,
  parameterName,
  publishedBase,
  requirePublicationName,
} from './publication';
import { IMlSharedInfra, PublishedInfraOptions } from './shared-infra';

const KINDS: Kinds<PublishedInfraOptions> = {
  environment: having('an environment such as MlEnvironment.DEV', '_require'),
  services: listOf(having('a service such as MlService.KMS', 'interfaceEndpoint')),
  internetAccess: oneOf('InternetAccess', InternetAccess),
};

/** What `MlSharedInfra.fromPublished` returns: every value is an SSM parameter, read at deployment. */
export class PublishedSharedInfra extends Construct implements IMlSharedInfra {
  public readonly network: IMlNetwork;
  public readonly storage: IMlStorage;
  public readonly encryptionKey: kms.IKey;
  public readonly environment: MlEnvironment;
  public readonly baseName: string;
  public readonly notebookRole: iam.IRole;
  public readonly workspacePolicy: iam.IManagedPolicy;
  public readonly jobsPolicy: iam.IManagedPolicy;
  public readonly _roleTemplate: RoleTemplate;
  private readonly boundaryArn: string;
  private readonly boundaryConditions = new Map<Stack, CfnCondition>();
  private readonly publication: string;

  constructor(scope: Construct, id: string, name: string, options: PublishedInfraOptions) {
    super(scope, id);
    this.publication = name;
    requirePublicationName(this, name);
    requireKinds(this, options, KINDS, 'options');
    orderDeployment(this, name, 'reader');
    if (options.environment) {
      MlEnvironment.set(this, options.environment);
    }
    this.environment = MlEnvironment.of(this);
    const read = (value: string) => this.read(name, value);
    // The finding that a parameter is not used is one of the stack.
    Validations.of(Stack.of(this)).acknowledge({
      id: 'CloudFormation-Validate::W2001',
      reason:
        'Parameters of a published base are read even where nothing uses them, so that a missing one fails at once',
    });

    this.baseName = read('base-name');
    this.network = new PublishedNetwork(this, 'Network', read, options);
    const bucket = (value: string) => s3.Bucket.fromBucketName(this, value, read(`buckets/${value.toLowerCase()}`));
    this.storage = MlStorage.fromBuckets(this, 'Storage', {
      datasets: bucket('Datasets'),
      models: bucket('Models'),
      artifacts: bucket('Artifacts'),
      encryptionKey: kms.Key.fromKeyArn(this, 'StorageKey', read('keys/storage')),
    });
    this.encryptionKey = kms.Key.fromKeyArn(this, 'Key', read('keys/volumes'));
    this.notebookRole = new RoleReference(this, 'NotebookRole', {
      roleArn: read('roles/notebook/arn'),
      roleName: read('roles/notebook/name'),
    });
    this.workspacePolicy = iam.ManagedPolicy.fromManagedPolicyArn(this, 'WorkspacePolicy', read('policies/workspace'));
    this.jobsPolicy = iam.ManagedPolicy.fromManagedPolicyArn(this, 'JobsPolicy', read('policies/jobs'));
    this.boundaryArn = read('policies/permissions-boundary');
    this.defineBoundaryCondition(Stack.of(this));
    this._roleTemplate = {
      key: `published:${name}`, // no local base has a colon in its key
      baseName: this.baseName,
      environmentName: read('environment'),
      tags: this.environment.tags,
      policyArns: [this.workspacePolicy.managedPolicyArn, this.jobsPolicy.managedPolicyArn],
      permissionsBoundaryArn: this.boundary(),
    };
    tellBase(this, () => [`published as ${name}`]);
  }

  public grantReadJobLogs(grantee: iam.IGrantable): iam.Grant {
    return grantStatements(this, grantee, [readJobLogsStatement(this)], 'a base');
  }

  /**
   * The name of the base if this app publishes it, else that of the publication: in facts, what stands on the base is of
   * one base, in whichever stack it reads the name.
   *
   * @internal
   */
  public get _knownName(): string {
    return publishedBase(this, this.publication)?.baseName ?? this.publication;
  }

  /** @internal */
  public _requireUsableBy(scope: IConstruct): void {
    const stack = Stack.of(scope);
    if (!isPartOf(stack, Stack.of(this))) {
      const rule =
        'a base read in the same stack, where its values are parameters: call MlSharedInfra.fromPublished there too';
      fail(scope, 'shared', rule, this.node.path);
    }
    if (!this.boundaryConditions.has(stack)) {
      this.defineBoundaryCondition(stack);
    }
  }

  /** A parameter of the template, so that a missing value fails the deployment before anything is created. */
  private read(name: string, value: string): string {
    const parameter = new CfnParameter(this, `Published-${value.replaceAll('/', '-')}`, {
      type: 'AWS::SSM::Parameter::Value<String>',
      default: parameterName(name, value),
    });
    return parameter.valueAsString;
  }

  /** Whether there is a boundary is only known at deployment, and a role must not go without it. */
  private boundary(): string {
    const { boundaryArn, boundaryConditions } = this;
    return Lazy.uncachedString({
      produce: ({ scope }) => {
        const condition = boundaryConditions.get(Stack.of(scope));
        if (condition === undefined) {
          throw new Error(`${Stack.of(scope).node.path} defines roles on a base that it was not found usable for`);
        }
        return Token.asString(Fn.conditionIf(condition.logicalId, boundaryArn, Aws.NO_VALUE));
      },
    });
  }

  /** A condition holds for one template, so each nested stack has its own. */
  private defineBoundaryCondition(stack: Stack): void {
    const scope = stack === Stack.of(this) ? this : stack;
    const id = scope === this ? 'HasBoundary' : `HasBoundary-${this.node.addr}`;
    const expression = Fn.conditionNot(Fn.conditionEquals(this.boundaryArn, NO_BOUNDARY));
    this.boundaryConditions.set(stack, new CfnCondition(scope, id, { expression }));
  }
}

class PublishedNetwork extends Construct implements IMlNetwork {
  public readonly vpc: ec2.IVpc;
  public readonly subnets: ec2.ISubnet[];
  public readonly internetAccess: InternetAccess;
  public readonly workloadSecurityGroup: ec2.ISecurityGroup;
  public readonly endpointSecurityGroup: ec2.ISecurityGroup;
  private readonly endpointIds = new Map<string, string>();
  private readonly risks: ReturnType<typeof MlNetwork._guard>;

  constructor(scope: Construct, id: string, read: (value: string) => string, options: PublishedInfraOptions) {
    super(scope, id);
    this.internetAccess = options.internetAccess ?? InternetAccess.NONE;
    const subnetIds = [read('subnets/1'), read('subnets/2')];
    this.vpc = ec2.Vpc.fromVpcAttributes(this, 'Vpc', {
      vpcId: read('vpc-id'),
      availabilityZones: subnetIds.map((_, index) => Fn.select(index, Fn.getAzs())),
      isolatedSubnetIds: subnetIds,
    });
    this.subnets = this.vpc.isolatedSubnets;
    for (const subnet of this.subnets) {
      // Nobody needs the route tables: endpoints stand with the base.
      Annotations.of(subnet).acknowledgeWarning('@aws-cdk/aws-ec2:noSubnetRouteTableId');
    }
    const group = (value: string) =>
      ec2.SecurityGroup.fromSecurityGroupId(this, `${value}-group`, read(`security-groups/${value}`), {
        allowAllOutbound: false,
      });
    this.workloadSecurityGroup = group('workload');
    this.endpointSecurityGroup = group('endpoint');
    for (const service of options.services ?? []) {
      service._require(this, 'services');
      this.endpointIds.set(service.name, read(`endpoints/${service.name}`));
    }
    this.risks = MlNetwork._guard(this, [...MlService._NOTEBOOK_SET, ...(options.services ?? [])]);
    MlNetwork._tell(this);
  }

  public acceptRisk(risk: NetworkRisk, reason: string): void {
    this.risks.accept(risk, reason);
  }

  public requireService(service: MlService): void {
    if (!this.endpointIds.has(service.name) && !MlService._NOTEBOOK_SET.includes(service)) {
      const rule = `stated with fromPublished(..., { services }) and published, as a feature in use needs ${service.name}`;
      fail(this, 'services', rule, [...this.endpointIds.keys()]);
    }
  }

  /** @internal */
  public _forEachEndpoint(listener: (serviceName: string, endpointId: string) => void): void {
    for (const [serviceName, endpointId] of this.endpointIds) {
      listener(serviceName, endpointId);
    }
  }
}
