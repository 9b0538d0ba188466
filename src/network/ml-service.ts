import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { requireKnown, requirePattern } from '../private/checks';
import { having, requireKinds, TEXT } from '../private/kinds';

/**
 * An AWS service that workloads reach inside the VPC.
 *
 * @example
 * new MlNetwork(this, 'Network', { services: [MlService.SECRETS_MANAGER] });
 */
export class MlService {
  /** S3 through a gateway endpoint, which is free. Every base has it. */
  public static readonly S3 = new MlService(
    's3',
    () => undefined,
    () => ec2.GatewayVpcEndpointAwsService.S3,
  );

  /** The SageMaker API. Every base has it. */
  public static readonly SAGEMAKER_API = MlService._aws('sagemaker-api', 'SAGEMAKER_API');

  /** Invocation of SageMaker endpoints. Every base has it. */
  public static readonly SAGEMAKER_RUNTIME = MlService._aws('sagemaker-runtime', 'SAGEMAKER_RUNTIME');

  /** Security Token Service. Every base has it. */
  public static readonly STS = MlService._aws('sts', 'STS');

  /** CloudWatch Logs. Every base has it. */
  public static readonly CLOUDWATCH_LOGS = MlService._aws('logs', 'CLOUDWATCH_LOGS');

  /** CloudWatch metrics. */
  public static readonly CLOUDWATCH_MONITORING = MlService._aws('monitoring', 'CLOUDWATCH_MONITORING');

  /** Lets browsers inside the VPC, or connected to it, open notebooks without crossing the internet. */
  public static readonly SAGEMAKER_NOTEBOOK = MlService._aws('sagemaker-notebook', 'SAGEMAKER_NOTEBOOK');

  /** The EC2 API. */
  public static readonly EC2 = MlService._aws('ec2', 'EC2');

  /** The API of the Elastic Container Registry. Pulling images also needs `ECR_DOCKER`. */
  public static readonly ECR_API = MlService._aws('ecr-api', 'ECR');

  /** The image layers of the Elastic Container Registry. */
  public static readonly ECR_DOCKER = MlService._aws('ecr-docker', 'ECR_DOCKER');

  /** Key Management Service. */
  public static readonly KMS = MlService._aws('kms', 'KMS');

  /** Secrets Manager. */
  public static readonly SECRETS_MANAGER = MlService._aws('secretsmanager', 'SECRETS_MANAGER');

  /** The API of CodeCommit. */
  public static readonly CODECOMMIT = MlService._aws('codecommit', 'CODECOMMIT');

  /** Git over HTTPS to CodeCommit repositories. */
  public static readonly CODECOMMIT_GIT = MlService._aws('codecommit-git', 'CODECOMMIT_GIT');

  /** The API of CodeArtifact. Installing packages also needs `CODEARTIFACT_REPOSITORIES`. */
  public static readonly CODEARTIFACT_API = MlService._aws('codeartifact-api', 'CODEARTIFACT_API');

  /** The package repositories of CodeArtifact. */
  public static readonly CODEARTIFACT_REPOSITORIES = MlService._aws(
    'codeartifact-repositories',
    'CODEARTIFACT_REPOSITORIES',
  );

  /** Glue. */
  public static readonly GLUE = MlService._aws('glue', 'GLUE');

  /** Systems Manager. A session with a notebook also needs `SSM_MESSAGES` and `SSM_NODES`. */
  public static readonly SSM = MlService._aws('ssm', 'SSM');

  /** The data channel of Session Manager. */
  public static readonly SSM_MESSAGES = MlService._aws('ssm-messages', 'SSM_MESSAGES');

  /**
   * Registration of notebooks as managed nodes of Systems Manager: its agent registers, and fetches the credentials of
   * its role, without credentials of AWS, which the endpoint of `SSM` otherwise refuses.
   */
  public static readonly SSM_NODES = new MlService('ssm-nodes', () => undefined);

  /** The messages of agents of Systems Manager before 3.3.40. */
  public static readonly EC2_MESSAGES = MlService._aws('ec2-messages', 'EC2_MESSAGES');

  /** The API of Elastic File System. Mounting does not need it. */
  public static readonly ELASTIC_FILESYSTEM = MlService._aws('elasticfilesystem', 'ELASTIC_FILESYSTEM');

  /**
   * The packages of Amazon Linux 2023, which lie in buckets of AWS: the endpoint of S3 lets workloads read there.
   *
   * @see https://docs.aws.amazon.com/linux/al2023/ug/managing-repos-os-updates.html
   */
  public static readonly AMAZON_LINUX = new MlService('amazon-linux', () => undefined);

  /** Athena. */
  public static readonly ATHENA = MlService._aws('athena', 'ATHENA');

  /** DynamoDB through a gateway endpoint, which is free. It lets workloads reach tables of the own account. */
  public static readonly DYNAMODB = new MlService(
    'dynamodb',
    () => undefined,
    () => ec2.GatewayVpcEndpointAwsService.DYNAMODB,
  );

  /** The online store of SageMaker Feature Store. */
  public static readonly SAGEMAKER_FEATURESTORE_RUNTIME = MlService._aws(
    'sagemaker-featurestore-runtime',
    'SAGEMAKER_FEATURESTORE_RUNTIME',
  );

  /** Invocation of foundation models of Bedrock. */
  public static readonly BEDROCK_RUNTIME = MlService._aws('bedrock-runtime', 'BEDROCK_RUNTIME');

  /** Management of models of Bedrock. Invoking them needs `BEDROCK_RUNTIME`. */
  public static readonly BEDROCK = MlService._aws('bedrock', 'BEDROCK');

