import { IConstruct } from 'constructs';
import { fail, requireKnown, requireProps } from '../private/checks';
import { stateUsage, usageOf } from '../private/facts';
import { Kinds, NUMBER, requireKinds } from '../private/kinds';
import { requireConstruct } from './cost-scope';

/** Hours of the longest month. */
const LONGEST_MONTH = 744;

/** Beyond it, a number is a mistake, and no estimate takes it. */
const LARGEST = 1e12;

/**
 * How much of something is used in a month. Hours are of each resource, from 0 to 744; all else is of everything below
 * the construct together, from 0 to 1,000,000,000,000.
 */
export interface MlUsageProps {
  /**
   * Hours that each notebook runs.
   *
   * @default - What its schedule and `maxUptime` leave, else all hours.
   */
  readonly notebookHours?: number;

  /**
   * Hours that each instance of EC2 runs.
   *
   * @default - all hours
   */
  readonly instanceHours?: number;

  /**
   * Hours that each instance of an endpoint of SageMaker runs.
   *
   * @default - all hours
   */
  readonly endpointHours?: number;

  /**
   * GB that pass through interface endpoints, in either direction.
   *
   * @default - It is listed as a cost by use.
   */
  readonly vpcEndpointGb?: number;

  /**
   * GB that pass through NAT gateways, in either direction.
   *
   * @default - It is listed as a cost by use.
   */
  readonly natGatewayGb?: number;

  /**
   * GB kept in S3 Standard.
   *
   * @default - It is listed as a cost by use.
   */
  readonly s3StorageGb?: number;

  /**
   * Requests to S3 that write, copy or list.
   *
   * @default - It is listed as a cost by use.
   */
  readonly s3PutRequests?: number;

  /**
   * Requests to S3 that read, and all others.
   *
   * @default - It is listed as a cost by use.
   */
  readonly s3GetRequests?: number;

  /**
   * Requests to KMS.
   *
   * @default - It is listed as a cost by use.
   */
  readonly kmsRequests?: number;

  /**
   * GB of logs that CloudWatch takes in.
   *
   * @default - It is listed as a cost by use.
   */
  readonly logIngestionGb?: number;

  /**
   * GB of logs that CloudWatch keeps.
   *
   * @default - It is listed as a cost by use.
   */
  readonly logStorageGb?: number;

  /**
   * Metrics of one's own in CloudWatch. A notebook that publishes metrics has several.
   *
   * @default - It is listed as a cost by use where something tells of it.
   */
  readonly customMetrics?: number;

  /**
   * Requests to Lambda functions.
   *
   * @default - It is listed as a cost by use.
   */
  readonly lambdaRequests?: number;

  /**
   * GB-seconds that Lambda functions run: seconds times the memory of the function in GB.
   *
   * @default - It is listed as a cost by use.
   */
  readonly lambdaGbSeconds?: number;

  /**
   * Requests to serverless endpoints of SageMaker.
   *
   * @default - It is listed as a cost by use.
   */
  readonly serverlessInferenceRequests?: number;

  /**
   * DPU hours of jobs and crawlers of Glue.
   *
   * @default - It is listed as a cost by use.
   */
  readonly glueDpuHours?: number;

  /**
   * State transitions of standard workflows of Step Functions.
   *
   * @default - It is listed as a cost by use.
   */
  readonly stateTransitions?: number;

  /**
   * GB of images kept in ECR.
   *
   * @default - It is listed as a cost by use.
   */
  readonly ecrStorageGb?: number;

  /**
   * GB kept in EFS Standard.
   *
   * @default - It is listed as a cost by use.
   */
  readonly efsStorageGb?: number;
}

const KINDS: Kinds<MlUsageProps> = {
  notebookHours: NUMBER,
  instanceHours: NUMBER,
  endpointHours: NUMBER,
  vpcEndpointGb: NUMBER,
  natGatewayGb: NUMBER,
  s3StorageGb: NUMBER,
  s3PutRequests: NUMBER,
  s3GetRequests: NUMBER,
  kmsRequests: NUMBER,
  logIngestionGb: NUMBER,
  logStorageGb: NUMBER,
  customMetrics: NUMBER,
  lambdaRequests: NUMBER,
  lambdaGbSeconds: NUMBER,
  serverlessInferenceRequests: NUMBER,
  glueDpuHours: NUMBER,
  stateTransitions: NUMBER,
  ecrStorageGb: NUMBER,
  efsStorageGb: NUMBER,
};

/** Measures of each resource; all others are of all resources together. */
const HOURS = ['notebookHours', 'instanceHours', 'endpointHours'];

/**
 * States how much is used in a month, for what AWS charges by use. Estimates, limits and budgets count it; without it
 * they name such costs with their unit price, and count none of them.
 *
 * Hours hold for each resource at and below the construct that does not have a nearer statement. All other measures are
 * one total of the construct, and what is stated below it comes on top.
 *
 * @example
 * declare const notebook: MlNotebook;
 *
 * MlUsage.set(shared, { vpcEndpointGb: 400, s3StorageGb: 200 });
 * MlUsage.set(notebook, { notebookHours: 160 });
 */
export class MlUsage {
  /**
   * States the use of a construct and all below it, such as an app, a stack or a notebook. Throws for what is stated of
   * the construct already, and for values that only the deployment knows.
   */
  public static set(scope: IConstruct, usage: MlUsageProps): void {
    requireConstruct('MlUsage', scope);
    requireKinds<MlUsageProps>(scope, usage, KINDS, 'usage');
    requireProps(scope, 'usage', usage, KINDS);
    const stated = usageOf(scope);
    const measures = Object.entries<number | undefined>({ ...usage }).filter(
      (entry): entry is [string, number] => entry[1] !== undefined,
    );
    for (const [measure, quantity] of measures) {
      requireMeasure(scope, measure, quantity);
      if (measure in stated) {
        fail(scope, `usage.${measure}`, `stated once for a construct, where ${stated[measure]} is stated`, quantity);
      }
    }
    stateUsage(scope, { ...stated, ...Object.fromEntries(measures) });
  }

  private constructor() {}
}

function requireMeasure(scope: IConstruct, measure: string, quantity: number): void {
  const prop = `usage.${measure}`;
  requireKnown(scope, prop, quantity, 'costs are summed up then');
  const [what, max] = HOURS.includes(measure) ? ['hours', LONGEST_MONTH] : ['a number', LARGEST];
  if (!(quantity >= 0 && quantity <= max)) {
    fail(scope, prop, `${what} from 0 to ${max}`, quantity);
  }
}
