import { MlService } from '../ml-service';

/** The service of some actions, and how sure it is that a workload with a right on them calls it. */
export interface ServiceCalls {
  /** Actions, as IAM writes them. */
  readonly actions: RegExp;
  readonly service: MlService;

  /** Whether another service may call for the workload, such as Athena does Glue: then the right alone says little. */
  readonly isOftenIndirect?: boolean;
}

/** Name of the constant of a service, for the remedy. */
export function constantOf(service: MlService): string {
  const [name] = Object.entries(MlService).find(([, value]) => value === service) ?? [];
  return `MlService.${name}`;
}

/**
 * Calls that workloads make themselves. The first entry that matches counts.
 *
 * What is left out needs no way from inside: roles that are passed, network interfaces and images of jobs, which
 * SageMaker looks after; keys, since the rights on them come with encrypted data and the service that holds the data
 * calls for its caller; metrics, to which every workspace has a right; mounting file systems. What every network
 * reaches is left out too.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const SERVICE_CALLS: readonly ServiceCalls[] = [
  { actions: /^athena:/i, service: MlService.ATHENA },
  { actions: /^batch:/i, service: MlService.BATCH },
  {
    actions: /^bedrock:(Invoke(Agent|InlineAgent|Flow)|Retrieve|RetrieveAndGenerate|Rerank)$/i,
    service: MlService.BEDROCK_AGENT_RUNTIME,
  },
  {
    actions: /^bedrock:(InvokeModel.*|Converse.*|ApplyGuardrail|CountTokens|(Start|Get|List)AsyncInvokes?|\*)$/i,
    service: MlService.BEDROCK_RUNTIME,
  },
  {
    actions: /^bedrock:[^*]*(Agent|Flow|KnowledgeBase|DataSource|Prompt|Ingestion)/i,
    service: MlService.BEDROCK_AGENT,
  },
  { actions: /^bedrock:/i, service: MlService.BEDROCK },
  { actions: /^cloudformation:/i, service: MlService.CLOUDFORMATION },
  { actions: /^cloudwatch:(?!PutMetricData$)/i, service: MlService.CLOUDWATCH_MONITORING },
  {
    actions: /^codeartifact:(ReadFromRepository|PublishPackageVersion)$/i,
    service: MlService.CODEARTIFACT_REPOSITORIES,
  },
  { actions: /^codeartifact:/i, service: MlService.CODEARTIFACT_API },
  { actions: /^codecommit:Git(Pull|Push)$/i, service: MlService.CODECOMMIT_GIT },
  { actions: /^codecommit:/i, service: MlService.CODECOMMIT },
  { actions: /^comprehend:/i, service: MlService.COMPREHEND },
  { actions: /^dynamodb:/i, service: MlService.DYNAMODB },
  {
    actions: /^ecr:(PutImage|InitiateLayerUpload|UploadLayerPart|CompleteLayerUpload)$/i,
    service: MlService.ECR_DOCKER,
  },
  { actions: /^ecr:(Create|Delete|Describe|List|Put|Set|Start|Tag|Untag)[A-Za-z]/i, service: MlService.ECR_API },
  { actions: /^elasticfilesystem:(?!Client)/i, service: MlService.ELASTIC_FILESYSTEM },
  { actions: /^elasticmapreduce:/i, service: MlService.EMR },
  { actions: /^emr-serverless:/i, service: MlService.EMR_SERVERLESS },
  { actions: /^events:/i, service: MlService.EVENTBRIDGE },
  { actions: /^firehose:/i, service: MlService.KINESIS_FIREHOSE },
  { actions: /^glue:/i, service: MlService.GLUE, isOftenIndirect: true },
  { actions: /^kinesis:/i, service: MlService.KINESIS_STREAMS },
  { actions: /^kms:(Sign|Verify|GenerateMac|VerifyMac|GenerateRandom|GetPublicKey)$/i, service: MlService.KMS },
  { actions: /^lakeformation:/i, service: MlService.LAKE_FORMATION, isOftenIndirect: true },
  { actions: /^lambda:/i, service: MlService.LAMBDA },
  { actions: /^rds-data:/i, service: MlService.RDS_DATA },
  { actions: /^redshift-data:/i, service: MlService.REDSHIFT_DATA },
  { actions: /^redshift:/i, service: MlService.REDSHIFT, isOftenIndirect: true },
  { actions: /^rekognition:/i, service: MlService.REKOGNITION },
  {
    actions: /^sagemaker:(GetRecord|PutRecord|DeleteRecord|BatchGetRecord)$/i,
    service: MlService.SAGEMAKER_FEATURESTORE_RUNTIME,
  },
  { actions: /^secretsmanager:/i, service: MlService.SECRETS_MANAGER },
  { actions: /^sns:/i, service: MlService.SNS },
  { actions: /^sqs:/i, service: MlService.SQS },
  { actions: /^ssm:/i, service: MlService.SSM },
  { actions: /^ssmmessages:/i, service: MlService.SSM_MESSAGES },
  { actions: /^states:/i, service: MlService.STEP_FUNCTIONS },
  { actions: /^textract:/i, service: MlService.TEXTRACT },
  { actions: /^transcribe:/i, service: MlService.TRANSCRIBE },
  { actions: /^translate:/i, service: MlService.TRANSLATE },
];
