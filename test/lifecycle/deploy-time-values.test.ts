import { Aws, CfnParameter, Lazy, Stack, Token } from 'aws-cdk-lib';
import { DeployTimeValues } from '../../src/lifecycle';

describe('DeployTimeValues', () => {
  const values = () => new DeployTimeValues(new Stack(undefined, 'Team'));

  test('are taken out of data of any depth, each once', () => {
    const taken = values();
    const data = { a: [Aws.REGION, { b: `${Aws.REGION}-x`, c: Aws.REGION }], d: 1, e: null, f: 'plain', g: true };

    expect(taken.extract('sync', data)).toEqual({
      a: [{ $value: 'ml-setting-0' }, { b: { $value: 'ml-setting-1' }, c: { $value: 'ml-setting-0' } }],
      d: 1,
      e: null,
      f: 'plain',
      g: true,
    });
    expect(taken.tags).toEqual([
      { key: 'ml-setting-0', value: Aws.REGION },
      { key: 'ml-setting-1', value: `${Aws.REGION}-x` },
    ]);
  });

  test.each<[string, unknown]>([
    ['number', Token.asNumber({ Ref: 'X' })],
    ['list', Token.asList({ Ref: 'X' })],
    ['object', Lazy.any({ produce: () => ({}) })],
  ])('may be no %s', (_, value) => {
    expect(() => values().extract('sync', { x: value })).toThrow(
      "Team: 'sync.x' must be known at synthesis, except for texts, got: a deploy-time value",
    );
  });

  test('are at most as many as a lifecycle configuration can have tags for', () => {
    const stack = new Stack(undefined, 'Team');
    const texts = [...Array(31).keys()].map((index) => new CfnParameter(stack, `P${index}`).valueAsString);

    expect(() => new DeployTimeValues(stack).extract('sync', texts.slice(1))).not.toThrow();
    expect(() => new DeployTimeValues(stack).extract('sync', texts)).toThrow(
      "Team: 'sync' must be one of at most 30 deploy-time values of the lifecycle, which are tags; give names that are known at synthesis, got: a deploy-time value",
    );
  });
});
