import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { fail, requireDuration, requireKnown, requirePattern, requireWholeNumber } from '../private/checks';
import { ownedByCaller } from '../private/identity';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';
import { passRole, requireOwnRole } from './passed-role';

/**
 * Interactive sessions of Glue: kernels whose code runs on Spark without a cluster of one's own.
 *
 * The kernels are the package `aws-glue-sessions`, which is installed in the background, once, from the package index
 * or the internet. What is set here is where they begin; magics such as `%number_of_workers` change it in a notebook.
 */
export interface GlueSessionsOptions {
  /**
   * Role that sessions run under; it must trust `glue.amazonaws.com`. Whoever works in a notebook of the lifecycle can
   * do what it may do, also from outside the network of the base, where sessions run.
   *
   * @see https://docs.aws.amazon.com/glue/latest/dg/glue-is-security.html
   */
  readonly role: iam.IRole;

  /**
   * Version of Glue, such as `4.0`.
   *
   * @default '4.0'
   * @see https://docs.aws.amazon.com/glue/latest/dg/release-notes.html
   */
  readonly glueVersion?: string;

  /**
   * Size of a worker, such as `G.1X` or `G.2X`.
   *
   * @default 'G.1X'
   * @see https://docs.aws.amazon.com/glue/latest/dg/worker-types.html
   */
  readonly workerType?: string;

  /**
   * Workers of a session, from 2 to 299. All of them cost from the first cell on until the session ends.
   *
   * @default 2
   */
  readonly numberOfWorkers?: number;

  /**
   * How long a session may be idle before it ends: whole minutes from 1 to 2880. Without it Glue waits two days.
   *
   * @default Duration.minutes(30)
   */
  readonly idleTimeout?: Duration;
}

const VERSION = /^[0-9]{1,2}\.[0-9]{1,2}$/;
const WORKER = /^[A-Z]\.[0-9]{1,4}X$/;

/** What a kernel does with its own session. */
const SESSION_ACTIONS = [
  'glue:CancelStatement',
  'glue:GetSession',
  'glue:GetStatement',
  'glue:RunStatement',
  'glue:StopSession',
];

/** The kernels of interactive sessions, and the right to sessions that carry the tags of the caller. */
export function bindGlueSessions(scope: IConstruct, options: GlueSessionsOptions): BoundFeature {
  const { role, glueVersion = '4.0', workerType = 'G.1X', numberOfWorkers = 2 } = options;
  const idleTimeout = options.idleTimeout ?? Duration.minutes(30);
  requireOwnRole(scope, 'glueSessions.role', role);
  requirePattern(scope, 'glueSessions.glueVersion', glueVersion, VERSION, "a version such as '4.0'");
  requirePattern(scope, 'glueSessions.workerType', workerType, WORKER, "a worker type such as 'G.1X'");
  const reason = 'notebooks get it in a file';
  requireKnown(scope, 'glueSessions.numberOfWorkers', numberOfWorkers, reason);
  requireWholeNumber(scope, 'glueSessions.numberOfWorkers', numberOfWorkers, 2, 299);
  if (idleTimeout.isUnresolved()) {
    fail(scope, 'glueSessions.idleTimeout', `known at synthesis, because ${reason}`, 'a deploy-time value');
  }
  requireDuration(scope, 'glueSessions.idleTimeout', idleTimeout, 'minutes', 1, 2_880);
  return {
    name: LifecycleFeature.GLUE_SESSIONS,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 1_800,
    settings: {
      roleArn: role.roleArn,
      glueVersion,
      workerType,
      numberOfWorkers,
      idleMinutes: idleTimeout.toMinutes(),
    },
    statements: [...sessionStatements(scope), passRole(role, 'glue.amazonaws.com')],
    services: ['glue'],
  };
}

/**
 * Sessions of the caller alone: without the tags alice could run code in a session of bob. The shape is that of
 * `AwsGlueSessionUserRestrictedPolicy`, with the owner and the base in place of the user id.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AwsGlueSessionUserRestrictedPolicy.html
 */
function sessionStatements(scope: IConstruct): iam.PolicyStatement[] {
  const sessions = [Stack.of(scope).formatArn({ service: 'glue', resource: 'session', resourceName: '*' })];
  const asked = ownedByCaller('aws:RequestTag').StringEquals as object;
  const carried = ownedByCaller('aws:ResourceTag').StringEquals as object;
  return [
    new iam.PolicyStatement({
      actions: ['glue:CreateSession'],
      resources: sessions,
      conditions: { StringEquals: asked },
    }),
    new iam.PolicyStatement({
      // A session of somebody else must not become one's own by a tag.
      actions: ['glue:TagResource'],
      resources: sessions,
      conditions: { StringEquals: { ...asked, ...carried } },
    }),
    new iam.PolicyStatement({
      actions: SESSION_ACTIONS,
      resources: sessions,
      conditions: { StringEquals: carried },
    }),
  ];
}
