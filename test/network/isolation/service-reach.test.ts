import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { InternetAccess, MlNetworkProps, MlService } from '../../../src/network';
import { constantOf, SERVICE_CALLS } from '../../../src/network/isolation/service-calls-table';
import { reachFindings } from '../../../src/network/isolation/service-reach';
import { Scene } from './scene';

/** Actions, and the constant of the service that they need. */
const DIRECT: [string, string][] = [
  ['athena:StartQueryExecution', 'ATHENA'],
  ['bedrock:InvokeModel', 'BEDROCK_RUNTIME'],
  ['bedrock:InvokeModelWithResponseStream', 'BEDROCK_RUNTIME'],
  ['bedrock:Retrieve', 'BEDROCK_AGENT_RUNTIME'],
  ['bedrock:CreateKnowledgeBase', 'BEDROCK_AGENT'],
  ['bedrock:ListFoundationModels', 'BEDROCK'],
  ['bedrock:*', 'BEDROCK_RUNTIME'],
  ['cloudformation:DescribeStacks', 'CLOUDFORMATION'],
  ['cloudwatch:GetMetricData', 'CLOUDWATCH_MONITORING'],
  ['codeartifact:GetAuthorizationToken', 'CODEARTIFACT_API'],
  ['codeartifact:ReadFromRepository', 'CODEARTIFACT_REPOSITORIES'],
  ['codecommit:GitPull', 'CODECOMMIT_GIT'],
  ['codecommit:GetBranch', 'CODECOMMIT'],
  ['dynamodb:GetItem', 'DYNAMODB'],
  ['dynamodb:*', 'DYNAMODB'],
  ['ecr:PutImage', 'ECR_DOCKER'],
  ['ecr:DescribeRepositories', 'ECR_API'],
  ['elasticfilesystem:DescribeFileSystems', 'ELASTIC_FILESYSTEM'],
  ['elasticmapreduce:DescribeCluster', 'EMR'],
  ['emr-serverless:StartJobRun', 'EMR_SERVERLESS'],
  ['events:PutEvents', 'EVENTBRIDGE'],
  ['firehose:PutRecord', 'KINESIS_FIREHOSE'],
  ['kinesis:PutRecord', 'KINESIS_STREAMS'],
  ['kms:Sign', 'KMS'],
  ['lambda:InvokeFunction', 'LAMBDA'],
  ['rds-data:ExecuteStatement', 'RDS_DATA'],
  ['redshift-data:ExecuteStatement', 'REDSHIFT_DATA'],
  ['sagemaker:GetRecord', 'SAGEMAKER_FEATURESTORE_RUNTIME'],
  ['secretsmanager:GetSecretValue', 'SECRETS_MANAGER'],
  ['SecretsManager:getsecretvalue', 'SECRETS_MANAGER'],
  ['sns:Publish', 'SNS'],
  ['sqs:SendMessage', 'SQS'],
  ['ssm:GetParameter', 'SSM'],
  ['states:StartExecution', 'STEP_FUNCTIONS'],
];

const INDIRECT: [string, string][] = [
  ['glue:GetTable', 'GLUE'],
  ['lakeformation:GetDataAccess', 'LAKE_FORMATION'],
  ['redshift:GetClusterCredentials', 'REDSHIFT'],
];

