import { CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { runningHours, type Timetable } from '../../src/notebook/running-hours';

const WEEKDAYS = [0, 1, 2, 3, 4];
const DAILY = [...WEEKDAYS, 5, 6];

/** A week has 168 hours, a month 730. */
const perMonth = (hoursOfWeek: number) => Math.round(((hoursOfWeek * 730) / 168) * 100) / 100;

describe('the hours of a notebook', () => {
  test.each<[Omit<Timetable, 'timeZone'>, number, string]>([
    [{ days: WEEKDAYS, start: '08:00', stop: '19:00' }, 55, 'weekdays 08:00 to 19:00 UTC'],
    [{ days: DAILY, start: '08:00', stop: '19:30' }, 80.5, 'daily 08:00 to 19:30 UTC'],
    [{ days: [5], start: '22:00', stop: '06:00' }, 8, 'Sat 22:00 to 06:00 UTC'],
    [{ days: DAILY, start: '22:00', stop: '21:00' }, 161, 'daily 22:00 to 21:00 UTC'],
    [{ days: [6, 0], start: '00:00', stop: '23:59' }, (2 * 1_439) / 60, 'Mon, Sun 00:00 to 23:59 UTC'],
    [
      { days: WEEKDAYS, start: '08:00', stop: '19:00', maxUptime: Duration.hours(4) },
      20,
      'weekdays 08:00 to 19:00 UTC, at most 4 hours',
    ],
    [
      { days: WEEKDAYS, start: '08:00', stop: '19:00', maxUptime: Duration.hours(11) },
      55,
      'weekdays 08:00 to 19:00 UTC',
    ],
    [{ days: WEEKDAYS, start: '08:00', stop: '19:00', maxUptime: Duration.days(2) }, 55, 'weekdays 08:00 to 19:00 UTC'],
    [
      { days: WEEKDAYS, start: '08:00', maxUptime: Duration.hours(10) },
      50,
      'weekdays from 08:00 UTC, at most 10 hours',
    ],
    // From Monday to Friday it runs on; that of Friday stops on Saturday at 20:00.
    [
      { days: WEEKDAYS, start: '08:00', maxUptime: Duration.hours(36) },
      4 * 24 + 36,
      'weekdays from 08:00 UTC, at most 1 day 12 hours',
    ],
  ])('%j are %d in a week', (table, hoursOfWeek, because) => {
    expect(runningHours({ ...table, timeZone: 'Etc/UTC' })).toEqual({ perMonth: perMonth(hoursOfWeek), because });
  });

  test.each<[string, Omit<Timetable, 'timeZone'>]>([
    ['a start alone', { days: WEEKDAYS, start: '08:00' }],
    ['a stop alone', { days: WEEKDAYS, stop: '19:00' }],
    [
      'a stop and a maximum, since nobody knows when it is started',
      { days: DAILY, stop: '19:00', maxUptime: Duration.hours(1) },
    ],
    ['starts within the maximum', { days: DAILY, start: '08:00', maxUptime: Duration.hours(24) }],
  ])('are not limited by %s', (_, table) => {
    expect(runningHours({ ...table, timeZone: 'Etc/UTC' })).toBeUndefined();
  });

  test('do not depend on a maximum that is known at deployment only', () => {
    const minutes = new CfnParameter(new Stack(), 'Minutes', { type: 'Number' }).valueAsNumber;
    const maxUptime = Duration.minutes(minutes);
    const table = { days: WEEKDAYS, start: '08:00', timeZone: 'Etc/UTC', maxUptime };

    expect(runningHours(table)).toBeUndefined();
    expect(runningHours({ ...table, stop: '19:00' })?.perMonth).toBe(perMonth(55));
  });

  test('say the time zone, and count no hour of summer time', () => {
    expect(runningHours({ days: [6], start: '01:00', stop: '04:00', timeZone: 'Europe/Berlin' })).toEqual({
      perMonth: perMonth(3),
      because: 'Sun 01:00 to 04:00 Europe/Berlin',
    });
  });

  test('are 239 of 730 for the eleven hours of a working day', () => {
    const hours = runningHours({ days: WEEKDAYS, start: '08:00', stop: '19:00', timeZone: 'Etc/UTC' });

    expect(hours?.perMonth).toBe(238.99);
  });
});
