import { isMap, type Properties } from 'cdk-ml-infra/lib/private/template';
import { Column, Hue } from './picture';

/** How a kind of construct or resource is shown. */
export interface Kind {
  readonly letters: string;
  readonly hue: Hue;
  readonly column: Column;

  /** What people call it. */
  readonly noun: string;

  /** What it does to workloads; of the column `control`. */
  readonly verb?: string;

  /** What is worth a line, of the properties of a resource. */
  readonly details?: readonly string[];

  /** Title of the box, where it is not that of its column. */
  readonly box?: string;
}

/** Constructs of the library that have a card of their own. */
export const CONSTRUCTS: Readonly<Record<string, Kind>> = {
  MlNotebook: { letters: 'NB', hue: 'amber', column: 'workloads', noun: 'notebook' },
  NotebookLifecycle: { letters: 'LC', hue: 'blue', column: 'control', noun: 'lifecycle', verb: 'sets up' },
  NotebookAlarms: { letters: 'AL', hue: 'rose', column: 'control', noun: 'alarms', verb: 'watches' },
  MlPermissionsBoundary: { letters: 'PB', hue: 'slate', column: 'control', noun: 'boundary', verb: 'bounds' },
  NotebookBoundary: { letters: 'NO', hue: 'slate', column: 'control', noun: 'notebook boundary', verb: 'bounds' },
  MlExecutionRole: { letters: 'RO', hue: 'slate', column: 'services', noun: 'role', box: 'Roles' },
  DataAccessTrail: { letters: 'CT', hue: 'rose', column: 'services', noun: 'trail', box: 'Records' },
  SageMakerLogRetention: { letters: 'LG', hue: 'rose', column: 'services', noun: 'log retention', box: 'Records' },
};

/** Constructs of the library that are boxes, or whose parts are cards. */
export const CONTAINERS: ReadonlySet<string> = new Set([
  'MlSharedInfra',
  'MlNetwork',
  'MlStorage',
  'MlNotebookFleet',
  'MlUsage',
]);

/** A construct of the library that this version does not know. */
export const OTHER_CONSTRUCT: Kind = {
  letters: 'ML',
  hue: 'slate',
  column: 'services',
  noun: 'construct',
  box: 'More',
};

/** What starts and stops notebooks: a scope that the library makes and that tells nothing. */
export const HOURS: Kind = { letters: 'HR', hue: 'teal', column: 'control', noun: 'hours', verb: 'starts and stops' };

export const BUCKET: Kind = { letters: 'S3', hue: 'green', column: 'services', noun: 'S3 bucket' };
export const KEY: Kind = { letters: 'K', hue: 'rose', column: 'services', noun: 'KMS key' };
export const ENDPOINTS: Kind = { letters: 'EP', hue: 'violet', column: 'gateways', noun: 'private endpoint' };

const compute = (letters: string, noun: string, ...details: string[]): Kind => ({
  letters,
  hue: 'amber',
  column: 'workloads',
  noun,
  details,
});
const data = (letters: string, noun: string, ...details: string[]): Kind => ({
  letters,
  hue: 'green',
  column: 'services',
  noun,
  details,
});
const service = (letters: string, noun: string, ...details: string[]): Kind => ({
  letters,
  hue: 'blue',
  column: 'services',
  noun,
  box: 'Services',
  details,
});

