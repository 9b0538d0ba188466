import { Annotations, CfnDeletionPolicy, CfnOutput, Duration, Size } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlEnvironment, MlInstanceType } from '../environment';
import { LifecycleFeature, METRICS_NAMESPACE } from '../lifecycle';
import { InternetAccess } from '../network';
import { requireGibibytes, requireList, requireRemovalPolicy, requireSameRegion } from '../private/checks';
import { consoleUrl } from '../private/console';
import { grantStatements } from '../private/grants';
import { setIdentityTags, TEAM_OWNER, tagList } from '../private/identity';
import { BASE, required, requireKinds } from '../private/kinds';
import { LIMITS } from '../private/limits-table';
import { requireStable } from '../private/stability';
import { IMlSharedInfra } from '../shared';
import {
  requireAddresses,
  requireNotebookName,
  requirePeriod,
  requireRoomForTags,
  requireRoomInStack,
} from './notebook-checks';
import { bindCode } from './notebook-code';
import { tellNotebook } from './notebook-facts';
import { NotebookHours } from './notebook-hours';
import { NotebookIdentity } from './notebook-identity';
import { GrantOpenOptions, NOTEBOOK_KINDS, NotebookOptions, OPEN_KINDS } from './notebook-options';
import { countAddress, countOwnerRole } from './notebook-quotas';
import { settingTags } from './notebook-settings';
import { chooseSubnet } from './notebook-subnet';
import { workloadGroup } from './workload-group';

/** Properties of an `MlNotebook`. */
export interface MlNotebookProps extends NotebookOptions {
  /** The base that the notebook stands on. */
  readonly shared: IMlSharedInfra;
}

const DEFAULT_VOLUME = Size.gibibytes(50);
const OPEN = ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:DescribeNotebookInstance'];
const START_STOP = [
  'sagemaker:DescribeNotebookInstance',
  'sagemaker:StartNotebookInstance',
  'sagemaker:StopNotebookInstance',
];

/**
 * A SageMaker notebook instance on a shared base.
 *
 * By default it runs Amazon Linux 2023 without root and without a way to the internet, takes instance metadata by
 * IMDSv2 alone, and has an encrypted volume of 50 GiB. It adds one resource to the stack, and one role per owner.
 *
 * @example
 * new MlNotebook(this, 'alice', { shared, owner: 'alice', instanceType: MlInstanceType.M5_XLARGE });
 */
export class MlNotebook extends Construct implements iam.IGrantable, ec2.IConnectable {
  private readonly instance: sagemaker.CfnNotebookInstance;
  private readonly identity: NotebookIdentity;
  private readonly shared: IMlSharedInfra;
  private connectionsOfNotebook?: ec2.Connections;

