import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requireDuration, requirePattern, requireWholeNumber } from '../private/checks';
import { DURATION, FLAG, Kinds, NUMBER, PROPS, required, requireKinds, TEXT } from '../private/kinds';

/**
 * When an idle notebook is stopped. A notebook is in use while a kernel computes, a kernel or a terminal is used, a
 * command runs in a terminal, the setup runs, the processors or a GPU are at work, or a file says so.
 */
export interface IdleStopOptions {
  /** How long nothing must have happened: whole minutes from 5 to 10080, a week. */
  readonly after: Duration;

  /**
   * How often activity is looked for: whole minutes from 1 to 60.
   *
   * @default Duration.minutes(5)
   */
  readonly checkEvery?: Duration;

  /**
   * How long after its start a notebook is never stopped: whole minutes from 0 to 1440.
   *
   * @default Duration.minutes(10)
   */
  readonly startupGrace?: Duration;

  /**
   * How long before a stop `~/SageMaker/IDLE-STOP.md` announces it, and says how to keep the notebook running: whole
   * minutes from 0, which announces nothing, to 120, but never more than half of `after`. The page is written by a
   * check, so that it can be late by `checkEvery`.
   *
   * @default - Ten minutes, or twice `checkEvery` if that is more.
   */
  readonly warnBefore?: Duration;

  /**
   * Percent of one core, used by what runs in the notebook, above which it is in use: all processes of its user and in
   * containers together, except Jupyter's server, on average between two checks. This sees jobs that have left their
   * terminal. A whole number from 1 to 10000, which is a hundred cores.
   *
   * @default 10
   */
  readonly processCpuThreshold?: number;

  /**
   * Percent of all cores, used by the whole machine, above which the notebook is in use, on average between two checks.
   * This sees work of any account, such as root's. A whole number from 1 to 100, which never counts.
   *
   * @default 25
   */
  readonly cpuThreshold?: number;

  /**
   * Percent of its time that the busiest GPU works, above which the notebook is in use, as `nvidia-smi` says at each
   * check. Memory that is only held does not count, nor do chips of another make, such as Neuron. A whole number from 1
   * to 100, which never counts.
   *
   * @default 5
   */
  readonly gpuThreshold?: number;

  /**
   * A file of the notebook's user that keeps the notebook running for `keepAliveFor` after it was last touched. It lies
   * below the home folder, and no part of its path may be a link.
   *
   * @default '~/SageMaker/.keep-alive'
   */
  readonly keepAliveFile?: string;

  /**
   * For how long a touched `keepAliveFile` keeps the notebook running: whole minutes from 0, which ignores the file, to
   * 1440, a day.
   *
   * @default Duration.hours(12)
   */
  readonly keepAliveFor?: Duration;

  /**
   * Whether terminals and the commands that run in them count. Without, a command still counts by what it uses of the
   * processors.
   *
   * @default true
   */
  readonly countTerminals?: boolean;

  /**
   * Whether a notebook that is open in a browser counts, even if nobody does anything there. A forgotten tab then keeps
   * the notebook running, and costs, until the browser closes it.
   *
   * @default false
   */
  readonly countOpenTabs?: boolean;

  /**
   * Logs each decision and stops nothing. What a team would feel of a setting can be read in the log for a week first.
   *
   * @default false
   */
  readonly dryRun?: boolean;

  /**
   * Failed checks in a row after which each further one is logged as an error, from 1 to 1000. A failed check never
   * stops a notebook.
   *
   * @default 12
   */
  readonly maxErrors?: number;
}

/** What the idle check is told. */
export interface IdleSettings {
  readonly idleSeconds: number;
  readonly checkSeconds: number;
  readonly graceSeconds: number;
  readonly warnSeconds: number;
  readonly processCpuThreshold: number;
  readonly cpuThreshold: number;
  readonly gpuThreshold: number;
  readonly keepAliveFile: string;
  readonly keepAliveSeconds: number;
  readonly countTerminals: boolean;
  readonly countOpenTabs: boolean;
  readonly dryRun: boolean;
  readonly maxErrors: number;
}

