import { App, Environment, Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlCostLimit, MlCostLimitProps, MlUsage } from '../../src/cost';
import { factsBelow } from '../../src/private/facts';

const FRANKFURT = { account: '111111111111', region: 'eu-central-1' };

describe('MlCostLimit', () => {
  let app: App;
  beforeEach(() => {
    app = new App();
  });

  test('lets synthesis pass at the limit, and tells the sum', () => {
    const stack = team(1);
    new MlCostLimit(stack, 'Limit', { monthlyUsd: 42.34 });

    app.synth();

    Annotations.fromStack(stack).hasInfo(
      '/Team/Limit',
      Match.stringLikeRegexp(
        '^Team costs 42\\.34 of at most 42\\.34 USD a month\\. Prices are of \\d{4}-\\d\\d-\\d\\d',
      ),
    );
  });

  test('fails synthesis a cent above it', () => {
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 42.33 });

    expect(() => app.synth()).toThrow("Team/Limit: 'monthlyUsd' must be at least 42.34, what Team costs; raise it,");
  });

  test('names the five largest costs with their shares, and what is not counted', () => {
    const stack = team(7);
    MlUsage.set(stack.node.findChild('n3'), { notebookHours: 744 });
    new MlCostLimit(stack, 'Limit', { monthlyUsd: 100 });

    const [, first, ...lines] = refusal().split('\n');

    expect(first).toMatch(
      /^ *\[Team\/Limit\] Team\/Limit: 'monthlyUsd' must be at least 297\.19, what Team costs; .*, got: 100$/,
    );
    expect(lines[0]).toBe('    43.15 USD (15 %) for Team/n3: ml.t3.medium, 744 of 730 hours: as stated');
    expect(lines.slice(1, 5).map((line) => line.split(':')[0])).toEqual(
      ['n0', 'n1', 'n2', 'n4'].map((id) => `    42.34 USD (14 %) for Team/${id}`),
    );
    expect(lines[5]).toBe('    and the rest for 2 more');
    expect(lines[6]).toMatch(/not counted: what has no known price \(AWS::SageMaker::NotebookInstance\)\.$/);
  });

  test('0 lets nothing pass that costs', () => {
    new MlCostLimit(team(0), 'Limit', { monthlyUsd: 0 });
    expect(() => app.synth()).not.toThrow();

    app = new App();
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 0 });
    expect(() => app.synth()).toThrow("'monthlyUsd' must be at least 42.34");
  });

  test('sees what is defined after it, in all of an app', () => {
    new MlCostLimit(app, 'Limit', { monthlyUsd: 80 });
    team(1);
    team(1, 'Other');

    expect(() => app.synth()).toThrow("Limit: 'monthlyUsd' must be at least 84.68, what the app costs");
  });

  test('looks at nothing but what it is defined in', () => {
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 50 });
    team(1, 'Other');

    expect(() => app.synth()).not.toThrow();
  });

  test('holds inside a stage', () => {
    const stage = new Stage(app, 'Prod');
    team(1, 'Team', stage);
    new MlCostLimit(stage, 'Limit', { monthlyUsd: 1 });

    expect(() => app.synth()).toThrow("Prod/Limit: 'monthlyUsd' must be at least 42.34, what Prod costs");
  });

  test('takes prices of the stated region where only the deployment knows it', () => {
    const stack = team(1, 'Team', app, {});
    new MlCostLimit(stack, 'Cheap', { monthlyUsd: 42.33, region: 'us-east-1' });
    expect(() => app.synth()).not.toThrow();

    app = new App();
    new MlCostLimit(team(1, 'Team', app, {}), 'Dear', { monthlyUsd: 36, region: 'eu-central-1' });
    expect(() => app.synth()).toThrow("'monthlyUsd' must be at least 42.34");
  });

  test.each<[unknown, string]>([
    [-1, "'monthlyUsd' must be an amount in USD that is 0 or more, got: -1"],
    [Number.NaN, "'monthlyUsd' must be an amount in USD that is 0 or more, got: NaN"],
    [Number.POSITIVE_INFINITY, "'monthlyUsd' must be an amount in USD that is 0 or more, got: Infinity"],
    [undefined, "'monthlyUsd' must be a number, got: undefined"],
    ['100', "'monthlyUsd' must be a number, got: 100"],
    [Token.asNumber({ Ref: 'Limit' }), "'monthlyUsd' must be known at synthesis"],
  ])('refuses a limit of %p', (monthlyUsd, message) => {
    const props = { monthlyUsd } as MlCostLimitProps;

    expect(() => new MlCostLimit(team(0), 'Limit', props)).toThrow(`Team/Limit: ${message}`);
  });

  test('tells what it is', () => {
    new MlCostLimit(team(0), 'Limit', { monthlyUsd: 100 });

    expect(factsBelow(app)).toMatchObject([
      { path: 'Team/Limit', kind: 'MlCostLimit', details: ['100.00 USD a month'] },
    ]);
  });

  function refusal(): string {
    try {
      app.synth();
    } catch (error) {
      return String(error);
    }
    throw new Error('synthesis must fail');
  }

  /** Notebooks of somebody else, whose volumes have no known price in this region. */
  function team(size: number, id = 'Team', scope: Construct = app, env: Environment = FRANKFURT): Stack {
    const stack = new Stack(scope, id, { env });
    const roleArn = 'arn:aws:iam::111111111111:role/jobs';
    for (let index = 0; index < size; index++) {
      new sagemaker.CfnNotebookInstance(stack, `n${index}`, { instanceType: 'ml.t3.medium', roleArn });
    }
    return stack;
  }
});
