import { Duration, Size, Stack, StackProps, Validations } from 'aws-cdk-lib';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import {
  DataAccessTrail,
  JobRules,
  MlEnvironment,
  MlInstanceType,
  MlNotebookFleet,
  MlPermissionsBoundary,
  MlSharedInfra,
  NotebookAlarms,
  NotebookLifecycle,
  NotebookSchedule,
} from 'cdk-ml-infra';
import { Construct } from 'constructs';

/** What differs between environments. */
export interface EnvironmentStackProps extends StackProps {
  /** How careful the environment is. */
  readonly environment: MlEnvironment;

  /** Who has a notebook: a person, or a service that people run together. */
  readonly owners: string[];

  /** Machine of each notebook. */
  readonly instanceType: MlInstanceType;

  /** Volume of each notebook. It can grow, but not shrink. */
  readonly volumeSize: Size;

  /** What jobs of the owners have to look like. */
  readonly jobs: JobRules;

  /** When notebooks are started and stopped. Without it, people start them and idle stop stops them. */
  readonly schedule?: NotebookSchedule;

  /** For how long a notebook runs at most. Without it, as long as it is busy. */
  readonly maxUptime?: Duration;

  /** Who is told when a notebook fails or fills up. Without it, nobody. */
  readonly alarmEmail?: string;

  /** Records who read and wrote which object. Without it, nothing does. */
  readonly recordDataAccess?: boolean;
}

/** One base with its notebooks, for one environment. */
export class EnvironmentStack extends Stack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    super(scope, id, props);
    MlEnvironment.set(this, props.environment);

    const boundary = new MlPermissionsBoundary(this, 'Boundary');
    const shared = new MlSharedInfra(this, 'Shared', { permissionsBoundary: boundary.policy, jobs: props.jobs });
    const lifecycle = new NotebookLifecycle(this, 'Lifecycle', {
      shared,
      idleStop: Duration.hours(1),
      backup: {},
      metrics: props.alarmEmail ? {} : undefined,
      environmentVariables: { STAGE: props.environment.name },
    });
    new MlNotebookFleet(this, 'Notebooks', {
      shared,
      owners: props.owners,
      defaults: {
        lifecycle,
        instanceType: props.instanceType,
        volumeSize: props.volumeSize,
        schedule: props.schedule,
        maxUptime: props.maxUptime,
      },
    });

    if (props.alarmEmail) {
      const alarms = new NotebookAlarms(this, 'Alarms', { shared });
      alarms.topic.addSubscription(new subscriptions.EmailSubscription(props.alarmEmail));
      Validations.of(alarms).acknowledge({
        id: 'Serverless-SNSRedrivePolicy',
        reason: 'A mail that is not delivered needs no queue: CloudWatch keeps the state of the alarm',
      });
    }
    if (props.recordDataAccess) {
      new DataAccessTrail(this, 'Trail', { bases: [shared] });
    }
    shared.addOutputs();
  }
}
