import { Duration, Tags, Validations } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { fail, requireSameRegion, requireWholeNumber } from '../private/checks';
import { consoleUrl } from '../private/console';
import { identityOn, tellFacts } from '../private/facts';
import { BASE_TAG, ENVIRONMENT_TAG, IDENTITY_TAG_PRIORITY, OWNER_TAG } from '../private/identity';
import { BASE, having, Kinds, NUMBER, required, requireKinds } from '../private/kinds';
import { IMlSharedInfra } from '../shared';
import { allowAlarms, createAlarmTopic } from './alarm-topic';

/** Properties of `NotebookAlarms`. */
export interface NotebookAlarmsProps {
  /** The base whose notebooks are watched, all of them, in whatever stack or app they are defined. */
  readonly shared: IMlSharedInfra;

  /**
   * Where messages go: a standard topic of the same region. If it is defined in this app, its policy and that of its key are extended.
   *
   * @default - A topic that is encrypted with a key of its own is defined. Subscribe to `topic`.
   */
  readonly topic?: sns.ITopic;

  /**
   * Percent of the volume of a notebook, from 1 to 100, at which somebody is told.
   *
   * @default 85
   */
  readonly diskUsedPercent?: number;
}

const KINDS: Kinds<NotebookAlarmsProps> = {
  shared: required(BASE),
  topic: having('a topic of SNS', 'topicArn'),
  diskUsedPercent: NUMBER,
};

/** Namespace of what notebooks measure about themselves. */
const NAMESPACE = 'ml-infra/notebooks';
const NAME = 'NotebookInstanceName';
const LOG_GROUP = 'log group /aws/sagemaker/NotebookInstances';

/** Failed checks in a row after which the idle stop of a notebook gives up, unless it is told otherwise. */
const TOO_MANY_CHECKS = 12;

/** Notebooks publish every 5 minutes, and may be told to do so only once an hour. */
const PERIOD = Duration.minutes(5);
const PERIODS = 13;

/**
 * Tells people when a notebook of a base fails to start, when steps of its setup have failed, when its disk is filling
 * and when it cannot stop by itself any more.
 *
 * However many notebooks there are, it takes one EventBridge rule and three CloudWatch alarms. Each alarm asks for the
 * metrics of all notebooks of the base and changes state for each of them, so the message names the notebook. CloudWatch
 * charges such an alarm by the metrics that it looks at, 10,000 at most, and watches the 500 highest.
 *
 * The alarms see what notebooks publish of themselves, so they are silent about notebooks whose lifecycle does not
 * publish metrics. Events are delivered on a best-effort basis, and may come more than once.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Metrics_Insights_Alarm.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 *
 * @example
 * const alarms = new NotebookAlarms(this, 'Alarms', { shared });
 * new sns.Subscription(this, 'Team', {
 *   topic: alarms.topic,
 *   protocol: sns.SubscriptionProtocol.EMAIL,
 *   endpoint: 'ml-team@example.com',
 * });
 */
export class NotebookAlarms extends Construct {
  /** Where messages go. */
  public readonly topic: sns.ITopic;

  /** Goes off when a volume is filled to `diskUsedPercent`. */
  public readonly diskUsedAlarm: cloudwatch.Alarm;

  /** Goes off when a step of the setup of a notebook has failed, even if the notebook started. */
  public readonly setupFailuresAlarm: cloudwatch.Alarm;

  /** Goes off when the idle stop of a notebook has failed to look for work 12 times in a row, so that it never stops. */
  public readonly idleChecksAlarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: NotebookAlarmsProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const { shared, diskUsedPercent = 85 } = props;
    shared._requireUsableBy(this);
    requireWholeNumber(this, 'diskUsedPercent', diskUsedPercent, 1, 100);
    if (props.topic?.fifo) {
      fail(this, 'topic', 'a standard topic, since EventBridge delivers to no other', props.topic);
    }
    requireSameRegion(this, 'topic', props.topic, 'a topic');
    this.topic = props.topic ?? createAlarmTopic(this);
    allowAlarms(this, this.topic);

