import { App, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NotebookSchedule, NotebookScheduleOptions, Weekday } from '../../src/notebook/notebook-schedule';

const { MONDAY, TUESDAY, WEDNESDAY, FRIDAY, SATURDAY, SUNDAY } = Weekday;

describe('NotebookSchedule', () => {
  test.each<[string, NotebookSchedule, string[]]>([
    ['every day', NotebookSchedule.daily({ start: '08:00' }), ['cron(0 8 * * ? *)']],
    ['from Monday to Friday', NotebookSchedule.weekdays({ start: '08:05' }), ['cron(5 8 ? * MON,TUE,WED,THU,FRI *)']],
    ['on one day', NotebookSchedule.on([SUNDAY], { stop: '00:00' }), ['cron(0 0 ? * SUN *)']],
    ['on days in any order', NotebookSchedule.on([FRIDAY, MONDAY], { start: '23:59' }), ['cron(59 23 ? * MON,FRI *)']],
    ['on all seven days', NotebookSchedule.on(Object.values(Weekday), { stop: '19:30' }), ['cron(30 19 * * ? *)']],
    [
      'at both times',
      NotebookSchedule.on([TUESDAY], { start: '08:00', stop: '19:00' }),
      ['cron(0 8 ? * TUE *)', 'cron(0 19 ? * TUE *)'],
    ],
  ])('says %s as a cron expression', (_, schedule, expected) => {
    expect(moments(schedule).map(({ expression }) => expression)).toEqual(expected);
  });

  test('starts and stops, each in the zone that was given', () => {
    const schedule = NotebookSchedule.daily({ start: '08:00', stop: '19:00', timeZone: 'Europe/Berlin' });

    expect(moments(schedule).map(({ action, timeZone }) => [action, timeZone])).toEqual([
      ['start', 'Europe/Berlin'],
      ['stop', 'Europe/Berlin'],
    ]);
  });

  test('means UTC unless it says otherwise', () => {
    expect(moments(NotebookSchedule.daily({ stop: '19:00' }))).toEqual([
      { action: 'stop', expression: 'cron(0 19 * * ? *)', timeZone: 'Etc/UTC' },
    ]);
  });

  test.each<[string, Weekday[], string]>([
    ['on the next day', [MONDAY], '? * TUE'],
    ['on Monday after Sunday', [SUNDAY], '? * MON'],
    ['on Saturday, not on Monday, after working days', workingDays(), '? * TUE,WED,THU,FRI,SAT'],
    ['around the week', [WEDNESDAY, SATURDAY, SUNDAY], '? * MON,THU,SUN'],
    ['every day after every day', Object.values(Weekday), '* * ?'],
  ])('stops %s, if that is earlier than it starts', (_, days, expected) => {
    const overnight = NotebookSchedule.on(days, { start: '22:00', stop: '06:00' });

    expect(moments(overnight)[1].expression).toBe(`cron(0 6 ${expected} *)`);
  });

  test('stops on the same day if it starts nothing', () => {
    expect(moments(NotebookSchedule.on([MONDAY], { stop: '00:30' }))[0].expression).toBe('cron(30 0 ? * MON *)');
  });

  test.each(['UTC', 'Etc/UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'US/Eastern'])(
    'takes the time zone %s',
    (timeZone) => {
      expect(moments(NotebookSchedule.daily({ stop: '19:00', timeZone }))[0].timeZone).toBe(timeZone);
    },
  );

  test('takes a time zone that is known only at deployment', () => {
    const timeZone = Token.asString({ Ref: 'Zone' });

    expect(moments(NotebookSchedule.daily({ stop: '19:00', timeZone }))[0].timeZone).toBe(timeZone);
  });

  test.each(['Europe/Berlyn', 'europe/berlin', 'Europe/berlin', 'utc', '+01:00', 'CEST2', '', ' UTC', 'Mars/Base'])(
    'fails for the time zone %j',
    (timeZone) => {
      expect(() => moments(NotebookSchedule.daily({ stop: '19:00', timeZone }))).toThrow(
        "Stack/alice: 'schedule.timeZone' must be a time zone of the IANA database such as 'Europe/Berlin', in its spelling, got: ",
      );
    },
  );

  test.each(['8:00', '24:00', '08:60', '0800', '08:00:00', '8 am', '', '08:00\n', '-1:00'])(
    'fails for the time %j, and says how times are written',
    (time) => {
      for (const prop of ['start', 'stop']) {
        expect(() => moments(NotebookSchedule.daily({ [prop]: time }))).toThrow(
          `Stack/alice: 'schedule.${prop}' must be a time such as '08:30', from 00:00 to 23:59, got: `,
        );
      }
    },
  );

  test.each(['start', 'stop'])('fails for a %s that is known only at deployment', (prop) => {
    const hours: NotebookScheduleOptions = { [prop]: Token.asString({ Ref: 'Time' }) };

    expect(() => moments(NotebookSchedule.daily(hours))).toThrow(
      `Stack/alice: 'schedule.${prop}' must be known at synthesis, because the days depend on it, got: a deploy-time value`,
    );
  });

  test('fails when it stops at the minute at which it starts', () => {
    expect(() => moments(NotebookSchedule.daily({ start: '08:00', stop: '08:00' }))).toThrow(
      "Stack/alice: 'schedule.stop' must be another time than 'start', got: 08:00",
    );
  });

  test('fails when it neither starts nor stops', () => {
    expect(() => moments(NotebookSchedule.daily({ timeZone: 'UTC' }))).toThrow(
      `Stack/alice: 'schedule' must be given 'start', 'stop' or both, got: {"timeZone":"UTC"}`,
    );
  });

  test('fails without a day, and for one that is there twice', () => {
    expect(() => moments(NotebookSchedule.on([], { stop: '19:00' }))).toThrow(
      "Stack/alice: 'schedule.days' must be a list of 1 to 7, got: []",
    );
    expect(() => moments(NotebookSchedule.on([MONDAY, MONDAY], { stop: '19:00' }))).toThrow(
      "Stack/alice: 'schedule.days' must be a list without repetition, got: MON",
    );
  });

  function moments(schedule: NotebookSchedule) {
    return schedule._moments(new Construct(new Stack(new App(), 'Stack'), 'alice'), 'schedule');
  }

  function workingDays(): Weekday[] {
    return Object.values(Weekday).filter((day) => day !== SATURDAY && day !== SUNDAY);
  }
});
