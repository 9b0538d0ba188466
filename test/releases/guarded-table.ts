import type { WrittenResource } from '../shared/templates';

/** Why a type of resource may neither be replaced nor leave its stack. */
export interface Guarded {
  /** What users lose with it, as the end of a sentence. */
  readonly loses: string;

  /** Which resources of the type are meant, where not all are. */
  readonly only?: (resource: WrittenResource) => boolean;
}

const OBJECTS = 'its data stays in the old one or is gone, and the new one starts empty';
const HISTORY = 'its history stays in the old one or is gone';
const VOLUME = 'the volume with the work of its owner goes with it';
const NAME = 'others refer to it by name or id, and CloudFormation cannot tell them';
const ADDRESS = 'notebooks in it are replaced, and with them their volumes';

/** Types that hold data of users, or without which the data cannot be read. */
export const HOLDS_DATA: Record<string, Guarded> = {
  'AWS::Athena::WorkGroup': { loses: 'saved queries and their history go with it' },
  'AWS::CloudTrail::EventDataStore': { loses: HISTORY },
  'AWS::CloudTrail::Trail': { loses: 'nothing is recorded in between' },
  'AWS::CodeCommit::Repository': { loses: OBJECTS },
  'AWS::Cognito::UserPool': { loses: 'its users are gone' },
  'AWS::DynamoDB::GlobalTable': { loses: OBJECTS },
  'AWS::DynamoDB::Table': { loses: OBJECTS },
  'AWS::EC2::Instance': { loses: 'its root volume goes with it' },
  'AWS::EC2::Volume': { loses: OBJECTS },
  'AWS::ECR::Repository': { loses: 'images that endpoints and jobs start from are in the old one' },
  'AWS::EFS::AccessPoint': { loses: 'what has it mounted by its id finds nothing' },
  'AWS::EFS::FileSystem': { loses: OBJECTS },
  'AWS::FSx::FileSystem': { loses: OBJECTS },
  'AWS::Glue::Database': { loses: 'its tables are gone' },
  'AWS::Glue::Table': { loses: 'partitions and statistics are gone' },
  'AWS::KMS::Key': { loses: 'what it has encrypted cannot be read without it' },
  'AWS::Logs::LogGroup': { loses: HISTORY },
  'AWS::OpenSearchService::Domain': { loses: OBJECTS },
  'AWS::RDS::DBCluster': { loses: OBJECTS },
  'AWS::RDS::DBInstance': { loses: OBJECTS },
  'AWS::S3::Bucket': { loses: OBJECTS },
  'AWS::S3::BucketPolicy': { loses: 'a bucket that is kept stands without it, open to plain HTTP' },
  'AWS::S3Tables::TableBucket': { loses: OBJECTS },
  'AWS::SageMaker::Domain': { loses: 'its users and their home folders go with it' },
  'AWS::SageMaker::FeatureGroup': { loses: OBJECTS },
  'AWS::SageMaker::MlflowApp': { loses: 'its experiments go with it' },
  'AWS::SageMaker::MlflowTrackingServer': { loses: 'its experiments go with it' },
  'AWS::SageMaker::ModelPackage': { loses: 'what serves it by its ARN finds nothing' },
  'AWS::SageMaker::ModelPackageGroup': { loses: 'the versions of its models stay in the old one' },
  'AWS::SageMaker::NotebookInstance': { loses: VOLUME },
  'AWS::SageMaker::Space': { loses: VOLUME },
  'AWS::SageMaker::UserProfile': { loses: VOLUME },
  'AWS::SecretsManager::Secret': { loses: 'its value was written by somebody, and is not in the template' },
};

/** Types that people and other apps know by name, id or address. */
export const KNOWN_BY_OTHERS: Record<string, Guarded> = {
  'AWS::EC2::EIP': { loses: 'firewalls of others let its address in' },
  'AWS::EC2::NatGateway': { loses: 'the new one cannot take its address while the old one has it' },
  'AWS::EC2::SecurityGroup': { loses: ADDRESS },
  'AWS::EC2::Subnet': { loses: ADDRESS },
  'AWS::EC2::VPC': { loses: ADDRESS },
  'AWS::EC2::VPCEndpoint': {
    loses: 'policies of buckets know its id, and no second endpoint can have its private name while the first has it',
  },
  'AWS::IAM::Group': { loses: NAME },
  'AWS::IAM::ManagedPolicy': { loses: 'roles of other apps that have it, or have it as boundary, keep it from going' },
  'AWS::IAM::Role': {
    loses: NAME,
    // A role of a service alone has neither, and whatever assumes it stands in the same template.
    only: ({ Properties }) => Properties?.Path !== undefined || Properties?.RoleName !== undefined,
  },
  'AWS::IAM::User': { loses: NAME },
  'AWS::KMS::Alias': { loses: NAME },
  'AWS::Route53::HostedZone': { loses: 'its name servers change' },
  'AWS::SageMaker::Endpoint': { loses: 'who invokes it by its name gets errors' },
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': { loses: 'every notebook that has it is updated with it' },
  'AWS::SNS::Topic': { loses: 'people who subscribed have to do so again' },
  'AWS::SSM::Parameter': { loses: 'other apps read it at their next deployment' },
};

/** Types that CloudFormation can make again from the template, with nothing lost. */
export const MADE_AGAIN = [
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::EC2::EIPAssociation',
  'AWS::EC2::FlowLog',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::Route',
  'AWS::EC2::RouteTable',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::EC2::SubnetRouteTableAssociation',
  'AWS::EC2::VPCGatewayAttachment',
  'AWS::EFS::MountTarget',
  'AWS::Events::Rule',
  'AWS::IAM::InstanceProfile',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::Logs::SubscriptionFilter',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
  'AWS::SageMaker::EndpointConfig',
  'AWS::SageMaker::Model',
  'AWS::SageMaker::Pipeline',
  'AWS::Scheduler::Schedule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::StepFunctions::StateMachine',
  'Custom::S3AutoDeleteObjects',
  'Custom::VpcRestrictDefaultSG',
];

const UNKNOWN: Guarded = {
  loses: 'nobody has written down in test/releases/guarded-table.ts what its type holds, so the worst is taken',
};

/** Why a resource is guarded; undefined for what can be made again. */
export function guardOf(resource: WrittenResource): Guarded | undefined {
  const guarded = HOLDS_DATA[resource.Type] ?? KNOWN_BY_OTHERS[resource.Type];
  if (guarded === undefined) {
    return MADE_AGAIN.includes(resource.Type) ? undefined : UNKNOWN;
  }
  return guarded.only === undefined || guarded.only(resource) ? guarded : undefined;
}
