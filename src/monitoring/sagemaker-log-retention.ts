import { ArnFormat, Aws, Duration, Stack, Tags, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { Construct, IConstruct } from 'constructs';
import { MlEnvironment } from '../environment';
import { acknowledgeWildcards } from '../private/acknowledgements';
import { logStreamsArn } from '../private/arns';
import { fail, requireKnown, requireList, requireOneOf, requireText } from '../private/checks';
import { tellFacts } from '../private/facts';
import { fingerprint } from '../private/fingerprint';
import { ENVIRONMENT_TAG } from '../private/identity';
import { Kinds, listOf, NUMBER, requireKinds, TEXT } from '../private/kinds';
import { LIMITS } from '../private/limits-table';

/**
 * A log group that SageMaker makes by itself, one for an account and region.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
export enum SageMakerLogGroup {
  /** Setup and servers of notebook instances. */
  NOTEBOOK_INSTANCES = '/aws/sagemaker/NotebookInstances',

  /** Training jobs. */
  TRAINING_JOBS = '/aws/sagemaker/TrainingJobs',

  /** Processing jobs. */
  PROCESSING_JOBS = '/aws/sagemaker/ProcessingJobs',

  /** Batch transform jobs. */
  TRANSFORM_JOBS = '/aws/sagemaker/TransformJobs',

  /** Applications of Studio. */
  STUDIO = '/aws/sagemaker/studio',
}

/** Properties of a `SageMakerLogRetention`. */
export interface SageMakerLogRetentionProps {
  /**
   * How long log events are kept. It cannot be `INFINITE`, which is what the groups have without this construct.
   *
   * @default - That of the environment of the nearest ancestor that has one: a year, or a month for `MlEnvironment.DEV`.
   */
  readonly retention?: logs.RetentionDays;

  /**
   * Log groups to keep for that long, those of the whole account and region.
   *
   * @default - Those of notebook instances and of training, processing and transform jobs.
   */
  readonly logGroups?: SageMakerLogGroup[];

  /**
   * Endpoints, at most 20, whose log groups are kept for that long too. Each endpoint has one of its own,
   * `/aws/sagemaker/Endpoints/<name>`.
   *
   * @default []
   */
  readonly endpointNames?: string[];

  /**
   * Bounds what the role that sets the retention may do at most.
   *
   * @default - The role is bounded by its policy alone, or by a boundary that the app has set for all roles around it.
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** A retention that some construct of the app has set. */
interface Setting {
  readonly logGroup: string;
  readonly retention: number;
  readonly setter: IConstruct;
}

const DEFAULT_LOG_GROUPS = [
  SageMakerLogGroup.NOTEBOOK_INSTANCES,
  SageMakerLogGroup.TRAINING_JOBS,
  SageMakerLogGroup.PROCESSING_JOBS,
  SageMakerLogGroup.TRANSFORM_JOBS,
];
const KINDS: Partial<Kinds<SageMakerLogRetentionProps>> = {
  retention: NUMBER,
  logGroups: listOf(TEXT),
  endpointNames: listOf(TEXT),
};
const SETTINGS = new WeakMap<IConstruct, Setting[]>();

/**
 * Makes the logs of SageMaker expire. SageMaker makes its log groups by itself and keeps their events for good; a log
 * group of CloudFormation with the same name fails where it exists already, and belongs to one stack alone.
 *
 * So EventBridge Scheduler sets the retention, when this is deployed and once a day from then on. A group that does not
 * exist yet gets it on the day after it was made. Removing this construct leaves the retention as it is. A retention
 * policy of the account that applies to a group overrides this one.
 *
 * The groups belong to everybody in the account and region, so this is for the team that owns the account.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 *
 * @example
 * new SageMakerLogRetention(this, 'LogRetention', { retention: logs.RetentionDays.THREE_MONTHS });
 */
export class SageMakerLogRetention extends Construct {
  /** Days for which log events are kept. */
  public readonly retention: logs.RetentionDays;

