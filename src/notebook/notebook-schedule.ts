import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail, requireKnown, requireList, requirePattern } from '../private/checks';
import { RunningHours } from '../private/facts';
import { Kinds, listOf, oneOf, requireKinds, TEXT } from '../private/kinds';
import { runningHours } from './running-hours';

/** A day of the week. */
export enum Weekday {
  /** Monday. */
  MONDAY = 'MON',

  /** Tuesday. */
  TUESDAY = 'TUE',

  /** Wednesday. */
  WEDNESDAY = 'WED',

  /** Thursday. */
  THURSDAY = 'THU',

  /** Friday. */
  FRIDAY = 'FRI',

  /** Saturday. */
  SATURDAY = 'SAT',

  /** Sunday. */
  SUNDAY = 'SUN',
}

/** When a notebook is started and stopped. At least one of `start` and `stop` is required. */
export interface NotebookScheduleOptions {
  /**
   * When the notebook is started, as `HH:MM` from `00:00` to `23:59`.
   *
   * @default - The notebook is never started by the schedule.
   */
  readonly start?: string;

  /**
   * When the notebook is stopped, as `HH:MM` from `00:00` to `23:59`. If that is earlier than `start`, it is on the day
   * after each of the days.
   *
   * @default - The notebook is never stopped by the schedule.
   */
  readonly stop?: string;

  /**
   * Name of the time zone in the IANA database, such as `Europe/Berlin`. The clock changes of summer time are followed.
   *
   * @default 'Etc/UTC'
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  readonly timeZone?: string;
}

/** A moment at which something is done with notebooks, over and over. */
export interface NotebookMoment {
  readonly action: 'start' | 'stop';
  readonly expression: string;
  readonly timeZone: string;
}

const TIME_KINDS: Kinds<NotebookScheduleOptions> = { start: TEXT, stop: TEXT, timeZone: TEXT };
const WEEK = Object.values(Weekday);
const WORKING_DAYS = WEEK.slice(0, 5);

/**
 * The hours at which notebooks are started and stopped, from outside, whatever happens on them.
 *
 * @example
 * const schedule = NotebookSchedule.weekdays({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });
 * NotebookSchedule.daily({ stop: '22:00' }); // in UTC, and started by its user
 * NotebookSchedule.on([Weekday.SATURDAY], { start: '22:00', stop: '06:00' }); // stops on Sunday
 */
export class NotebookSchedule {
  /** On every day of the week. */
  public static daily(times: NotebookScheduleOptions): NotebookSchedule {
    return new NotebookSchedule(WEEK, times);
  }

  /** From Monday to Friday. */
  public static weekdays(times: NotebookScheduleOptions): NotebookSchedule {
    return new NotebookSchedule(WORKING_DAYS, times);
  }

  /** On some days of the week. Checked by the construct that it is given to. */
  public static on(days: Weekday[], times: NotebookScheduleOptions): NotebookSchedule {
    return new NotebookSchedule(days, times);
  }

  private constructor(
    private readonly days: Weekday[],
    private readonly times: NotebookScheduleOptions,
  ) {}

  /**
   * How long a notebook runs that nobody else starts.
   *
   * @internal
   */
  public _runningHours(maxUptime: Duration | undefined): RunningHours | undefined {
    const { start, stop, timeZone = 'Etc/UTC' } = this.times;
    return runningHours({ days: this.days.map((day) => WEEK.indexOf(day)), start, stop, timeZone, maxUptime });
  }

  /** @internal */
  public _moments(scope: IConstruct, prop: string): NotebookMoment[] {
    requireKinds(scope, this.times, TIME_KINDS, prop);
    requireKinds(scope, { days: this.days }, { days: listOf(oneOf('Weekday', Weekday)) }, prop);
    const { start, stop, timeZone = 'Etc/UTC' } = this.times;
    if (start === undefined && stop === undefined) {
      fail(scope, prop, "given 'start', 'stop' or both", this.times);
    }
    requireList(scope, `${prop}.days`, this.days, 1, WEEK.length);
    requireTime(scope, `${prop}.start`, start);
    requireTime(scope, `${prop}.stop`, stop);
    requireTimeZone(scope, `${prop}.timeZone`, timeZone);
    if (start === stop) {
      fail(scope, `${prop}.stop`, "another time than 'start'", stop);
    }
    const overnight = start !== undefined && stop !== undefined && stop < start;
    return [
      ...(start === undefined ? [] : [{ action: 'start' as const, expression: cron(start, this.days), timeZone }]),
      ...(stop === undefined
        ? []
        : [
            {
              action: 'stop' as const,
              expression: cron(stop, overnight ? this.days.map(dayAfter) : this.days),
              timeZone,
            },
          ]),
    ];
  }
}

function requireTime(scope: IConstruct, prop: string, time: string | undefined): void {
  if (time !== undefined) {
    requireKnown(scope, prop, time, 'the days depend on it');
    requirePattern(scope, prop, time, /^([01]\d|2[0-3]):[0-5]\d$/, "a time such as '08:30', from 00:00 to 23:59");
  }
}

/** Node.js takes names in any case, and offsets such as +01:00; EventBridge Scheduler takes neither. */
function requireTimeZone(scope: IConstruct, prop: string, timeZone: string): void {
  if (Token.isUnresolved(timeZone)) {
    return;
  }
  const rule = "a time zone of the IANA database such as 'Europe/Berlin', in its spelling";
  requirePattern(scope, prop, timeZone, /^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/, rule);
  const known = zoneLike(timeZone);
  if (known === undefined || (known !== timeZone && known.toLowerCase() === timeZone.toLowerCase())) {
    fail(scope, prop, rule, timeZone);
  }
}

/** The zone that Node.js understands, which for old names may have another name. */
function zoneLike(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

function cron(time: string, days: Weekday[]): string {
  const [hour, minute] = time.split(':').map(Number);
  const named = WEEK.filter((day) => days.includes(day));
  const when = named.length === WEEK.length ? '* * ?' : `? * ${named.join(',')}`;
  return `cron(${minute} ${hour} ${when} *)`;
}

function dayAfter(day: Weekday): Weekday {
  return WEEK[(WEEK.indexOf(day) + 1) % WEEK.length];
}
