import { App, CfnParameter, Duration, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  fail,
  nameOf,
  requireDuration,
  requireGibibytes,
  requireKnown,
  requireList,
  requireNoAccessKey,
  requireOneOf,
  requirePattern,
  requireProps,
  requireSameRegion,
  requireText,
  requireWholeNumber,
} from '../../src/private/checks';

describe('checks', () => {
  let scope: Construct;
  beforeEach(() => {
    scope = new Construct(new Stack(), 'Thing');
  });

  test.each([
    ['', 'the app'],
    ['Team', 'Team'],
    ['a\u001b[2Jb', 'a\\u001b[2Jb'],
    ['a\nb', 'a\\u000ab'],
    ['a\u202eb', 'a\\u202eb'],
  ])('messages call what is at %j %s, which steers no terminal', (id, name) => {
    const app = new App();
    const named = id === '' ? app : new Construct(app, id);

    expect(nameOf(named)).toBe(name);
    expect(() => fail(named, 'size', 'small', 'large')).toThrow(new Error(`${name}: 'size' must be small, got: large`));
  });

  test('a refusal says where, which prop, what it must be and what it was', () => {
    expect(() => fail(scope, 'size', 'small', 'large')).toThrow(/^Default\/Thing: 'size' must be small, got: large$/);
  });

  test.each([
    ['a text', 'a b', 'a b'],
    ['a quote', `it's "so"`, `it's "so"`],
    ['an empty text', '', "''"],
    ['a space', ' ', "' '"],
    ['a space at the end', 'a ', "'a '"],
    ['NUL', 'a\0b', "'a\\u0000b'"],
    ['a newline', 'a\nb', "'a\\nb'"],
    ['DEL', 'a\u007fb', "'a\\u007fb'"],
    ['a number', 1.5, '1.5'],
    ['zero', 0, '0'],
    ['no number', Number.NaN, 'NaN'],
    ['false', false, 'false'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', ['a', '', 'b\0'], '["a","","b\\u0000"]'],
    ['an empty list', [], '[]'],
    ['a map', { a: 1 }, '{"a":1}'],
    ['a duration', Duration.minutes(90), '1 hour 30 minutes'],
    ['a duration without length', Duration.minutes(0), '0 minutes'],
    ['a list of durations', [Duration.minutes(5)], '["5 minutes"]'],
    ['a size', Size.mebibytes(512), '0.5 GiB'],
    ['a construct', new Construct(new Stack(), 'Other'), 'Default/Other'],
    ['a deploy-time text', Lazy.string({ produce: () => 'later' }), 'a deploy-time value'],
  ])('%s can be read in the message', (_what, got, shown) => {
    expect(() => fail(scope, 'prop', 'other', got)).toThrow(
      new Error(`Default/Thing: 'prop' must be other, got: ${shown}`),
    );
  });

  test.each([1, 2, 3])('whole number %p from 1 to 3 is accepted', (value) => {
    expect(() => requireWholeNumber(scope, 'count', value, 1, 3)).not.toThrow();
  });

  test.each([0, 4, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'number %p is no whole number from 1 to 3',
    (value) => {
      expect(() => requireWholeNumber(scope, 'count', value, 1, 3)).toThrow(
        `Default/Thing: 'count' must be a whole number from 1 to 3, got: ${value}`,
      );
    },
  );

  test.each(['', 'b', 'xa', 'a\n'])('text %j does not match a pattern', (value) => {
    expect(() => requirePattern(scope, 'name', value, /^a$/, 'the letter a')).toThrow(
      "Default/Thing: 'name' must be the letter a, got: ",
    );
  });

  test('fails for a value that is no text, as plain JavaScript may give it', () => {
    expect(() => requirePattern(scope, 'name', 5 as unknown as string, /^5$/, 'a text')).toThrow(
      'must be a text, got: 5',
    );
  });

  test.each([
    ['the shortest', Duration.minutes(5)],
    ['the longest', Duration.minutes(60)],
    ['the same in another unit', Duration.hours(1)],
    ['the same in seconds', Duration.seconds(300)],
  ])('duration: %s is accepted', (_what, value) => {
    expect(() => requireDuration(scope, 'after', value, 'minutes', 5, 60)).not.toThrow();
  });

  test.each([
    [Duration.minutes(4), '4 minutes'],
    [Duration.minutes(61), '1 hour 1 minute'],
    [Duration.minutes(5.5), '5 minutes 30 seconds'],
    [Duration.minutes(1.5), '1 minute 30 seconds'],
    [Duration.millis(1500), '1 second 500 millis'],
    [Duration.seconds(301), '5 minutes 1 second'],
    [Duration.hours(1.1), 'Duration.hours(1.1)'],
    [Duration.days(1.1), 'Duration.days(1.1)'],
    [Duration.seconds(0.0001), 'Duration.seconds(0.0001)'],
    [Duration.minutes(Number.NaN), 'Duration.minutes(NaN)'],
  ])('fails for %s in our words, also where CDK cannot convert it', (value, shown) => {
    expect(() => requireDuration(scope, 'after', value, 'minutes', 5, 60)).toThrow(
      new Error(`Default/Thing: 'after' must be a whole number of minutes from 5 to 60, got: ${shown}`),
    );
  });

  test.each(['seconds', 'minutes', 'days'] as const)('a duration is counted in %s', (unit) => {
    const one = Duration[unit](1);

    expect(() => requireDuration(scope, 'after', one, unit, 1, 1)).not.toThrow();
    expect(() => requireDuration(scope, 'after', one.plus(one), unit, 1, 1)).toThrow(
      `whole number of ${unit} from 1 to 1`,
    );
  });

  test.each([Size.gibibytes(5), Size.mebibytes(5 * 1024), Size.tebibytes(16)])('size %s is accepted', (value) => {
    expect(() => requireGibibytes(scope, 'volumeSize', value, 5, 16384)).not.toThrow();
  });

  test('fails for a deploy-time size that the core could not convert, and says how to give it', () => {
    const size = Size.mebibytes(Token.asNumber({ Ref: 'Megabytes' }));

    expect(() => requireGibibytes(scope, 'volumeSize', size, 5, 16384)).toThrow(
      "Default/Thing: 'volumeSize' must be given as Size.gibibytes() when it is known only at deployment, got: a deploy-time size",
    );
  });

  test.each([
    [Size.gibibytes(4), '4 GiB'],
    [Size.mebibytes(100), '0.09765625 GiB'],
    [Size.mebibytes(5.5 * 1024), '5.5 GiB'],
    [Size.tebibytes(17), '17408 GiB'],
  ])('fails for a volume that is no whole GiB in the range: %s', (value, shown) => {
    expect(() => requireGibibytes(scope, 'volumeSize', value, 5, 16384)).toThrow(
      `Default/Thing: 'volumeSize' must be whole GiB from 5 to 16384, got: ${shown}`,
    );
  });

  test.each([[['a']], [['a', 'b']]])('list %j of 1 to 2 is accepted', (names) => {
    expect(() => requireList(scope, 'steps', names, 1, 2)).not.toThrow();
  });

  test.each([
    [[], "'steps' must be a list of 1 to 2, got: []"],
    [['a', 'b', 'c'], '\'steps\' must be a list of 1 to 2, got: ["a","b","c"]'],
    [['a', 'a'], "'steps' must be a list without repetition, got: a"],
    [['', ''], "'steps' must be a list without repetition, got: ''"],
  ])('fails for list %j, and shows it', (names, message) => {
    expect(() => requireList(scope, 'steps', names, 1, 2)).toThrow(new Error(`Default/Thing: ${message}`));
  });

  test.each([
    ['no text', 5 as unknown as string],
    ['a number of deployment', Token.asNumber({ Ref: 'A' }) as unknown as string],
    ['too short', ''],
    ['too long', 'aaaa'],
    ['a text that only begins with the pattern', 'ab'],
    ['a line break', 'a\n'],
  ])('a limit of AWS refuses %s', (_, value) => {
    expect(() => requireText(scope, 'name', value, { min: 1, max: 3, pattern: 'a|aa*' }, 'one to three a')).toThrow(
      "Default/Thing: 'name' must be one to three a, got: ",
    );
  });

  test('a limit of AWS counts characters, and needs no pattern', () => {
    expect(() => requireText(scope, 'name', '😀😀😀', { min: 1, max: 3 }, 'short')).not.toThrow();
    expect(() => requireText(scope, 'name', 'a\nb', { min: 1, max: 3 }, 'short')).not.toThrow();
    expect(() => requireText(scope, 'name', '😀😀😀😀', { min: 1, max: 3 }, 'short')).toThrow('must be short');
  });

  test('one of some values is required', () => {
    expect(() => requireOneOf(scope, 'days', 3, [1, 3], 'a number of days')).not.toThrow();
    expect(() => requireOneOf(scope, 'days', 2, [1, 3], 'a number of days')).toThrow(
      "Default/Thing: 'days' must be a number of days, one of 1, 3, got: 2",
    );
    expect(() => requireOneOf(scope, 'days', Token.asNumber({ Ref: 'A' }), [1], 'a number')).not.toThrow();
  });

  test('a resource of another region is refused where both regions are known', () => {
    const here = new Construct(new Stack(undefined, 'S', { env: { region: 'eu-central-1' } }), 'Thing');
    const key = (region: string) => ({ env: { region } });

    expect(() => requireSameRegion(here, 'key', key('eu-west-1'), 'a key')).toThrow(
      "S/Thing: 'key' must be a key in the region of what uses it, eu-central-1, got: one of eu-west-1",
    );
    expect(() => requireSameRegion(scope, 'key', key('eu-west-1'), 'a key')).not.toThrow();
    for (const known of [key('eu-central-1'), key(Token.asString({ Ref: 'A' })), {}, undefined]) {
      expect(() => requireSameRegion(here, 'key', known, 'a key')).not.toThrow();
    }
  });

  test.each(['AKIAIOSFODNN7EXAMPLE', "x='ASIAIOSFODNN7EXAMPLE';"])(
    'an access key in %j is refused, and not shown',
    (text) => {
      expect(() => requireNoAccessKey(scope, 'text', text, 'use a role')).toThrow(
        new Error("Default/Thing: 'text' must be free of access keys; use a role, got: an access key"),
      );
    },
  );

  test.each([
    'AKIA',
    'xAKIAIOSFODNN7EXAMPLE',
    'AKIAIOSFODNN7EXAMPLE1',
    'ASIA_PACIFIC_SOUTHEAST',
    'akiaiosfodnn7example',
  ])('%j is no access key', (text) => {
    expect(() => requireNoAccessKey(scope, 'text', text, 'use a role')).not.toThrow();
  });

  test.each([undefined, null, 'text', 5, true, ['a']])('fails for %p in place of a set of props', (entry) => {
    expect(() => requireProps(scope, 'entry', entry as unknown as object, { a: true })).toThrow(
      "'entry' must be a set of props: a, got: ",
    );
  });

  test('fails for a prop that no set of props has, also if all objects have something of that name', () => {
    expect(() => requireProps(scope, 'entry', { constructor: 1 }, { a: true })).toThrow('got: constructor');
    expect(() => requireProps(scope, 'entry', { a: 1 }, { a: true })).not.toThrow();
  });

  test.each([null, undefined, 5, 'text', {}, []])(
    'fails in our words for %p in place of a core class or a list',
    (value) => {
      const given = value as never;

      expect(() => requireDuration(scope, 'after', given, 'minutes', 0, 60)).toThrow(
        "Default/Thing: 'after' must be a duration such as Duration.minutes(1), got: ",
      );
      expect(() => requireGibibytes(scope, 'size', given, 5, 10)).toThrow(
        "'size' must be a size such as Size.gibibytes(5)",
      );
      expect(() => requireList(scope, 'names', { length: 1 } as never, 1, 2)).toThrow(
        "'names' must be a list of 1 to 2",
      );
    },
  );

  test('fails in our words for a value that cannot be written', () => {
    const circle: { self?: object } = {};
    circle.self = circle;

    expect(() => fail(scope, 'prop', 'small', circle)).toThrow(
      /^Default\/Thing: 'prop' must be small, got: \[object Object\]$/,
    );
    expect(() => fail(scope, 'prop', 'small', 5n)).toThrow(/got: 5$/);
    expect(() => fail(scope, 'prop', 'small', Symbol('a'))).toThrow(/got: Symbol\(a\)$/);
  });

  test('values that are known only at deployment pass', () => {
    const text = new CfnParameter(scope, 'Text').valueAsString;
    const number = new CfnParameter(scope, 'Number', { type: 'Number' }).valueAsNumber;

    expect(() => {
      requirePattern(scope, 'name', text, /^a$/, 'the letter a');
      requireText(scope, 'name', text, { min: 1, max: 1 }, 'a letter');
      requireWholeNumber(scope, 'count', number, 1, 3);
      requireDuration(scope, 'after', Duration.minutes(number), 'minutes', 1, 3);
      requireGibibytes(scope, 'volumeSize', Size.gibibytes(number), 5, 10);
      requireList(scope, 'steps', [text], 1, 2);
    }).not.toThrow();
  });

  test('fails for a deploy-time value where it decides what is defined', () => {
    const zones = Token.asNumber({ Ref: 'Zones' });

    expect(() => requireKnown(scope, 'maxAzs', zones, 'subnets are defined by it')).toThrow(
      "Default/Thing: 'maxAzs' must be known at synthesis, because subnets are defined by it, got: a deploy-time value",
    );
    expect(() => requireKnown(scope, 'maxAzs', 2, 'subnets are defined by it')).not.toThrow();
  });
});
