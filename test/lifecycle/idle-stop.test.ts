import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IdleStopOptions, idleSettings } from '../../src/lifecycle/idle-stop';

describe('idleSettings', () => {
  const stack = new Stack(new App(), 'Team');
  const after = Duration.hours(1);
  const settings = (options: Partial<IdleStopOptions>) => idleSettings(stack, undefined, { after, ...options });

  test('are none where nobody asked for idle stop', () => {
    expect(idleSettings(stack)).toBeUndefined();
  });

  test.each([
    ['idleStop', idleSettings(stack, after)],
    ['idle.after', idleSettings(stack, undefined, { after })],
  ])('are careful with work unless %s comes with more', (_, given) => {
    expect(given).toEqual({
      idleSeconds: 3600,
      checkSeconds: 300,
      graceSeconds: 600,
      warnSeconds: 600,
      processCpuThreshold: 10,
      cpuThreshold: 25,
      gpuThreshold: 5,
      keepAliveFile: '~/SageMaker/.keep-alive',
      keepAliveSeconds: 43_200,
      countTerminals: true,
      countOpenTabs: false,
      dryRun: false,
      maxErrors: 12,
    });
  });

  test('say what each option says', () => {
    expect(
      settings({
        after: Duration.days(7),
        checkEvery: Duration.minutes(1),
        startupGrace: Duration.minutes(0),
        warnBefore: Duration.minutes(0),
        processCpuThreshold: 10_000,
        cpuThreshold: 100,
        gpuThreshold: 1,
        keepAliveFile: '~/keep/..a/x_1.2-',
        keepAliveFor: Duration.days(1),
        countTerminals: false,
        countOpenTabs: true,
        dryRun: true,
        maxErrors: 1000,
      }),
    ).toEqual({
      idleSeconds: 604_800,
      checkSeconds: 60,
      graceSeconds: 0,
      warnSeconds: 0,
      processCpuThreshold: 10_000,
      cpuThreshold: 100,
      gpuThreshold: 1,
      keepAliveFile: '~/keep/..a/x_1.2-',
      keepAliveSeconds: 86_400,
      countTerminals: false,
      countOpenTabs: true,
      dryRun: true,
      maxErrors: 1000,
    });
  });

  test.each([
    [1, 600],
    [5, 600],
    [6, 720],
    [60, 7200],
  ])('announce a stop early enough for two checks every %p minutes', (minutes, seconds) => {
    expect(settings({ checkEvery: Duration.minutes(minutes) })?.warnSeconds).toBe(seconds);
  });

  test('fail when both ways to ask for it are used, since one would be ignored', () => {
    expect(() => idleSettings(stack, Duration.minutes(30), { after })).toThrow(
      "Team: 'idleStop' must be left out when 'idle' is given, which sets the same, got: 30 minutes",
    );
  });

  test('name idleStop where it is wrong', () => {
    expect(() => idleSettings(stack, Duration.minutes(4))).toThrow(
      "Team: 'idleStop' must be a whole number of minutes from 5 to 10080, got: 4 minutes",
    );
  });

  test.each<[keyof IdleStopOptions, number, number]>([
    ['after', 5, 10_080],
    ['checkEvery', 1, 60],
    ['startupGrace', 0, 1440],
    ['warnBefore', 0, 120],
    ['keepAliveFor', 0, 1440],
  ])('take %s from %p to %p minutes', (option, min, max) => {
    for (const minutes of [min, max]) {
      expect(() => settings({ [option]: Duration.minutes(minutes) })).not.toThrow();
    }
    for (const seconds of [max * 60 + 60, min * 60 + 1, ...(min > 0 ? [min * 60 - 60] : [])]) {
      expect(() => settings({ [option]: Duration.seconds(seconds) })).toThrow(
        `Team: 'idle.${option}' must be a whole number of minutes from ${min} to ${max}, got: `,
      );
    }
  });

  test.each<[keyof IdleStopOptions, number]>([
    ['processCpuThreshold', 10_000],
    ['cpuThreshold', 100],
    ['gpuThreshold', 100],
    ['maxErrors', 1000],
  ])('take a whole %s from 1 to %p', (option, max) => {
    for (const value of [1, max]) {
      expect(() => settings({ [option]: value })).not.toThrow();
    }
    for (const value of [0, -1, 1.5, max + 1, Number.NaN]) {
      expect(() => settings({ [option]: value })).toThrow(
        `Team: 'idle.${option}' must be a whole number from 1 to ${max}, got: ${value}`,
      );
    }
  });

  test.each([
    '',
    '.keep-alive',
    '~',
    '~/',
    '~/a/',
    '~//a',
    '~/.',
    '~/..',
    '~/../ec2-user/a',
    '~/a/../../b',
    '/home/ec2-user/a',
    '~root/a',
    '~/a b',
    '~/$(id)',
    "~/a'b",
    '~/a\nb',
    `~/${'a'.repeat(101)}`,
    `~${'/a'.repeat(11)}`,
  ])('fail for a keepAliveFile of %j, which is none below the home folder', (keepAliveFile) => {
    expect(() => settings({ keepAliveFile })).toThrow(
      "Team: 'idle.keepAliveFile' must be '~/' and the path of a file below the home folder, at most 10 names of letters, digits, '.', '_' and '-', got: ",
    );
  });

  test.each<[keyof IdleStopOptions, unknown]>([
    ['after', Duration.minutes(Lazy.number({ produce: () => 5 }))],
    ['warnBefore', Duration.minutes(Lazy.number({ produce: () => 5 }))],
    ['cpuThreshold', Token.asNumber({ Ref: 'Percent' })],
    ['keepAliveFile', Token.asString({ Ref: 'File' })],
    ['maxErrors', Token.asNumber({ Ref: 'Errors' })],
  ])('fail for a value of %s that is known only at deployment, which no file could hold', (option, value) => {
    expect(() => settings({ [option]: value })).toThrow(
      `Team: 'idle.${option}' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value`,
    );
  });
});
