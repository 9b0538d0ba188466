import * as fs from 'node:fs';
import * as path from 'node:path';
import { Aws, Duration, Lazy, Stack, TagManager, Tags, Tokenization, Validations } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { RoleTemplate } from '../access';
import { acknowledge, acknowledgeWildcards } from '../private/acknowledgements';
import { sagemakerArn } from '../private/arns';
import { fail, requireDuration } from '../private/checks';
import { fingerprint } from '../private/fingerprint';
import { BASE_TAG, ENVIRONMENT_TAG, IDENTITY_TAG_PRIORITY, placeOf, tagList } from '../private/identity';
import { IMlSharedInfra } from '../shared';
import { NotebookMoment, NotebookSchedule } from './notebook-schedule';

/** A notebook whose hours are kept. */
export interface NotebookWithHours extends Construct {
  readonly notebookName: string;
}

/** Tag with the minutes that a notebook may run from a start on. */
export const UPTIME_TAG = 'ml-max-uptime';

/** Tag with the stack that limits the uptime of a notebook, so that no other one reacts to its start. */
export const HOURS_TAG = 'ml-hours';

const DEFINITIONS = path.join(__dirname, '..', '..', 'assets', 'notebook', 'hours');
const LONGEST_UPTIME = Duration.days(30);

/**
 * Starts and stops the notebooks of a stack that stand on one base, from outside of them.
 *
 * However many notebooks there are, it takes one state machine for schedules, with one entry in EventBridge Scheduler
 * per time of day, and one for maximum uptimes, with one rule. Each is defined at its first use.
 */
export class NotebookHours extends Construct {
  /** The hours of the notebooks on a base in the stack of `scope`. */
  public static of(scope: Construct, shared: IMlSharedInfra): NotebookHours {
    const stack = Stack.of(scope);
    const id = `MlHours-${shared._roleTemplate.key}`;
    const existing = stack.node.tryFindChild(id) as NotebookHours | undefined;
    return existing ?? new NotebookHours(stack, id, shared._roleTemplate);
  }

  private readonly notebooksByMoment = new Map<string, NotebookWithHours[]>();
  private scheduled?: { readonly machineArn: string; readonly roleArn: string };
  private limiter?: string;

  private constructor(
    scope: Construct,
    id: string,
    private readonly template: RoleTemplate,
  ) {
    super(scope, id);
    Tags.of(this).add(BASE_TAG, template.baseName, { priority: IDENTITY_TAG_PRIORITY });
    Tags.of(this).add(ENVIRONMENT_TAG, template.environmentName, { priority: IDENTITY_TAG_PRIORITY });
  }

  /** Starts and stops a notebook at the times of a schedule. */
  public schedule(notebook: NotebookWithHours, schedule: NotebookSchedule): void {
    for (const moment of schedule._moments(notebook, 'schedule')) {
      const id = `Schedule-${fingerprint(this, moment)}`;
      const notebooks = this.notebooksByMoment.get(id) ?? [];
      if (notebooks.length === 0) {
        this.notebooksByMoment.set(id, notebooks);
        this.defineSchedule(id, moment, notebooks);
      }
      notebooks.push(notebook);
    }
  }

  /** Stops a notebook when it has run for some time since its last start. `tags` are those of the instance. */
  public limitUptime(notebook: NotebookWithHours, maxUptime: Duration, tags: TagManager): void {
    requireDuration(notebook, 'maxUptime', maxUptime, 'minutes', 15, LONGEST_UPTIME.toMinutes());
    const minutes = Tokenization.stringifyNumber(minutesOf(notebook, maxUptime));
    this.limiter ??= this.defineLimiter();
    tags.setTag(UPTIME_TAG, minutes, IDENTITY_TAG_PRIORITY);
    tags.setTag(HOURS_TAG, this.limiter, IDENTITY_TAG_PRIORITY);
  }