const IDLE_KINDS: Kinds<IdleStopOptions> = {
  after: required(DURATION),
  checkEvery: DURATION,
  startupGrace: DURATION,
  warnBefore: DURATION,
  processCpuThreshold: NUMBER,
  cpuThreshold: NUMBER,
  gpuThreshold: NUMBER,
  keepAliveFile: TEXT,
  keepAliveFor: DURATION,
  countTerminals: FLAG,
  countOpenTabs: FLAG,
  dryRun: FLAG,
  maxErrors: NUMBER,
};

/** For how long a notebook may be idle before it is stopped: five minutes to a week. */
export const IDLE_MINUTES = { min: 5, max: 10_080 };

/** No part is `.` or `..`, and a shell takes each as it stands: users read it in a command. */
const BELOW_HOME = /^~(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]{1,100}){1,10}$/;

/** The settings of the idle check: those of `idle`, or `idleStop` with defaults for the rest; undefined without both. */
export function idleSettings(scope: IConstruct, idleStop?: Duration, idle?: IdleStopOptions): IdleSettings | undefined {
  requireKinds(scope, { idleStop, idle }, { idleStop: DURATION, idle: PROPS });
  if (idle) {
    requireKinds(scope, idle, IDLE_KINDS, 'idle');
  }
  if (idleStop && idle) {
    fail(scope, 'idleStop', "left out when 'idle' is given, which sets the same", idleStop);
  }
  const after = idle?.after ?? idleStop;
  if (after === undefined) {
    return undefined;
  }
  const { keepAliveFile = '~/SageMaker/.keep-alive', countTerminals = true } = idle ?? {};
  requireKnown(scope, 'idle.keepAliveFile', Token.isUnresolved(keepAliveFile));
  requirePattern(
    scope,
    'idle.keepAliveFile',
    keepAliveFile,
    BELOW_HOME,
    "'~/' and the path of a file below the home folder, at most 10 names of letters, digits, '.', '_' and '-'",
  );
  const checkSeconds = seconds(scope, 'idle.checkEvery', idle?.checkEvery ?? Duration.minutes(5), 1, 60);
  const warnBefore = idle?.warnBefore ?? Duration.seconds(Math.max(600, 2 * checkSeconds));
  return {
    idleSeconds: seconds(scope, idle ? 'idle.after' : 'idleStop', after, IDLE_MINUTES.min, IDLE_MINUTES.max),
    checkSeconds,
    graceSeconds: seconds(scope, 'idle.startupGrace', idle?.startupGrace ?? Duration.minutes(10), 0, 1_440),
    warnSeconds: seconds(scope, 'idle.warnBefore', warnBefore, 0, 120),
    processCpuThreshold: count(scope, 'idle.processCpuThreshold', idle?.processCpuThreshold ?? 10, 10_000),
    cpuThreshold: count(scope, 'idle.cpuThreshold', idle?.cpuThreshold ?? 25, 100),
    gpuThreshold: count(scope, 'idle.gpuThreshold', idle?.gpuThreshold ?? 5, 100),
    keepAliveFile,
    keepAliveSeconds: seconds(scope, 'idle.keepAliveFor', idle?.keepAliveFor ?? Duration.hours(12), 0, 1_440),
    countTerminals,
    countOpenTabs: idle?.countOpenTabs ?? false,
    dryRun: idle?.dryRun ?? false,
    maxErrors: count(scope, 'idle.maxErrors', idle?.maxErrors ?? 12, 1_000),
  };
}

function count(scope: IConstruct, prop: string, value: number, max: number): number {
  requireKnown(scope, prop, Token.isUnresolved(value));
  requireWholeNumber(scope, prop, value, 1, max);
  return value;
}

function seconds(scope: IConstruct, prop: string, value: Duration, minMinutes: number, maxMinutes: number): number {
  requireKnown(scope, prop, value.isUnresolved());
  requireDuration(scope, prop, value, 'minutes', minMinutes, maxMinutes);
  return value.toSeconds();
}

function requireKnown(scope: IConstruct, prop: string, unresolved: boolean): void {
  if (unresolved) {
    fail(scope, prop, 'known at synthesis, because notebooks get it in a file', 'a deploy-time value');
  }
}
