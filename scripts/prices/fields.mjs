/** A price per unit: its field, the price map that has it, and its key there. */
const mapped = (field, service, key) => ({ field, service, key });

/** A price that no price map has: a bulk offer does, by its usage type behind the prefix of the region. */
const offered = (field, offer, usage) => ({ field, offer, usage });

/** Unit prices of a region, in the order of the table. */
export const UNIT_FIELDS = [
  mapped('interfaceEndpointPerAzHour', 'vpc', 'Hourly charge for VPC Endpoints per Hrs'),
  mapped('interfaceEndpointPerGb', 'vpc', 'Charge for per GB data processed by VPC Endpoints per GB from 0 to 1048576'),
  mapped('publicIpv4Hour', 'vpc', 'Hourly charge for In use Public IPv4 Addresses per Hrs'),
  mapped('s3StandardGbMonth', 's3', 'Standard Storage First 50 TB per GB Mo'),
  mapped('s3PutPerRequest', 's3', 'PUT COPY/POST or LIST requests per Requests'),
  mapped('s3GetPerRequest', 's3', 'GET and all other requests per Requests'),
  mapped('kmsKeyMonth', 'kms', 'Encryption Key'),
  mapped('kmsPerRequest', 'kms', 'API request - Non Free Tier'),
  mapped('lambdaGbSecondX86', 'lambda', 'Lambda Duration'),
  mapped('lambdaGbSecondArm', 'lambda', 'Lambda Duration-ARM'),
  mapped('lambdaPerRequest', 'lambda', 'Lambda Requests'),
  mapped('glueDpuHour', 'glue', 'ETL Job run'),
  mapped('glueFlexDpuHour', 'glue', 'ETL Job run Flex'),
  mapped('cwAlarmMonth', 'cloudwatch', 'Alarm Standard'),
  mapped('cwCustomMetricMonth', 'cloudwatch', 'Metric for the first 10000'),
  mapped('cwLogsIngestGb', 'cloudwatch', 'Logs Collected Data Ingestion'),
  mapped('cwLogsIngestIaGb', 'cloudwatch', 'IA Custom ingested Logs from 0 upto Inf'),
  mapped('cwLogsStoredGbMonth', 'cloudwatch', 'Stored Data'),
  mapped('cwDashboardMonth', 'cloudwatch', 'Dashboard Extended Dashboard'),
  mapped('secretMonth', 'secretsmanager', 'Secret'),
  mapped('ecrGbMonth', 'ecr', 'EC2 Container Registry'),
  mapped('efsStandardGbMonth', 'efs', 'General Purpose Storage GB Mo'),
  mapped('stateTransition', 'states', 'AWS Step Functions'),
  offered('natGatewayHour', 'AmazonEC2', 'NatGateway-Hours'),
  offered('natGatewayPerGb', 'AmazonEC2', 'NatGateway-Bytes'),
  offered('ebsGp2GbMonth', 'AmazonEC2', 'EBS:VolumeUsage.gp2'),
  offered('ebsGp3GbMonth', 'AmazonEC2', 'EBS:VolumeUsage.gp3'),
  offered('mlStorageGbMonth', 'AmazonSageMaker', 'Notebk:VolumeUsage.gp2'),
  offered('processingStorageGbMonth', 'AmazonSageMaker', 'Processing:VolumeUsage.gp2'),
  offered('endpointDataPerGb', 'AmazonSageMaker', 'Hst:Data-Bytes-Out'),
];