  private defineSchedule(id: string, { action, expression, timeZone }: NotebookMoment, notebooks: NotebookWithHours[]) {
    this.scheduled ??= this.defineScheduledMachine();
    const { machineArn, roleArn } = this.scheduled;
    new scheduler.CfnSchedule(this, id, {
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: machineArn,
        roleArn,
        // What could not be started within the hour is left to the next time, or it would hit people at work.
        retryPolicy: { maximumEventAgeInSeconds: Duration.hours(1).toSeconds(), maximumRetryAttempts: 60 },
        input: Lazy.string({
          produce: () =>
            this.stack.toJsonString({ action, names: inOrder(notebooks).map((each) => each.notebookName) }),
        }),
      },
    });
  }

  private defineScheduledMachine() {
    const machineArn = this.defineMachine(
      'Schedule',
      ['DescribeNotebookInstance', 'StartNotebookInstance', 'StopNotebookInstance'],
      {
        PollSeconds: '60',
        PatienceSeconds: '1800',
      },
    );
    return { machineArn, roleArn: this.defineStarter('ScheduleStarter', 'scheduler.amazonaws.com', machineArn) };
  }

  /** Returns the value of the tag that tells the notebooks of this stack. */
  private defineLimiter(): string {
    const place = placeOf(this);
    const machineArn = this.defineMachine('Uptime', ['DescribeNotebookInstance', 'ListTags', 'StopNotebookInstance'], {
      UptimeTag: UPTIME_TAG,
      MostWaits: '10',
    });
    const rule = new events.CfnRule(this, 'Started', {
      description: 'A notebook with a maximum uptime was started',
      eventPattern: {
        source: ['aws.sagemaker'],
        'detail-type': ['SageMaker Notebook Instance State Change'],
        detail: { NotebookInstanceStatus: ['InService'], Tags: { [HOURS_TAG]: [place] } },
      },
      targets: [
        {
          id: 'Uptime',
          arn: machineArn,
          roleArn: this.defineStarter('UptimeStarter', 'events.amazonaws.com', machineArn),
          inputTransformer: {
            inputPathsMap: { name: '$.detail.NotebookInstanceName' },
            inputTemplate: '{"name":<name>}',
          },
        },
      ],
    });
    Validations.of(rule).acknowledge({
      id: 'Serverless-EventBusDLQ',
      reason: 'EventBridge tries for a day; a queue that nobody reads would keep the event and not stop the notebook',
    });
    return place;
  }

  private defineMachine(name: string, actions: string[], substitutions: { [placeholder: string]: string }): string {
    const policy = this.definePolicy(`${name}Policy`, {
      actions: actions.map((action) => `sagemaker:${action}`),
      resources: [sagemakerArn(this, 'notebook-instance', '*')],
      conditions: { StringEquals: { [`aws:ResourceTag/${BASE_TAG}`]: this.template.baseName } },
    });
    acknowledgeWildcards(policy, 'Names of notebooks are not known before; the tag of their base bounds them');
    const definition = fs.readFileSync(path.join(DEFINITIONS, `${name.toLowerCase()}.asl.json`), 'utf8');
    const machine = new stepfunctions.CfnStateMachine(this, `${name}Machine`, {
      stateMachineType: 'STANDARD',
      roleArn: this.defineRole(`${name}Role`, 'states.amazonaws.com', policy),
      definitionString: JSON.stringify(JSON.parse(definition)),
      definitionSubstitutions: { Partition: Aws.PARTITION, ...substitutions },
      tags: tagList(this.template.tags),
    });
    const untraced = 'Traces take rights on every resource, and there is one service to be seen in them';
    acknowledge(machine, {
      SF1: 'Delivery of logs takes rights on every resource; Step Functions keeps the history of 90 days by itself',
      SF2: untraced,
    });
    Validations.of(machine).acknowledge({ id: 'Serverless-StepFunctionStateMachineXray', reason: untraced });
    return machine.ref;
  }

  private defineStarter(name: string, service: string, machineArn: string): string {
    const policy = this.definePolicy(`${name}Policy`, { actions: ['states:StartExecution'], resources: [machineArn] });
    return this.defineRole(`${name}Role`, service, policy);
  }

  private definePolicy(id: string, statement: iam.PolicyStatementProps): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, id, { statements: [new iam.PolicyStatement(statement)] });
  }

  private defineRole(id: string, service: string, policy: iam.IManagedPolicy): string {
    return new iam.CfnRole(this, id, {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: service },
            Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
          },
        ],
      },
      managedPolicyArns: [policy.managedPolicyArn],
      permissionsBoundary: this.template.permissionsBoundaryArn,
      tags: tagList(this.template.tags),
    }).attrArn;
  }

  private get stack(): Stack {
    return Stack.of(this);
  }
}

/** By path, so that the order in which notebooks are defined changes nothing. */
function inOrder(notebooks: NotebookWithHours[]): NotebookWithHours[] {
  return [...notebooks].sort((one, other) => (one.node.path < other.node.path ? -1 : 1));
}

/** The core cannot convert a duration that is known only at deployment, and says so in words that name no prop. */
function minutesOf(notebook: Construct, maxUptime: Duration): number {
  try {
    return maxUptime.toMinutes();
  } catch {
    return fail(notebook, 'maxUptime', 'given as Duration.minutes() when it is known only at deployment', maxUptime);
  }
}
