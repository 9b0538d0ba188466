import { App, CfnParameter, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { MlEnvironment, MlEnvironmentProps } from '../../src/environment';

describe('MlEnvironment', () => {
  let stack: Stack;
  beforeEach(() => {
    stack = new Stack();
  });

  test('is PROD where nobody chose one', () => {
    expect(MlEnvironment.of(stack)).toBe(MlEnvironment.PROD);
  });

  test('is that of the nearest ancestor with one', () => {
    const parent = new Construct(stack, 'Parent');
    const child = new Construct(parent, 'Child');

    MlEnvironment.set(stack, MlEnvironment.STAGING);
    MlEnvironment.set(parent, MlEnvironment.DEV);

    expect(MlEnvironment.of(child)).toBe(MlEnvironment.DEV);
    expect(MlEnvironment.of(parent)).toBe(MlEnvironment.DEV);
    expect(MlEnvironment.of(stack)).toBe(MlEnvironment.STAGING);
  });

  test('can be changed as long as nobody has read it', () => {
    MlEnvironment.set(stack, MlEnvironment.DEV);
    MlEnvironment.set(stack, MlEnvironment.STAGING);

    expect(MlEnvironment.of(stack)).toBe(MlEnvironment.STAGING);
  });

  test.each([0, 1, 2])('fails to be set after something below has read it, %p levels above the reader', (levels) => {
    const reader = new Construct(new Construct(stack, 'A'), 'B');
    const scope = [...reader.node.scopes].reverse()[levels];
    MlEnvironment.of(reader);

    expect(() => MlEnvironment.set(scope, MlEnvironment.DEV)).toThrow(
      `${scope.node.path}: 'environment' must be set before constructs below have read it: move the call up, got: dev`,
    );
  });

  test('of two siblings is independent', () => {
    const [one, other] = ['One', 'Other'].map((id) => new Construct(stack, id));
    MlEnvironment.of(one);

    MlEnvironment.set(other, MlEnvironment.DEV);

    expect(MlEnvironment.of(one)).toBe(MlEnvironment.PROD);
    expect(MlEnvironment.of(other)).toBe(MlEnvironment.DEV);
  });

  test('can still be set above a subtree that has its own', () => {
    const child = new Construct(stack, 'Child');
    MlEnvironment.set(child, MlEnvironment.DEV);
    MlEnvironment.of(child);

    MlEnvironment.set(stack, MlEnvironment.STAGING);

    expect(MlEnvironment.of(new Construct(stack, 'Later'))).toBe(MlEnvironment.STAGING);
    expect(MlEnvironment.of(child)).toBe(MlEnvironment.DEV);
  });

  test('what is left out of your own is as careful as production', () => {
    const { name: _name, ...own } = MlEnvironment.custom({ name: 'own' });
    const { name: _prod, ...prod } = MlEnvironment.PROD;

    expect(own).toEqual(prod);
    expect(own).toEqual({
      removalPolicy: RemovalPolicy.RETAIN,
      allowDataRemoval: false,
      zones: 2,
      endpointZones: 2,
      logRetention: RetentionDays.ONE_YEAR,
      versionRetention: Duration.days(90),
      tags: {},
    });
  });

  test('DEV is small and cheap, and allows to remove data', () => {
    expect(MlEnvironment.DEV).toMatchObject({
      name: 'dev',
      removalPolicy: RemovalPolicy.DESTROY,
      allowDataRemoval: true,
      zones: 2,
      endpointZones: 1,
      logRetention: RetentionDays.ONE_MONTH,
      versionRetention: Duration.days(30),
    });
  });

  test('STAGING differs from PROD in its name and in that notebooks are deleted', () => {
    expect({ ...MlEnvironment.STAGING }).toEqual({
      ...MlEnvironment.PROD,
      name: 'staging',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  });

  const PERIOD = 'a whole number of days from 1 to 3650';
  test.each<[Partial<MlEnvironmentProps>, string]>([
    [{ name: '' }, "'environment.name' must be 1 to 63 characters of a-z 0-9 - that begin with a letter, got: ''"],
    [{ name: 'Prod' }, 'got: Prod'],
    [{ name: '1a' }, 'got: 1a'],
    [{ name: 'a'.repeat(64) }, "'environment.name' must be 1 to 63 characters"],
    [{ zones: 1 }, "'environment.zones' must be a whole number from 2 to 3, got: 1"],
    [{ zones: 4 }, "'environment.zones' must be a whole number from 2 to 3, got: 4"],
    [{ zones: Token.asNumber({ Ref: 'Zones' }) }, "'environment.zones' must be known at synthesis"],
    [{ endpointZones: 0 }, "'environment.endpointZones' must be a whole number from 1 to 2, got: 0"],
    [{ endpointZones: 3 }, "'environment.endpointZones' must be a whole number from 1 to 2, got: 3"],
    [{ endpointZones: Token.asNumber({ Ref: 'Zones' }) }, "'environment.endpointZones' must be known at synthesis"],
    [{ versionRetention: Duration.days(0) }, `'environment.versionRetention' must be ${PERIOD}, got: 0 days`],
    [{ versionRetention: Duration.days(3651) }, `${PERIOD}, got: 3651 days`],
    [{ versionRetention: Duration.hours(36) }, `${PERIOD}, got: 1 day 12 hours`],
    [{ versionRetention: Duration.millis(1500) }, `${PERIOD}, got: 1 second 500 millis`],
    [{ logRetention: 0 as RetentionDays }, "'environment.logRetention' must be a whole number from 1 to 9999, got: 0"],
    [
      { tags: { 'aws:x': '1' } },
      "'environment.tags' must be tag keys of 1 to 128 characters that begin neither with aws:",
    ],
    [{ tags: { 'ML-owner': '1' } }, 'nor with ml-, got: ML-owner'],
    [{ tags: { '': '1' } }, "nor with ml-, got: ''"],
    [{ tags: { a: 'b\n' } }, "'environment.tags.a' must be a tag value of at most 256 characters, got: 'b\\n'"],
    [{ tags: { a: 'b'.repeat(257) } }, "'environment.tags.a' must be a tag value of at most 256 characters"],
    [{ tags: numbered(41) }, "'environment.tags (count)' must be a whole number from 0 to 40, got: 41"],
  ])('fails where it is given to a construct: %#, %j', (props, message) => {
    const base = new Construct(stack, 'Base');
    const environment = MlEnvironment.custom({ name: 'own', ...props });

    const set = () => MlEnvironment.set(base, environment);

    expect(set).toThrow(message);
    expect(set).toThrow(/^Default\/Base: /);
  });

  test.each<[Partial<MlEnvironmentProps>]>([
    [{ name: 'a'.repeat(63) }],
    [{ zones: 3, endpointZones: 3 }],
    [{ endpointZones: 1 }],
    [{ versionRetention: Duration.days(3650) }],
    [{ versionRetention: Duration.hours(48) }],
    [{ logRetention: RetentionDays.INFINITE }],
    [{ tags: { ...numbered(39), 'Cost-Center / Ü': '' } }],
  ])('accepts %j', (props) => {
    expect(() => MlEnvironment.set(stack, MlEnvironment.custom({ name: 'own', ...props }))).not.toThrow();
  });

  test('accepts values that are known only at deployment where they decide nothing', () => {
    const days = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    const environment = MlEnvironment.custom({
      name: 'own',
      versionRetention: Duration.days(days),
      logRetention: days,
    });

    expect(() => MlEnvironment.set(stack, environment)).not.toThrow();
  });

  test.each([
    ['neither key', undefined, MlEnvironment.PROD, RemovalPolicy.RETAIN],
    ['the environment alone', undefined, MlEnvironment.DEV, RemovalPolicy.RETAIN],
    ['a refusing context key', false, MlEnvironment.DEV, RemovalPolicy.RETAIN],
    ['another word in the context key', 'yes', MlEnvironment.DEV, RemovalPolicy.RETAIN],
    ['both keys', true, MlEnvironment.DEV, RemovalPolicy.DESTROY],
    ['both keys, as the command line gives it', 'true', MlEnvironment.DEV, RemovalPolicy.DESTROY],
  ])('data is removed with two keys only, here: %s', (_what, key, environment, policy) => {
    const keyed = new Stack(new App({ context: { 'cdk-ml-infra:removeData': key } }), 'Stack');

    const decided = environment._dataRemovalPolicy(keyed);

    expect(decided).toBe(policy);
    Annotations.fromStack(keyed).hasNoWarning('*', Match.anyValue());
  });

  test('data is kept when only the context key is there, and a warning says why', () => {
    const keyed = new Stack(new App({ context: { 'cdk-ml-infra:removeData': true } }), 'Stack');

    const decided = MlEnvironment.STAGING._dataRemovalPolicy(keyed);

    expect(decided).toBe(RemovalPolicy.RETAIN);
    Annotations.fromStack(keyed).hasWarning(
      '/Stack',
      Match.stringLikeRegexp(
        "'cdk-ml-infra:removeData' has no effect: environment 'staging' does not set 'allowDataRemoval'",
      ),
    );
  });

  function numbered(count: number): { [key: string]: string } {
    return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']));
  }
});