    this.tellOfFailures(shared);
    this.diskUsedAlarm = this.alarm('DiskUsed', {
      metric: worstOfEachNotebook(shared, 'DiskUsedPercent'),
      threshold: diskUsedPercent,
      alarmDescription: `The volume of a notebook of ${shared.baseName} is filling: delete files, or give it a larger volumeSize.`,
    });
    this.setupFailuresAlarm = this.alarm('SetupFailures', {
      metric: worstOfEachNotebook(shared, 'SetupFailures'),
      threshold: 1,
      alarmDescription: `A setup step of a notebook of ${shared.baseName} failed: see ${LOG_GROUP}, stream <notebook>/LifecycleConfigOnStart.`,
    });
    this.idleChecksAlarm = this.alarm('IdleChecks', {
      metric: worstOfEachNotebook(shared, 'IdleCheckErrors'),
      threshold: TOO_MANY_CHECKS,
      alarmDescription: `A notebook of ${shared.baseName} cannot find out whether it is idle, so it does not stop by itself: see /var/log/ml-infra.log on it.`,
    });
    Tags.of(this).add(BASE_TAG, shared.baseName, { priority: IDENTITY_TAG_PRIORITY });
    Tags.of(this).add(ENVIRONMENT_TAG, shared._roleTemplate.environmentName, { priority: IDENTITY_TAG_PRIORITY });
    for (const [key, value] of Object.entries(shared._roleTemplate.tags)) {
      Tags.of(this).add(key, value);
    }
    tellFacts(this, () => ({
      kind: 'NotebookAlarms',
      details: ['failed starts', 'setup', `disk from ${diskUsedPercent} %`, 'idle checks'],
      identity: identityOn(shared),
      links: [{ to: shared, label: 'watches' }],
    }));
  }

  private tellOfFailures(shared: IMlSharedInfra): void {
    const name = events.EventField.fromPath(`$.detail.${NAME}`);
    const owner = events.EventField.fromPath(`$.detail.Tags.${OWNER_TAG}`);
    // The reason of the failure stays out: it is free text, and quotes in it could make the message one that is dropped.
    const input = events.RuleTargetInput.fromMultilineText(
      [
        `The SageMaker notebook ${name} of ${owner} has failed to start or to be created.`,
        `What it says: ${consoleUrl(this, `notebook-instances/${name}`)}`,
        `What its setup says: ${LOG_GROUP}, stream ${name}/LifecycleConfigOnStart`,
        `(${name}/LifecycleConfigOnCreate if it is new).`,
      ].join('\n'),
    );
    const rule = new events.Rule(this, 'Failed', {
      description: 'A notebook has failed',
      eventPattern: {
        source: ['aws.sagemaker'],
        detailType: ['SageMaker Notebook Instance State Change'],
        detail: { NotebookInstanceStatus: ['Failed'], Tags: { [BASE_TAG]: [shared.baseName] } },
      },
      targets: [{ bind: () => ({ arn: this.topic.topicArn, input }) }],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason:
        'EventBridge tries for a day; a queue of undelivered messages would need an alarm and a reader of its own',
    });
  }

  private alarm(id: string, props: Omit<cloudwatch.AlarmProps, 'evaluationPeriods'>): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: PERIODS,
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // a stopped notebook publishes nothing
      ...props,
    });
    alarm.addAlarmAction(new actions.SnsAction(this.topic));
    return alarm;
  }
}

/**
 * A Metrics Insights query with a series for each notebook of a base, the highest first. The schema matches the exact
 * set of dimensions, so that nothing counts twice which is published under other dimensions too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-querylanguage.html
 */
function worstOfEachNotebook(shared: IMlSharedInfra, metric: string): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: [
      `SELECT MAX("${metric}") FROM SCHEMA("${NAMESPACE}", "Base", "${NAME}")`,
      `WHERE "Base" = '${shared.baseName}'`,
      `GROUP BY "${NAME}" ORDER BY MAX() DESC`,
    ].join(' '),
    period: PERIOD,
  });
}
