import { App } from 'aws-cdk-lib';
import { defineEverything } from '../posture/everything';
import { guardOf, HOLDS_DATA, KNOWN_BY_OTHERS, MADE_AGAIN } from './guarded-table';
import { recordedStacks } from './recorded-template';

const BOTH = { ...HOLDS_DATA, ...KNOWN_BY_OTHERS };

test('every type that the library defines is written down', () => {
  const stacks = recordedStacks((app: App) => {
    defineEverything(app);
  }, {});
  const types = new Set(
    Object.values(stacks).flatMap(({ Resources }) => Object.values(Resources).map((each) => each.Type)),
  );

  expect(types.size).toBeGreaterThan(20);
  expect([...types].filter((type) => !(type in BOTH) && !MADE_AGAIN.includes(type))).toEqual([]);
});

test('no type is written down twice, unless only some of its resources are guarded', () => {
  const guarded = Object.entries(BOTH).filter(([, { only }]) => only === undefined);

  expect(Object.keys(HOLDS_DATA).filter((type) => type in KNOWN_BY_OTHERS)).toEqual([]);
  expect(guarded.filter(([type]) => MADE_AGAIN.includes(type))).toEqual([]);
});

test('a type that nobody has written down is guarded as if it held data', () => {
  expect(guardOf({ Type: 'AWS::Future::Store', Properties: {} })?.loses).toContain('the worst is taken');
});

test.each([
  [{ Path: '/ml-infra/team/alice/' }, true],
  [{ RoleName: 'alice' }, true],
  [{}, false],
])('a role with %j is guarded: %s', (Properties, expected) => {
  expect(guardOf({ Type: 'AWS::IAM::Role', Properties }) !== undefined).toBe(expected);
});
