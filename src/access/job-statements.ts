import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { roleArn, sagemakerArn } from '../private/arns';
import { CALLING_OWNER, ownedByCaller, rolePath } from '../private/identity';

/** Kinds of jobs that owners start, as they stand in ARNs. */
export const JOB_TYPES = ['training-job', 'processing-job', 'hyper-parameter-tuning-job'];

/** Network calls of jobs. AWS fails the validation of processing jobs if these are narrowed in any way. */
const NETWORK_ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:CreateNetworkInterfacePermission',
  'ec2:DeleteNetworkInterface',
  'ec2:DeleteNetworkInterfacePermission',
  'ec2:DescribeDhcpOptions',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
];

/** What jobs are held to. */
export interface JobLimits {
  readonly baseName: string;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
  readonly encryptionKeyArn: string;
  readonly rules?: JobConditions;
}

/** What the request of a job has to say besides, each by the condition key of AWS. */
export interface JobConditions {
  readonly networkIsolation?: boolean;
  readonly trafficEncryption?: boolean;
  readonly instanceTypes?: string[];
  readonly maxRuntimeSeconds?: number;
  readonly volumeKeyArn?: string;
  readonly outputKeyArn?: string;
}

/**
 * What owners may do with jobs: start them in the network of the base and under their own role, tag them as their own
 * while creating, then look at and stop what carries their tags. Names play no part, since `alice-*` is also the
 * beginning of the names of `alice-b`.
 *
 * Transform jobs are left out: they run under the role of their model, which no condition ties to the caller, so alice
 * could read with bob's role what bob's model may read.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export function jobStatements(scope: IConstruct, limits: JobLimits): iam.PolicyStatement[] {
  const jobs = JOB_TYPES.map((type) => sagemakerArn(scope, type, '*'));
  const taggedByCaller = ownedByCaller('aws:RequestTag');
  return [
    new iam.PolicyStatement({
      actions: [
        'sagemaker:CreateHyperParameterTuningJob',
        'sagemaker:CreateProcessingJob',
        'sagemaker:CreateTrainingJob',
      ],
      resources: jobs,
      conditions: startConditions(limits),
    }),
    new iam.PolicyStatement({
      actions: ['sagemaker:AddTags'],
      resources: jobs,
      conditions: { ...taggedByCaller, StringLike: { 'sagemaker:TaggingAction': 'Create*' } },
    }),
    new iam.PolicyStatement({
      actions: [
        'sagemaker:DescribeHyperParameterTuningJob',
        'sagemaker:DescribeProcessingJob',
        'sagemaker:DescribeTrainingJob',
        'sagemaker:ListTrainingJobsForHyperParameterTuningJob',
        'sagemaker:StopHyperParameterTuningJob',
        'sagemaker:StopProcessingJob',
        'sagemaker:StopTrainingJob',
      ],
      resources: jobs,
      conditions: ownedByCaller('aws:ResourceTag'),
    }),
    new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [roleArn(scope, `${rolePath(limits.baseName, CALLING_OWNER).slice(1)}*`)],
      conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
    }),
    networkStatement(),
    volumeKeyStatement(scope, limits.encryptionKeyArn),
  ];
}

/**
 * What a request for a job has to say. All three actions know every key used here; the older names of the KMS keys,
 * without `Arn`, are known to none.
 */
function startConditions({ subnetIds, securityGroupId, rules = {} }: JobLimits): { [operator: string]: unknown } {
  const lists: { [key: string]: string[] } = {
    'sagemaker:VpcSubnets': subnetIds,
    'sagemaker:VpcSecurityGroupIds': [securityGroupId],
    ...(rules.instanceTypes ? { 'sagemaker:InstanceTypes': rules.instanceTypes } : {}),
  };
  const switches: { [key: string]: string } = {
    ...(rules.networkIsolation ? { 'sagemaker:NetworkIsolation': 'true' } : {}),
    ...(rules.trafficEncryption ? { 'sagemaker:InterContainerTrafficEncryption': 'true' } : {}),
  };
  const { StringEquals: tags } = ownedByCaller('aws:RequestTag') as { StringEquals: object };
  return {
    StringEquals: {
      ...tags,
      ...(rules.volumeKeyArn ? { 'sagemaker:VolumeKmsKeyArn': rules.volumeKeyArn } : {}),
      ...(rules.outputKeyArn ? { 'sagemaker:OutputKmsKeyArn': rules.outputKeyArn } : {}),
    },
    // ForAllValues alone is also true of a request that names no network at all.
    'ForAllValues:StringEquals': lists,
    Null: Object.fromEntries(Object.keys(lists).map((key) => [key, 'false'])),
    ...(Object.keys(switches).length > 0 ? { Bool: switches } : {}),
    ...(rules.maxRuntimeSeconds === undefined
      ? {}
      : { NumericLessThanEquals: { 'sagemaker:MaxRuntimeInSeconds': rules.maxRuntimeSeconds } }),
  };
}

/** The network calls of what SageMaker puts into a VPC. */
export function networkStatement(): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: NETWORK_ACTIONS, resources: ['*'] });
}

/** SageMaker may use a key for volumes, and nobody else. */
export function volumeKeyStatement(scope: IConstruct, keyArn: string): iam.PolicyStatement {
  const { region, urlSuffix } = Stack.of(scope);
  return new iam.PolicyStatement({
    actions: ['kms:CreateGrant'],
    resources: [keyArn],
    conditions: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` },
    },
  });
}