  constructor(scope: Construct, id: string, props: MlNotebookProps) {
    super(scope, id);
    requireKinds<MlNotebookProps>(this, props, { shared: required(BASE), ...NOTEBOOK_KINDS });
    const { shared, lifecycle } = props;
    this.shared = shared;
    shared._requireUsableBy(this);
    lifecycle?._requireUsableBy(this);
    requireRoomInStack(this);
    if (props.directInternetAccess && shared.network.internetAccess === InternetAccess.NONE) {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:directInternetAccess',
        `${this.node.path}: has a way to the internet of its own, past a network that has none`,
      );
    }
    if (lifecycle?._features.has(LifecycleFeature.DOCKER) && props.rootAccess !== true) {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:dockerWithoutRoot',
        `${this.node.path}: 'dockerOnVolume' of its lifecycle takes 'rootAccess', and fails at each start without`,
      );
    }
    const instanceType = props.instanceType ?? MlInstanceType.T3_MEDIUM;
    instanceType._requireNotebook(this, 'instanceType');
    const volumeSize = props.volumeSize ?? DEFAULT_VOLUME;
    requireGibibytes(this, 'volumeSize', volumeSize, LIMITS.volumeSize.min, LIMITS.volumeSize.max);
    if (props.notebookName !== undefined) {
      requireNotebookName(this, props.notebookName);
      requireStable(this, 'notebookName', props.notebookName);
    }
    requireStable(this, 'encryptionKey', props.encryptionKey?.keyArn);
    requireSameRegion(this, 'encryptionKey', props.encryptionKey, 'a key');
    const environment = MlEnvironment._chosenFor(this) ?? shared.environment;
    const code = bindCode(this, shared.network, props.codeRepositories ?? []);
    this.identity = new NotebookIdentity(this, props);
    this.identity.allow(code.statements);
    const subnet = chooseSubnet(this, shared.network.subnets, props.availabilityZone);
    countAddress(subnet);
    if (props.owner !== undefined && props.role === undefined) {
      countOwnerRole(this, shared._roleTemplate.key, props.owner);
    }

    this.instance = new sagemaker.CfnNotebookInstance(this, 'Resource', {
      notebookInstanceName: props.notebookName,
      instanceType: instanceType.name,
      platformIdentifier: 'notebook-al2023-v1',
      roleArn: this.identity.roleArn,
      subnetId: subnet.subnetId,
      securityGroupIds: [shared.network.workloadSecurityGroup.securityGroupId],
      kmsKeyId: (props.encryptionKey ?? shared.encryptionKey).keyArn,
      volumeSizeInGb: volumeSize.toGibibytes(),
      rootAccess: props.rootAccess === true ? 'Enabled' : 'Disabled',
      directInternetAccess: props.directInternetAccess === true ? 'Enabled' : 'Disabled',
      instanceMetadataServiceConfiguration: { minimumInstanceMetadataServiceVersion: '2' },
      lifecycleConfigName: lifecycle?.lifecycleConfigName,
      defaultCodeRepository: code.repositories[0],
      additionalCodeRepositories: code.repositories.length > 1 ? code.repositories.slice(1) : undefined,
      tags: tagList({ ...environment.tags, ...settingTags(this, props) }),
    });
    setIdentityTags(this.instance.tags, shared.baseName, environment.name, props.owner ?? TEAM_OWNER);
    // A retained instance costs until somebody deletes it; a deleted one takes the work on its volume with it.
    const removed = props.removalPolicy ?? environment.removalPolicy;
    requireRemovalPolicy(this, 'removalPolicy', removed);
    this.instance.applyRemovalPolicy(removed, { applyToUpdateReplacePolicy: false });
    this.instance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    if (props.schedule) {
      NotebookHours.of(this, shared).schedule(this, props.schedule);
    }
    if (props.maxUptime) {
      NotebookHours.of(this, shared).limitUptime(this, props.maxUptime, this.instance.tags);
    }
    requireRoomForTags(this, this.instance.tags);
    if (lifecycle) {
      this.identity.useLifecycle(lifecycle, this);
    }
    tellNotebook(this, { props, subnet, instance: this.instance, environment });
  }

  /** ARN of the notebook instance. */
  public get notebookArn(): string {
    return this.instance.ref;
  }

  /** Name of the notebook instance. */
  public get notebookName(): string {
    return this.instance.attrNotebookInstanceName;
  }

  /** Role of the notebook. Rights given to it go into a managed policy of the notebook's stack. */
  public get role(): iam.IRole {
    return this.identity.role;
  }

  public get grantPrincipal(): iam.IPrincipal {
    return this.role.grantPrincipal;
  }

  /** The security group of all workloads of the base: what is allowed here is allowed for all of them. */
  public get connections(): ec2.Connections {
    this.connectionsOfNotebook ??= new ec2.Connections({ securityGroups: [workloadGroup(this, this.shared)] });
    return this.connectionsOfNotebook;
  }

  /** Lets a principal open the notebook in a browser, from anywhere unless `options` say from where. */
  public grantOpen(grantee: iam.IGrantable, options: GrantOpenOptions = {}): iam.Grant {
    requireKinds(this, options, OPEN_KINDS, 'options');
    const endpoints = options.fromVpcEndpoints?.map((endpoint) => endpoint.vpcEndpointId);
    const addresses = options.fromIpAddresses;
    if (addresses) {
      requireAddresses(this, addresses);
    }
    if (endpoints) {
      requireList(this, 'fromVpcEndpoints', endpoints, 1, 50);
    }
    const conditions = [
      ...(endpoints ? [{ StringEquals: { 'aws:SourceVpce': endpoints } }] : []),
      ...(addresses ? [{ IpAddress: { 'aws:SourceIp': addresses } }] : []),
    ];
    const anywhere = endpoints === undefined && addresses === undefined;
    const statement = (condition?: { [operator: string]: unknown }) =>
      new iam.PolicyStatement({ actions: OPEN, resources: [this.notebookArn], conditions: condition });
    return grantStatements(this, grantee, anywhere ? [statement()] : conditions.map(statement));
  }

  /** Lets a principal start, stop and look at the notebook. */
  public grantStartStop(grantee: iam.IGrantable): iam.Grant {
    const statement = new iam.PolicyStatement({ actions: START_STOP, resources: [this.notebookArn] });
    return grantStatements(this, grantee, [statement]);
  }

  /**
   * A metric that the notebook publishes of itself, if its lifecycle says so: the maximum of 15 minutes, unless `options`
   * say otherwise. CloudWatch has no metrics of notebook instances by itself.
   */
  public metric(metricName: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    requirePeriod(this, options?.period);
    return new cloudwatch.Metric({
      namespace: METRICS_NAMESPACE,
      metricName,
      dimensionsMap: { Base: this.shared.baseName, NotebookInstanceName: this.notebookName },
      statistic: cloudwatch.Stats.MAXIMUM,
      period: Duration.minutes(15),
      ...options,
    }).attachTo(this);
  }

  /** Percent of the volume that is filled: the maximum of 15 minutes, unless `options` say otherwise. */
  public metricDiskUsed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('DiskUsedPercent', options);
  }

  /** Percent of the memory that is used: the maximum of 15 minutes, unless `options` say otherwise. */
  public metricMemoryUsed(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('MemoryUsedPercent', options);
  }

  /** Percent of all cores that is used: the average of 15 minutes, unless `options` say otherwise. */
  public metricCpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('CPUUtilization', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /**
   * Percent of its time that the busiest GPU works: the average of 15 minutes, unless `options` say otherwise. An
   * instance without a GPU does not publish it.
   */
  public metricGpuUtilization(options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('GPUUtilization', { statistic: cloudwatch.Stats.AVERAGE, ...options });
  }

  /** Adds the name, the ARN and the address in the console to the outputs of the stack. */
  public addOutputs(): void {
    if (this.node.tryFindChild('Name')) {
      return;
    }
    new CfnOutput(this, 'Name', { value: this.notebookName });
    new CfnOutput(this, 'Arn', { value: this.notebookArn });
    new CfnOutput(this, 'Console', { value: consoleUrl(this, `notebook-instances/${this.notebookName}`) });
  }
}