  /** Invocation of agents and knowledge bases of Bedrock. */
  public static readonly BEDROCK_AGENT_RUNTIME = MlService._aws('bedrock-agent-runtime', 'BEDROCK_AGENT_RUNTIME');

  /** Management of agents and knowledge bases of Bedrock. */
  public static readonly BEDROCK_AGENT = MlService._aws('bedrock-agent', 'BEDROCK_AGENT');

  /** Step Functions. */
  public static readonly STEP_FUNCTIONS = MlService._aws('step-functions', 'STEP_FUNCTIONS');

  /** Simple Queue Service. */
  public static readonly SQS = MlService._aws('sqs', 'SQS');

  /** Simple Notification Service. */
  public static readonly SNS = MlService._aws('sns', 'SNS');

  /** EventBridge. */
  public static readonly EVENTBRIDGE = MlService._aws('eventbridge', 'EVENTBRIDGE');

  /** Lambda. */
  public static readonly LAMBDA = MlService._aws('lambda', 'LAMBDA');

  /** Batch. */
  public static readonly BATCH = MlService._aws('batch', 'BATCH');

  /** CloudFormation. */
  public static readonly CLOUDFORMATION = MlService._aws('cloudformation', 'CLOUDFORMATION');

  /** Kinesis Data Streams. */
  public static readonly KINESIS_STREAMS = MlService._aws('kinesis-streams', 'KINESIS_STREAMS');

  /** Data Firehose. */
  public static readonly KINESIS_FIREHOSE = MlService._aws('kinesis-firehose', 'KINESIS_FIREHOSE');

  /** Lake Formation. */
  public static readonly LAKE_FORMATION = MlService._aws('lake-formation', 'LAKE_FORMATION');

  /** The API of Redshift, which gives credentials. A cluster is reached at its own address. */
  public static readonly REDSHIFT = MlService._aws('redshift', 'REDSHIFT');

  /** The Data API of Redshift. */
  public static readonly REDSHIFT_DATA = MlService._aws('redshift-data', 'REDSHIFT_DATA');

  /** The Data API of Aurora. */
  public static readonly RDS_DATA = MlService._aws('rds-data', 'RDS_DATA');

  /** The API of EMR. Livy on a cluster is reached at its own address. */
  public static readonly EMR = MlService._aws('emr', 'EMR');

  /** EMR Serverless. */
  public static readonly EMR_SERVERLESS = MlService._aws('emr-serverless', 'EMR_SERVERLESS');

  /** Comprehend. */
  public static readonly COMPREHEND = MlService._aws('comprehend', 'COMPREHEND');

  /** Rekognition. */
  public static readonly REKOGNITION = MlService._aws('rekognition', 'REKOGNITION');

  /** Textract. */
  public static readonly TEXTRACT = MlService._aws('textract', 'TEXTRACT');

  /** Transcribe. */
  public static readonly TRANSCRIBE = MlService._aws('transcribe', 'TRANSCRIBE');

  /** Translate. */
  public static readonly TRANSLATE = MlService._aws('translate', 'TRANSLATE');

  /**
   * A service that has no constant here.
   *
   * @param name identifies it in construct ids and published parameters: 1 to 63 characters of `a-z`, `0-9` and `-`
   * @param endpoint the interface endpoint service, usually a constant of `ec2.InterfaceVpcEndpointAwsService`
   */
  public static of(name: string, endpoint: ec2.InterfaceVpcEndpointAwsService): MlService {
    return new MlService(name, () => endpoint);
  }

  /**
   * What every base reaches without being asked: a notebook cannot work with less.
   *
   * @internal
   */
  public static readonly _NOTEBOOK_SET = [
    MlService.S3,
    MlService.SAGEMAKER_API,
    MlService.SAGEMAKER_RUNTIME,
    MlService.STS,
    MlService.CLOUDWATCH_LOGS,
  ];

  /**
   * The service of a name.
   *
   * @internal
   */
  public static _named(name: string): MlService {
    const found = Object.values(MlService).find((service) => service instanceof MlService && service.name === name);
    return found as MlService;
  }

  /** @internal */
  public static _aws(name: string, constant: AwsConstant): MlService {
    return new MlService(
      name,
      () => ec2.InterfaceVpcEndpointAwsService[constant] as ec2.InterfaceVpcEndpointAwsService,
    );
  }

  private constructor(
    /** Identifies the service in construct ids and published parameters. */
    public readonly name: string,
    private readonly produceEndpoint: () => ec2.InterfaceVpcEndpointAwsService | undefined,
    private readonly produceGateway: () => ec2.GatewayVpcEndpointAwsService | undefined = () => undefined,
  ) {}

  /** The interface endpoint service. S3 and DynamoDB have none, because they are reached through a gateway. */
  public get interfaceEndpoint(): ec2.InterfaceVpcEndpointAwsService | undefined {
    return this.produceEndpoint();
  }

  /** @internal */
  public get _gatewayEndpoint(): ec2.GatewayVpcEndpointAwsService | undefined {
    return this.produceGateway();
  }

  /** @internal */
  public _require(scope: IConstruct, prop: string): void {
    const rule = '1 to 63 characters of a-z 0-9 - that begin with a letter';
    const kinds = {
      name: TEXT,
      endpoint: having('an endpoint such as ec2.InterfaceVpcEndpointAwsService.KMS', 'port'),
    };
    requireKinds(scope, { name: this.name, endpoint: this.interfaceEndpoint }, kinds, prop);
    requireKnown(scope, prop, this.name, 'constructs are named after it');
    requirePattern(scope, prop, this.name, /^[a-z][a-z0-9-]{0,62}$/, rule);
  }
}

type AwsConstant = keyof typeof ec2.InterfaceVpcEndpointAwsService;
