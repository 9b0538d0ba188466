import { App, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { assumedRegion, isAgnostic, requireConstruct } from '../../src/cost/cost-scope';

describe('requireConstruct', () => {
  test.each([['a text'], [undefined], [null], [{}], [{ node: {} }]])('refuses %j, and says what it may be', (scope) => {
    expect(() => requireConstruct('MlUsage', scope as unknown as IConstruct)).toThrow(
      "MlUsage: 'scope' must be a construct, such as an app, a stack or a notebook, got: ",
    );
  });

  test('takes an app', () => {
    expect(() => requireConstruct('MlUsage', new App())).not.toThrow();
  });
});

describe('assumedRegion', () => {
  const stack = new Stack(undefined, 'Team');

  test('is us-east-1 unless another is stated', () => {
    expect(assumedRegion(stack)).toBe('us-east-1');
    expect(assumedRegion(stack, 'us-gov-west-1')).toBe('us-gov-west-1');
  });

  test.each(['', 'eu', 'eu-central', 'EU-CENTRAL-1', 'Frankfurt', ' eu-central-1'])('is not %j', (region) => {
    expect(() => assumedRegion(stack, region)).toThrow("Team: 'region' must be a region such as eu-central-1, got: ");
  });

  test('is known at synthesis', () => {
    expect(() => assumedRegion(stack, Token.asString({ Ref: 'Region' }))).toThrow(
      "Team: 'region' must be known at synthesis",
    );
  });
});

test('what is at, above or below may not know its region', () => {
  const app = new App();
  const known = new Stack(app, 'Known', { env: { region: 'eu-west-1' } });
  expect([isAgnostic(app), isAgnostic(known)]).toEqual([false, false]);

  const part = new Construct(new Stack(app, 'Agnostic'), 'Part');
  expect([app, part, known].map(isAgnostic)).toEqual([true, true, false]);
});
