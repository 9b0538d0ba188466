import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { JobConditions } from '../access';
import { MlInstanceType } from '../environment';
import { fail, requireDuration, requireList, requirePattern } from '../private/checks';
import { DURATION, FLAG, having, Kinds, listOf, requireKinds } from '../private/kinds';

/** Machines that can be named, so that the policy stays below the 6,144 characters that IAM takes. */
const MOST_INSTANCE_TYPES = 20;

/** AWS runs no job for longer. */
const LONGEST_RUN = Duration.days(28);

/**
 * What the jobs of owners and pipelines have to look like, beyond standing in the network of the base. IAM refuses a
 * request that breaks a rule, and one that leaves out what a rule is about.
 *
 * The keys are named by their ARN in a request: whether AWS compares an id or alias is not documented.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export interface JobRules {
  /**
   * Jobs run without network: code in the container reaches nothing, not even S3, and gets no credentials. SageMaker
   * brings the input and takes the output.
   *
   * @default false
   */
  readonly networkIsolation?: boolean;

  /**
   * What the machines of one job say to each other is encrypted. Takes longer to train.
   *
   * @default false
   */
  readonly interContainerTrafficEncryption?: boolean;

  /**
   * Machines that jobs may run on, 1 to 20.
   *
   * @default - Any machine, also the most expensive.
   */
  readonly instanceTypes?: MlInstanceType[];

  /**
   * The longest that a job may be asked to run, in whole seconds up to 28 days. A request has to name a limit then.
   *
   * @default - As long as AWS lets jobs run.
   */
  readonly maxRuntime?: Duration;

  /**
   * Volumes of jobs are encrypted with the key of the base. Machines with a local NVMe disk (`ml.g5`, `ml.p4d` and others)
   * take no key for it, so a job on one cannot meet this rule.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
   * @default false
   */
  readonly encryptedVolumes?: boolean;

  /**
   * Output of jobs is encrypted with the key of the buckets. A base without such a key refuses the rule.
   *
   * @default false
   */
  readonly encryptedOutput?: boolean;
}

const KINDS: Kinds<JobRules> = {
  networkIsolation: FLAG,
  interContainerTrafficEncryption: FLAG,
  instanceTypes: listOf(having("an instance type such as MlInstanceType.of('ml.m5.xlarge')", 'name')),
  maxRuntime: DURATION,
  encryptedVolumes: FLAG,
  encryptedOutput: FLAG,
};

/** The keys that rules may name. */
export interface JobKeys {
  readonly volumeKeyArn: string;
  readonly outputKeyArn?: string;
}

/** The rules as conditions. Refuses what no job could meet. */
export function conditionsOf(scope: Construct, rules: JobRules, keys: JobKeys): JobConditions {
  requireKinds(scope, rules, KINDS, 'jobs');
  const { instanceTypes, maxRuntime } = rules;
  if (instanceTypes) {
    const names = instanceTypes.map(({ name }) => name);
    requireList(scope, 'jobs.instanceTypes', names, 1, MOST_INSTANCE_TYPES);
    names.forEach((name, index) => {
      const rule = "a SageMaker instance type such as 'ml.m5.xlarge', with the prefix ml.";
      requirePattern(scope, `jobs.instanceTypes[${index}]`, name, /^ml\.[a-z0-9-]+\.[a-z0-9]+$/, rule);
    });
  }
  if (maxRuntime) {
    requireDuration(scope, 'jobs.maxRuntime', maxRuntime, 'seconds', 1, LONGEST_RUN.toSeconds());
  }
  if (rules.encryptedOutput && keys.outputKeyArn === undefined) {
    fail(scope, 'jobs.encryptedOutput', 'left out where the buckets have no key of KMS', true);
  }
  return {
    networkIsolation: rules.networkIsolation,
    trafficEncryption: rules.interContainerTrafficEncryption,
    instanceTypes: instanceTypes?.map(({ name }) => name),
    maxRuntimeSeconds: maxRuntime && secondsOf(scope, maxRuntime),
    volumeKeyArn: rules.encryptedVolumes ? keys.volumeKeyArn : undefined,
    outputKeyArn: rules.encryptedOutput ? keys.outputKeyArn : undefined,
  };
}

/** A number in a policy is text, in which a deploy-time number would be garbled. */
function secondsOf(scope: Construct, duration: Duration): number {
  if (duration.isUnresolved()) {
    fail(scope, 'jobs.maxRuntime', 'known at synthesis, because it stands in a policy', duration);
  }
  return duration.toSeconds();
}