/** Resources that have a card where no construct of the library has one. */
export const RESOURCES: Readonly<Record<string, Kind>> = {
  'AWS::SageMaker::NotebookInstance': compute('NB', 'notebook', 'InstanceType'),
  'AWS::SageMaker::Domain': compute('ST', 'Studio domain'),
  'AWS::SageMaker::Endpoint': compute('SE', 'SageMaker endpoint'),
  'AWS::SageMaker::Pipeline': compute('PI', 'SageMaker pipeline'),
  'AWS::EC2::Instance': compute('EC', 'EC2 instance', 'InstanceType'),
  'AWS::AutoScaling::AutoScalingGroup': compute('AS', 'group of instances'),
  'AWS::ECS::Service': compute('CS', 'container service'),
  'AWS::EKS::Cluster': compute('KS', 'Kubernetes cluster'),
  'AWS::Lambda::Function': compute('FN', 'function', 'Runtime', 'MemorySize'),
  'AWS::Batch::JobQueue': compute('BQ', 'job queue'),
  'AWS::Glue::Job': compute('GL', 'Glue job', 'WorkerType', 'NumberOfWorkers'),
  'AWS::EMR::Cluster': compute('EM', 'EMR cluster'),
  'AWS::StepFunctions::StateMachine': compute('SF', 'state machine'),
  'AWS::EC2::NatGateway': { letters: 'NT', hue: 'violet', column: 'gateways', noun: 'NAT gateway' },
  'AWS::EC2::VPCEndpoint': ENDPOINTS,
  'AWS::S3::Bucket': BUCKET,
  'AWS::KMS::Key': KEY,
  'AWS::EFS::FileSystem': data('FS', 'file system'),
  'AWS::FSx::FileSystem': data('FX', 'file system', 'FileSystemType', 'StorageCapacity'),
  'AWS::DynamoDB::Table': data('DB', 'table'),
  'AWS::DynamoDB::GlobalTable': data('DB', 'table'),
  'AWS::RDS::DBInstance': data('DB', 'database', 'Engine', 'DBInstanceClass'),
  'AWS::RDS::DBCluster': data('DB', 'database', 'Engine'),
  'AWS::Redshift::Cluster': data('RS', 'warehouse', 'NodeType'),
  'AWS::Glue::Database': data('GD', 'Glue database'),
  'AWS::ECR::Repository': service('CR', 'container repository'),
  'AWS::CodeArtifact::Repository': service('CA', 'package repository'),
  'AWS::CodeCommit::Repository': service('CC', 'git repository'),
  'AWS::SecretsManager::Secret': service('SM', 'secret'),
  'AWS::SNS::Topic': service('NS', 'topic'),
  'AWS::SQS::Queue': service('SQ', 'queue'),
  'AWS::Events::Rule': service('EV', 'rule'),
  'AWS::Scheduler::Schedule': service('EV', 'schedule'),
  'AWS::ApiGateway::RestApi': service('AG', 'API'),
  'AWS::ApiGatewayV2::Api': service('AG', 'API'),
  'AWS::SageMaker::FeatureGroup': service('FG', 'feature group'),
  'AWS::SageMaker::ModelPackageGroup': service('MR', 'model registry'),
  'AWS::CloudTrail::Trail': service('CT', 'trail'),
  'AWS::CloudWatch::Dashboard': service('CW', 'dashboard'),
};

/** Resources that stand in a network of the library without being told. */
const GATEWAYS: ReadonlySet<string> = new Set(['AWS::EC2::NatGateway', 'AWS::EC2::Instance']);

/** What the core of the CDK defines for itself: nobody looks for it in a picture. */
const HELPERS = /(^|\/)(Custom::|AWS[0-9a-f]{32}|LogRetention[0-9a-f]{32}|@aws-cdk|BucketNotificationsHandler)/;

/** What the library defines in a stack for itself, beside its constructs. */
const SCOPES = /(^|\/)Ml(Code|Owners|Policy|Role|Workloads)-/;

/** The kind of a resource that has a card; below a construct of the library, only what leads out of its network. */
export function kindOfResource(type: string, path: string, below: boolean): Kind | undefined {
  if (HELPERS.test(path) || SCOPES.test(path) || !Object.hasOwn(RESOURCES, type)) {
    return undefined;
  }
  if (below) {
    return GATEWAYS.has(type) ? { ...RESOURCES[type], letters: 'NT', hue: 'violet', column: 'gateways' } : undefined;
  }
  return RESOURCES[type];
}

/** What a card says of a resource below its title. */
export function linesOf({ noun, details = [] }: Kind, properties: Properties): string[] {
  const told = details
    .map((name) => (isMap(properties) ? properties[name] : undefined))
    .filter((value) => typeof value === 'string' || typeof value === 'number');
  return [noun, ...(told.length > 0 ? [told.join(' · ')] : [])];
}
