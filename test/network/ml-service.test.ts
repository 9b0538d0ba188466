import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { MlService } from '../../src/network';

describe('MlService', () => {
  const stack = new Stack(undefined, 'Stack', { env: { region: 'eu-west-1' } });

  test.each([
    [MlService.SAGEMAKER_API, 'com.amazonaws.eu-west-1.sagemaker.api'],
    [MlService.SAGEMAKER_RUNTIME, 'com.amazonaws.eu-west-1.sagemaker.runtime'],
    [MlService.SAGEMAKER_NOTEBOOK, 'aws.sagemaker.eu-west-1.notebook'],
    [MlService.STS, 'com.amazonaws.eu-west-1.sts'],
    [MlService.CLOUDWATCH_LOGS, 'com.amazonaws.eu-west-1.logs'],
    [MlService.CLOUDWATCH_MONITORING, 'com.amazonaws.eu-west-1.monitoring'],
    [MlService.EC2, 'com.amazonaws.eu-west-1.ec2'],
    [MlService.ECR_API, 'com.amazonaws.eu-west-1.ecr.api'],
    [MlService.ECR_DOCKER, 'com.amazonaws.eu-west-1.ecr.dkr'],
    [MlService.KMS, 'com.amazonaws.eu-west-1.kms'],
    [MlService.SECRETS_MANAGER, 'com.amazonaws.eu-west-1.secretsmanager'],
    [MlService.CODECOMMIT, 'com.amazonaws.eu-west-1.codecommit'],
    [MlService.CODECOMMIT_GIT, 'com.amazonaws.eu-west-1.git-codecommit'],
    [MlService.CODEARTIFACT_API, 'com.amazonaws.eu-west-1.codeartifact.api'],
    [MlService.CODEARTIFACT_REPOSITORIES, 'com.amazonaws.eu-west-1.codeartifact.repositories'],
    [MlService.SSM, 'com.amazonaws.eu-west-1.ssm'],
    [MlService.SSM_MESSAGES, 'com.amazonaws.eu-west-1.ssmmessages'],
    [MlService.EC2_MESSAGES, 'com.amazonaws.eu-west-1.ec2messages'],
    [MlService.ELASTIC_FILESYSTEM, 'com.amazonaws.eu-west-1.elasticfilesystem'],
    [MlService.GLUE, 'com.amazonaws.eu-west-1.glue'],
    [MlService.ATHENA, 'com.amazonaws.eu-west-1.athena'],
    [MlService.SAGEMAKER_FEATURESTORE_RUNTIME, 'com.amazonaws.eu-west-1.sagemaker.featurestore-runtime'],
    [MlService.BEDROCK, 'com.amazonaws.eu-west-1.bedrock'],
    [MlService.BEDROCK_RUNTIME, 'com.amazonaws.eu-west-1.bedrock-runtime'],
    [MlService.BEDROCK_AGENT, 'com.amazonaws.eu-west-1.bedrock-agent'],
    [MlService.BEDROCK_AGENT_RUNTIME, 'com.amazonaws.eu-west-1.bedrock-agent-runtime'],
    [MlService.STEP_FUNCTIONS, 'com.amazonaws.eu-west-1.states'],
    [MlService.SQS, 'com.amazonaws.eu-west-1.sqs'],
    [MlService.SNS, 'com.amazonaws.eu-west-1.sns'],
    [MlService.EVENTBRIDGE, 'com.amazonaws.eu-west-1.events'],
    [MlService.LAMBDA, 'com.amazonaws.eu-west-1.lambda'],
    [MlService.BATCH, 'com.amazonaws.eu-west-1.batch'],
    [MlService.CLOUDFORMATION, 'com.amazonaws.eu-west-1.cloudformation'],
    [MlService.KINESIS_STREAMS, 'com.amazonaws.eu-west-1.kinesis-streams'],
    [MlService.KINESIS_FIREHOSE, 'com.amazonaws.eu-west-1.kinesis-firehose'],
    [MlService.LAKE_FORMATION, 'com.amazonaws.eu-west-1.lakeformation'],
    [MlService.REDSHIFT, 'com.amazonaws.eu-west-1.redshift'],
    [MlService.REDSHIFT_DATA, 'com.amazonaws.eu-west-1.redshift-data'],
    [MlService.RDS_DATA, 'com.amazonaws.eu-west-1.rds-data'],
    [MlService.EMR, 'com.amazonaws.eu-west-1.elasticmapreduce'],
    [MlService.EMR_SERVERLESS, 'com.amazonaws.eu-west-1.emr-serverless'],
    [MlService.COMPREHEND, 'com.amazonaws.eu-west-1.comprehend'],
    [MlService.REKOGNITION, 'com.amazonaws.eu-west-1.rekognition'],
    [MlService.TEXTRACT, 'com.amazonaws.eu-west-1.textract'],
    [MlService.TRANSCRIBE, 'com.amazonaws.eu-west-1.transcribe'],
    [MlService.TRANSLATE, 'com.amazonaws.eu-west-1.translate'],
  ])('$name is a service of AWS', (service, name) => {
    expect(stack.resolve(service.interfaceEndpoint!.name)).toBe(name);
  });

  test('names are unique and fit into ids and parameters', () => {
    const services = Object.values(MlService).filter((value) => value instanceof MlService);

    expect(new Set(services.map(({ name }) => name)).size).toBe(services.length);
    for (const service of services) {
      expect(() => service._require(stack, 'services')).not.toThrow();
    }
  });

  test('is found by its name', () => {
    expect(MlService._named('ssm-messages')).toBe(MlService.SSM_MESSAGES);
    expect(MlService._named('s3')).toBe(MlService.S3);
  });

  test.each([MlService.S3, MlService.DYNAMODB])('$name has no interface endpoint, which would cost', (service) => {
    expect(service.interfaceEndpoint).toBeUndefined();
    expect(service._gatewayEndpoint!.name).toMatch(new RegExp(`\\.${service.name}$`));
  });

  test('of takes a service that has no constant', () => {
    const fips = MlService.of('sts-fips', ec2.InterfaceVpcEndpointAwsService.KMS_FIPS);

    expect(fips.name).toBe('sts-fips');
    expect(fips.interfaceEndpoint).toBe(ec2.InterfaceVpcEndpointAwsService.KMS_FIPS);
  });

  test.each([
    ['', "''"],
    ['Kms', 'Kms'],
    ['a/b', 'a/b'],
    ['a'.repeat(64), 'a'.repeat(64)],
  ])('fails for the name %j where it is used, and not before', (name, shown) => {
    const service = MlService.of(name, ec2.InterfaceVpcEndpointAwsService.KMS);

    expect(() => service._require(stack, 'services')).toThrow(
      `Stack: 'services' must be 1 to 63 characters of a-z 0-9 - that begin with a letter, got: ${shown}`,
    );
  });
});
