import type { UnitName } from './prices';

/** Measures that are stated for each resource. */
export type EachMeasure = 'notebookHours' | 'instanceHours' | 'endpointHours';

/** Measures that are stated for all resources of a construct together. */
export type TotalMeasure =
  | 'vpcEndpointGb'
  | 'natGatewayGb'
  | 's3StorageGb'
  | 's3PutRequests'
  | 's3GetRequests'
  | 'kmsRequests'
  | 'logIngestionGb'
  | 'logStorageGb'
  | 'customMetrics'
  | 'lambdaRequests'
  | 'lambdaGbSeconds'
  | 'serverlessInferenceRequests'
  | 'glueDpuHours'
  | 'stateTransitions'
  | 'ecrStorageGb'
  | 'efsStorageGb';

/** A cost by use. */
export interface UsedPrice {
  /** What is used, such as `Storage`. */
  readonly what: string;
  readonly unit: string;

  /** Undefined where the package has no such price. */
  readonly price: UnitName | undefined;

  /** Type of the resources that it is for, where there is none to tell. */
  readonly type: string;
}

/** What the measures of total use mean, and at what price unless a resource tells another. */
export const TOTAL_MEASURES: { readonly [measure in TotalMeasure]: UsedPrice } = {
  vpcEndpointGb: {
    what: 'Data through interface endpoints',
    unit: 'GB',
    price: 'interfaceEndpointPerGb',
    type: 'AWS::EC2::VPCEndpoint',
  },
  natGatewayGb: {
    what: 'Data through NAT gateways',
    unit: 'GB',
    price: 'natGatewayPerGb',
    type: 'AWS::EC2::NatGateway',
  },
  s3StorageGb: {
    what: 'Storage in S3 Standard',
    unit: 'GB-month',
    price: 's3StandardGbMonth',
    type: 'AWS::S3::Bucket',
  },
  s3PutRequests: {
    what: 'PUT, COPY, POST and LIST requests',
    unit: 'request',
    price: 's3PutPerRequest',
    type: 'AWS::S3::Bucket',
  },
  s3GetRequests: {
    what: 'GET and other requests',
    unit: 'request',
    price: 's3GetPerRequest',
    type: 'AWS::S3::Bucket',
  },
  kmsRequests: { what: 'Requests to KMS', unit: 'request', price: 'kmsPerRequest', type: 'AWS::KMS::Key' },
  logIngestionGb: { what: 'Log ingestion', unit: 'GB', price: 'cwLogsIngestGb', type: 'AWS::Logs::LogGroup' },
  logStorageGb: { what: 'Log storage', unit: 'GB-month', price: 'cwLogsStoredGbMonth', type: 'AWS::Logs::LogGroup' },
  customMetrics: {
    what: 'Custom metrics',
    unit: 'metric-month',
    price: 'cwCustomMetricMonth',
    type: 'AWS::CloudWatch::Metric',
  },
  lambdaRequests: {
    what: 'Requests to Lambda',
    unit: 'request',
    price: 'lambdaPerRequest',
    type: 'AWS::Lambda::Function',
  },
  lambdaGbSeconds: {
    what: 'Duration of Lambda, x86',
    unit: 'GB-second',
    price: 'lambdaGbSecondX86',
    type: 'AWS::Lambda::Function',
  },
  serverlessInferenceRequests: {
    what: 'Requests to serverless inference',
    unit: 'request',
    price: undefined,
    type: 'AWS::SageMaker::Endpoint',
  },
  glueDpuHours: { what: 'DPU hours of Glue', unit: 'DPU-hour', price: 'glueDpuHour', type: 'AWS::Glue::Job' },
  stateTransitions: {
    what: 'State transitions',
    unit: 'state transition',
    price: 'stateTransition',
    type: 'AWS::StepFunctions::StateMachine',
  },
  ecrStorageGb: { what: 'Storage in ECR', unit: 'GB-month', price: 'ecrGbMonth', type: 'AWS::ECR::Repository' },
  efsStorageGb: {
    what: 'Storage in EFS Standard',
    unit: 'GB-month',
    price: 'efsStandardGbMonth',
    type: 'AWS::EFS::FileSystem',
  },
};
