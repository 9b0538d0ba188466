import { Duration } from 'aws-cdk-lib';
import { RunningHours } from '../private/facts';

/** When a notebook is started and stopped, and for how long it runs at most from a start on. */
export interface Timetable {
  /** Days of the week on which it is started, from 0 for Monday to 6. */
  readonly days: readonly number[];
  readonly start?: string;
  readonly stop?: string;
  readonly timeZone: string;
  readonly maxUptime?: Duration;
}

const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const DAY = 24 * 60;
const WEEK = 7 * DAY;
const MONTH_HOURS = 730;

/**
 * The hours that a notebook runs if nobody starts it besides. Undefined where nothing limits them: without a start nobody
 * knows how often it is started, and without a stop or maximum it runs on.
 *
 * The hour that the change to summer time takes and gives back is not counted. Where a maximum is longer than the time
 * to the next start, that start finds the notebook running, and it counts as running all the time.
 */
export function runningHours(table: Timetable): RunningHours | undefined {
  const { start, stop } = table;
  if (start === undefined) {
    return undefined;
  }
  const starts = [...new Set(table.days)].sort((one, other) => one - other).map((day) => day * DAY + minuteOf(start));
  const most = minutesOf(table.maxUptime);
  const runs = starts.map((each, index) => {
    const toNextStart = (starts[index + 1] ?? starts[0] + WEEK) - each;
    const toStop = stop === undefined ? toNextStart : (minuteOf(stop) - minuteOf(start) + DAY) % DAY;
    return { toStop, lasts: Math.min(toStop, most) };
  });
  const minutes = runs.reduce((sum, { lasts }) => sum + lasts, 0);
  if (minutes >= WEEK) {
    return undefined;
  }
  const isCut = runs.some(({ toStop, lasts }) => lasts < toStop);
  return { perMonth: round((minutes / WEEK) * MONTH_HOURS), because: reason(table, isCut ? most : undefined) };
}

function reason({ days, start, stop, timeZone }: Timetable, most: number | undefined): string {
  const times = stop === undefined ? `from ${start}` : `${start} to ${stop}`;
  const limit = most === undefined ? '' : `, at most ${Duration.minutes(most).toHumanString()}`;
  return `${wordsOf(days)} ${times} ${timeZone.replace(/^Etc\//, '')}${limit}`;
}

function wordsOf(days: readonly number[]): string {
  const named = NAMES.filter((_, day) => days.includes(day));
  switch (named.join(' ')) {
    case NAMES.join(' '):
      return 'daily';
    case NAMES.slice(0, 5).join(' '):
      return 'weekdays';
    default:
      return named.join(', ');
  }
}

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** A maximum that is known at deployment only limits nothing that could be counted. */
function minutesOf(maxUptime: Duration | undefined): number {
  return maxUptime === undefined || maxUptime.isUnresolved() ? Number.POSITIVE_INFINITY : maxUptime.toMinutes();
}

function round(hours: number): number {
  return Math.round(hours * 100) / 100;
}