describe('services that workloads have rights on', () => {
  const all = [...DIRECT, ...INDIRECT];
  const refused = findings(sceneWith(all.map(([action]) => action)));

  test.each(DIRECT)('%s is refused without MlService.%s', (action, constant) => {
    expect(refused.filter(({ got }) => got === action)).toEqual([
      {
        path: expect.stringMatching(/^Team\/Policy\d+\/Resource$/),
        prop: 'actions',
        rule: `on services that Team/Network reaches; give it services: [MlService.${constant}]`,
        got: action,
        risk: 'unreachable-service',
        isOftenIndirect: false,
      },
    ]);
  });

  test.each(INDIRECT)('%s is only doubted without MlService.%s, because another service may call', (action) => {
    expect(refused.filter(({ got }) => got === action)).toMatchObject([{ isOftenIndirect: true }]);
  });

  test('each is accepted where the network has its service', () => {
    const services = [
      ...new Set(all.map(([, constant]) => MlService[constant as keyof typeof MlService] as MlService)),
    ];

    expect(
      findings(
        sceneWith(
          all.map(([action]) => action),
          { services },
        ),
      ),
    ).toEqual([]);
  });

  test('what every network has, and what needs no way from inside, is never refused', () => {
    const actions = [
      's3:GetObject',
      'sts:AssumeRole',
      'logs:PutLogEvents',
      'sagemaker:CreateTrainingJob',
      'sagemaker:InvokeEndpoint',
      'iam:PassRole',
      'ec2:CreateNetworkInterface',
      'ecr:GetAuthorizationToken',
      'ecr:BatchGetImage',
      'cloudwatch:PutMetricData',
      'kms:Decrypt',
      'kms:GenerateDataKey*',
      'kms:*',
      'elasticfilesystem:ClientMount',
      'xray:PutTraceSegments',
      '*',
    ];

    expect(findings(sceneWith(actions))).toEqual([]);
  });

  test('are reached for a bucket with a key, as a grant of CDK gives it', () => {
    const scene = sceneWith([]);
    const encryptionKey = new kms.Key(scene.stack, 'Key');
    new s3.Bucket(scene.stack, 'Bucket', { encryptionKey }).grantReadWrite(
      scene.stack.node.findChild('Role') as iam.Role,
    );

    expect(findings(scene)).toEqual([]);
  });

  test('are named once for each policy', () => {
    const scene = sceneWith([]);
    const actions = ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sns:Publish'];
    (scene.stack.node.findChild('Role') as iam.Role).addToPolicy(
      new iam.PolicyStatement({ actions, resources: ['*'] }),
    );

    expect(findings(scene).map(({ got }) => got)).toEqual(['sqs:SendMessage', 'sns:Publish']);
  });

  test.each<[string, (scene: Scene) => void]>([
    [
      'an endpoint that the app adds to the VPC',
      ({ network: { vpc } }) =>
        void vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS }),
    ],
    [
      'an endpoint for FIPS 140',
      ({ network: { vpc } }) =>
        void vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS_FIPS }),
    ],
  ])('are reached by %s', (_what, add) => {
    const scene = sceneWith(['sqs:SendMessage']);
    expect(findings(scene)).toHaveLength(1);
    add(scene);

    expect(findings(scene)).toEqual([]);
  });

  test('are not reached by an endpoint in another VPC', () => {
    const scene = sceneWith(['sqs:SendMessage']);
    const vpc = new ec2.Vpc(new Stack(scene.app, 'Other'), 'Vpc');
    vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });

    expect(findings(scene)).toHaveLength(1);
  });

  test('are reached by a service under a name of its own', () => {
    const own = MlService.of('my-queues', ec2.InterfaceVpcEndpointAwsService.SQS);

    expect(findings(sceneWith(['sqs:SendMessage'], { services: [own] }))).toEqual([]);
  });

  test('are reached by the internet where there is a way to it', () => {
    expect(findings(sceneWith(['sqs:SendMessage'], { internetAccess: InternetAccess.NAT_GATEWAY }))).toEqual([]);
  });

  test('have constants, which the remedy names', () => {
    for (const { service } of SERVICE_CALLS) {
      expect(constantOf(service)).toMatch(/^MlService\.[A-Z0-9_]+$/);
      expect(constantOf(service)).not.toContain('undefined');
    }
  });

  function sceneWith(actions: string[], props: MlNetworkProps = {}) {
    const scene = new Scene(props);
    const role = scene.role();
    scene.notebook(role);
    actions.forEach((action, index) => {
      const statements = [new iam.PolicyStatement({ actions: [action], resources: ['*'] })];
      new iam.ManagedPolicy(scene.stack, `Policy${index}`, { statements, roles: [role] });
    });
    return scene;
  }

  function findings(scene: Scene) {
    const { reached } = (scene.network as unknown as { parts: { endpoints: { reached: MlService[] } } }).parts
      .endpoints;
    return reachFindings(scene.standing, reached);
  }
});
