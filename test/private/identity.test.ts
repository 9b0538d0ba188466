import { App, CfnParameter, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ownedByCaller, placeOf, requireOwner, rolePath, tagList } from '../../src/private/identity';

describe('identity', () => {
  const scope = new Stack();

  test.each(['a', 'alice', 'Alice.B', 'a_b@c+d=e-f', '9', 'teams', 'a'.repeat(63)])('owner %s is accepted', (owner) => {
    expect(() => requireOwner(scope, 'owner', owner)).not.toThrow();
  });

  test.each([
    '',
    ' ',
    '.a',
    '-a',
    'a..b',
    '..',
    'a/b',
    'a*',
    'a?',
    '${aws:username}',
    'a\n',
    'ä',
    'a b',
    'a'.repeat(64),
  ])('fails for owner %j, which is not safe as prefix, path and tag', (owner) => {
    expect(() => requireOwner(scope, 'owner', owner)).toThrow(
      "Default: 'owner' must be 1 to 63 characters of A-Z a-z 0-9 . _ @ + = - that begin with a letter or digit, without .., got: ",
    );
  });

  test.each(['team', 'TEAM'])('fails for owner %s, whose role stands for notebooks without an owner', (owner) => {
    expect(() => requireOwner(scope, 'owner', owner)).toThrow(
      `Default: 'owner' must be a name other than 'team', which stands for notebooks without an owner, got: ${owner}`,
    );
  });

  test('fails for an owner that is known only at deployment', () => {
    const owner = new CfnParameter(scope, 'Owner').valueAsString;

    expect(() => requireOwner(scope, 'owner', owner)).toThrow(
      "Default: 'owner' must be known at synthesis, because roles and prefixes are named after it, got: a deploy-time value",
    );
  });

  test.each(['aws:ResourceTag', 'aws:RequestTag'] as const)('%s has to match in owner and in base', (key) => {
    expect(ownedByCaller(key)).toEqual({
      StringEquals: {
        [`${key}/ml-owner`]: '${aws:PrincipalTag/ml-owner}',
        [`${key}/ml-base`]: '${aws:PrincipalTag/ml-base}',
      },
    });
  });

  test('roles of one owner on one base have a path of their own', () => {
    expect(rolePath('base', 'alice')).toBe('/ml-infra/base/alice/');
  });

  test('tags are written as L1 resources take them', () => {
    expect(tagList({ a: '1', b: '' })).toEqual([
      { key: 'a', value: '1' },
      { key: 'b', value: '' },
    ]);
  });

  test('the place of a base can be read', () => {
    expect(placeOf(new Construct(new Stack(new App(), 'Team'), 'Shared'))).toBe('Team-Shared');
  });

  test('the place of a base goes by the name of its stack on AWS', () => {
    const stack = new Stack(new App(), 'Id', { stackName: 'Team' });

    expect(placeOf(new Construct(stack, 'Shared'))).toBe('Team-Shared');
  });

  test.each([
    ['a dash in the stack', ['ml', 'dev', 'Shared'], ['ml-dev', 'Shared']],
    ['a dash in the id', ['ml', 'dev', 'Shared'], ['ml', 'dev-Shared']],
    ['an underscore', ['ml', 'a_b'], ['ml', 'a-b']],
    ['a long path', ['ml', 'a'.repeat(80), 'Shared'], ['ml', 'a'.repeat(80), 'Share']],
  ])('two bases never share a place: %s', (_what, one, other) => {
    const [first, second] = [placeOf(baseAt(one)), placeOf(baseAt(other))];

    expect(first).not.toBe(second);
    expect(Math.max(first.length, second.length)).toBeLessThanOrEqual(60);
    expect(`${first}${second}`).toMatch(/^[A-Za-z0-9-]+$/);
  });

  test('bases in two stages, and in a nested stack, have places of their own', () => {
    const app = new App();
    const inStage = (id: string) => placeOf(new Construct(new Stack(new Stage(app, id), 'Team'), 'Shared'));
    const nested = new NestedStack(new Stack(app, 'Parent'), 'Nested');

    const places = [inStage('Dev'), inStage('Prod'), placeOf(new Construct(nested, 'Shared'))];

    expect(new Set(places).size).toBe(3);
    expect(places.join()).not.toContain('Token');
  });

  function baseAt([stack, ...path]: string[]): Construct {
    return path.reduce<Construct>((parent, id) => new Construct(parent, id), new Stack(new App(), stack));
  }
});