  constructor(scope: Construct, id: string, props: SageMakerLogRetentionProps = {}) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const environment = MlEnvironment.of(this);
    this.retention = props.retention ?? environment.logRetention;
    const { logGroups = DEFAULT_LOG_GROUPS, endpointNames = [] } = props;
    requireRetention(this, this.retention);
    if (props.retention !== undefined) {
      environment._warnOfShortLogs(this, props.retention);
    }
    requireList(this, 'logGroups', logGroups, endpointNames.length > 0 ? 0 : 1, Object.keys(SageMakerLogGroup).length);
    requireList(this, 'endpointNames', endpointNames, 0, 20);
    for (const name of endpointNames) {
      const rule = '1 to 63 characters of A-Z a-z 0-9 - that begin and end with a letter or digit';
      requireText(this, 'endpointNames', name, LIMITS.endpointName, rule);
    }
    const names = [...logGroups, ...endpointNames.map((name) => `/aws/sagemaker/Endpoints/${name}`)];
    for (const logGroup of names) {
      requireOneRetention(this, logGroup, this.retention);
    }

    if (props.permissionsBoundary) {
      iam.PermissionsBoundary.of(this).apply(props.permissionsBoundary);
    }
    const role = this.role(names);
    for (const name of names) {
      this.keepRetention(name, role);
    }
    Tags.of(this).add(ENVIRONMENT_TAG, environment.name);
    for (const [key, value] of Object.entries(environment.tags)) {
      Tags.of(this).add(key, value);
    }
    tellFacts(this, () => ({
      kind: 'SageMakerLogRetention',
      details: [keptFor(this.retention), names.length === 1 ? '1 log group' : `${names.length} log groups`],
      identity: { environment: environment.name },
    }));
  }

  private keepRetention(logGroup: string, role: iam.IRole): void {
    const stack = Stack.of(this);
    const words = Token.isUnresolved(logGroup) ? fingerprint(this, logGroup) : logGroup.slice('/aws/sagemaker/'.length);
    new scheduler.CfnSchedule(this, `Schedule-${words.replaceAll('/', '-')}`, {
      description: 'Makes a log group of SageMaker expire',
      scheduleExpression: 'rate(1 day)', // without a start date, the first time is at once
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: `arn:${Aws.PARTITION}:scheduler:::aws-sdk:cloudwatchlogs:putRetentionPolicy`,
        roleArn: role.roleArn,
        input: stack.toJsonString({ LogGroupName: logGroup, RetentionInDays: this.retention }),
        // A group that does not exist is no better a minute later, and there is always tomorrow.
        retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 3 },
      },
    });
  }

  private role(logGroups: string[]): iam.Role {
    const policy = new iam.ManagedPolicy(this, 'Policy', {
      statements: [
        new iam.PolicyStatement({
          actions: ['logs:PutRetentionPolicy'],
          resources: logGroups.map((logGroup) => logStreamsArn(this, logGroup)),
        }),
      ],
    });
    acknowledgeWildcards(policy, 'IAM names a log group by a pattern over its streams; each group is named in full');
    // Scheduler says the group of the schedule, which is no finer than the account but keeps other groups out.
    const scheduleGroup = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    return new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnEquals: { 'aws:SourceArn': scheduleGroup },
        },
      }),
      managedPolicies: [policy],
    });
  }
}

function keptFor(retention: logs.RetentionDays): string {
  return retention === logs.RetentionDays.INFINITE
    ? 'kept for good'
    : `kept ${Duration.days(retention).toHumanString()}`;
}

function requireRetention(scope: IConstruct, retention: number): void {
  requireKnown(scope, 'retention', retention, 'no two constructs may keep a log group for different times');
  const what = 'a number of days that CloudWatch Logs takes';
  requireOneOf<number>(scope, 'retention', retention, LIMITS.logRetention.values, what);
}

/** Requires that no other construct of the app sets another retention for the same log group, in turns with this one. */
function requireOneRetention(scope: IConstruct, logGroup: string, retention: number): void {
  const settings = SETTINGS.get(scope.node.root) ?? [];
  SETTINGS.set(scope.node.root, settings);
  const other = settings.find(
    (setting) =>
      setting.logGroup === logGroup && setting.retention !== retention && mayShareLogs(setting.setter, scope),
  );
  if (other) {
    const rule = `${other.retention}, as ${other.setter.node.path} keeps ${logGroup} for, unless both stand in stacks whose 'env' names different accounts or regions`;
    fail(scope, 'retention', rule, retention);
  }
  settings.push({ logGroup, retention, setter: scope });
}

function mayShareLogs(one: IConstruct, other: IConstruct): boolean {
  const [here, there] = [Stack.of(one), Stack.of(other)];
  const mayBeSame = (mine: string, its: string) => mine === its || Token.isUnresolved(mine) || Token.isUnresolved(its);
  return mayBeSame(here.account, there.account) && mayBeSame(here.region, there.region);
}
