import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { sagemakerArn } from '../private/arns';
import { ownedByCaller } from '../private/identity';
import { JOB_TYPES, networkStatement, volumeKeyStatement } from './job-statements';
import { runtimeStatements } from './workspace-statements';

/** Areas of the bucket of models that belong to the team. */
export const MODEL_AREAS = ['trained', 'artifacts', 'experiments', 'production'];

/** Rules by which Step Functions learns that a job has ended. AWS gives them these names. */
const SYNC_RULES = ['TrainingJobs', 'ProcessingJobs', 'TuningJobs'].map(
  (jobs) => `StepFunctionsGetEventsForSageMaker${jobs}Rule`,
);

/** The bucket of models, and the key that it is encrypted with. */
export interface ModelStore {
  readonly bucketArn: string;
  readonly keyArn?: string;
}

/**
 * What a job may do while it runs: its data, logs, metrics, images, network and volume. It starts nothing, hands no role
 * on and knows no notebook.
 *
 * @param data the statements about the data of the owner
 */
export function jobRoleStatements(
  scope: IConstruct,
  data: iam.PolicyStatement[],
  volumeKeyArn: string,
): iam.PolicyStatement[] {
  return [...data, ...runtimeStatements(scope), networkStatement(), volumeKeyStatement(scope, volumeKeyArn)];
}

/** What a model may do while it serves: read models of its owner, shared ones and those of the team. It writes none. */
export function modelRoleStatements(
  scope: IConstruct,
  store: ModelStore,
  owner: string,
  volumeKeyArn: string,
): iam.PolicyStatement[] {
  const areas = [`users/${owner}`, 'shared', ...MODEL_AREAS].map((area) => `${area}/*`);
  const { region, urlSuffix } = Stack.of(scope);
  const data = [
    new iam.PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [store.bucketArn],
      conditions: { StringLike: { 's3:prefix': areas } },
    }),
    new iam.PolicyStatement({ actions: ['s3:GetBucketLocation'], resources: [store.bucketArn] }),
    new iam.PolicyStatement({
      actions: ['s3:GetObject', 's3:GetObjectVersion'],
      resources: areas.map((area) => `${store.bucketArn}/${area}`),
    }),
  ];
  if (store.keyArn !== undefined) {
    data.push(
      new iam.PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [store.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
      }),
    );
  }
  return jobRoleStatements(scope, data, volumeKeyArn);
}

/**
 * What a pipeline may do besides what an owner may do with jobs: wait for their end, and run pipelines of its owner.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sagemaker-iam.html
 */
export function pipelineRoleStatements(scope: IConstruct): iam.PolicyStatement[] {
  const ofCaller = ownedByCaller('aws:ResourceTag');
  return [
    new iam.PolicyStatement({
      actions: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      resources: SYNC_RULES.map((rule) =>
        Stack.of(scope).formatArn({
          service: 'events',
          resource: 'rule',
          resourceName: rule,
          arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
        }),
      ),
    }),
    new iam.PolicyStatement({
      actions: ['sagemaker:ListTags'],
      resources: JOB_TYPES.map((type) => sagemakerArn(scope, type, '*')),
      conditions: ofCaller,
    }),
    new iam.PolicyStatement({
      actions: [
        'sagemaker:DescribePipelineExecution',
        'sagemaker:ListPipelineExecutionSteps',
        'sagemaker:StartPipelineExecution',
        'sagemaker:StopPipelineExecution',
      ],
      resources: [sagemakerArn(scope, 'pipeline', '*')],
      conditions: ofCaller,
    }),
  ];
}
