import { Duration, RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  BASE,
  DURATION,
  FLAG,
  having,
  Kind,
  LIST,
  listOf,
  mapOf,
  NUMBER,
  oneOf,
  PROPS,
  required,
  requireKinds,
  SIZE,
  TEXT,
} from '../../src/private/kinds';

class Cat {
  public get purr() {
    return 'rrr';
  }
}

const scope = new Construct(new Stack(), 'Thing');
const POLICY = oneOf('RemovalPolicy', RemovalPolicy);

describe('kinds', () => {
  test.each<[string, Kind, unknown]>([
    ['a text', TEXT, ''],
    ['a text of deployment', TEXT, Token.asString({ Ref: 'A' })],
    ['a number', NUMBER, Number.NaN],
    ['a number of deployment', NUMBER, Token.asNumber({ Ref: 'A' })],
    ['false', FLAG, false],
    ['a flag of deployment', FLAG, Token.asAny({ Ref: 'A' })],
    ['a duration', DURATION, Duration.days(1)],
    ['a duration of deployment', DURATION, Duration.minutes(Token.asNumber({ Ref: 'A' }))],
    ['a duration of another copy of the core', DURATION, { toMilliseconds: () => 1 }],
    ['a size', SIZE, Size.gibibytes(1)],
    ['an empty list', LIST, []],
    ['a list of deployment', listOf(TEXT), Token.asList({ Ref: 'A' })],
    ['a list of texts', listOf(TEXT), ['a']],
    ['a map to texts', mapOf(TEXT), { a: 'b' }],
    ['an empty map', mapOf(TEXT), {}],
    ['a set of props', PROPS, { a: undefined }],
    ['a value of an enum', POLICY, RemovalPolicy.RETAIN],
    ['an object by its own member', BASE, { _roleTemplate: {} }],
    ['an object by a getter of its class', having('a cat', 'purr'), new Cat()],
    ['what may be left out', TEXT, undefined],
  ])('hold of %s', (_, kind, value) => {
    expect(() => requireKinds(scope, { prop: value }, { prop: kind })).not.toThrow();
  });

  test.each<[string, Kind, unknown, string]>([
    ['null', TEXT, null, 'a text, got: null'],
    ['a number for a text', TEXT, 5, 'a text, got: 5'],
    ['a text for a number', NUMBER, '5', 'a number, got: 5'],
    ['a text for a flag', FLAG, 'false', 'true or false, got: false'],
    ['a number for a duration', DURATION, 5, 'a duration such as Duration.hours(1), got: 5'],
    ['a duration for a size', SIZE, Duration.days(1), 'a size such as Size.gibibytes(50), got: 1 day'],
    ['a text for a list', LIST, 'ab', 'a list, got: ab'],
    ['a list with null', listOf(TEXT), ['a', null], 'a list, each of a text, got: ["a",null]'],
    ['a list for a map', mapOf(TEXT), ['a'], 'a map, each to a text, got: ["a"]'],
    ['a map to numbers', mapOf(TEXT), { a: 1 }, 'a map, each to a text, got: {"a":1}'],
    ['a list for props', PROPS, [], 'a set of props, got: []'],
    ['a text for an object', having('a cat', 'purr'), 'purr', 'a cat, got: purr'],
    ['an object without the member', having('a cat', 'purr'), {}, 'a cat, got: {}'],
    ['a key of an enum', POLICY, 'DESTROY', 'one of RemovalPolicy: DESTROY, RETAIN, SNAPSHOT,'],
    ['nothing, where it is required', required(TEXT), undefined, 'a text, got: undefined'],
  ])('fail for %s', (_, kind, value, message) => {
    expect(() => requireKinds(scope, { prop: value }, { prop: kind })).toThrow(
      `Default/Thing: 'prop' must be ${message}`,
    );
  });

  test.each([undefined, null, 'text', 5, []])('fail for %p in place of props, and say which there are', (props) => {
    const given = props as unknown as { a: string };

    expect(() => requireKinds(scope, given, { a: TEXT })).toThrow(
      "Default/Thing: 'props' must be a set of props: a, got: ",
    );
    expect(() => requireKinds(scope, given, { a: TEXT }, 'idle')).toThrow("'idle' must be a set of props: a, got: ");
  });

  test('fail for a value below a prop by its path', () => {
    expect(() => requireKinds(scope, { a: 5 as unknown as string }, { a: TEXT }, 'git.repositories[1]')).toThrow(
      "'git.repositories[1].a' must be a text, got: 5",
    );
  });

  test('leave props alone that they do not name', () => {
    expect(() =>
      requireKinds<{ a?: string; b?: string }>(scope, { b: 5 as unknown as string }, { a: TEXT }),
    ).not.toThrow();
  });
});
