import { App, Annotations as CoreAnnotations, Environment, Stack, Stage, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
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

  test('names the largest costs with their shares, those that read alike as one, and what is not counted', () => {
    const stack = team(7);
    MlUsage.set(stack.node.findChild('n3'), { notebookHours: 744 });
    new MlCostLimit(stack, 'Limit', { monthlyUsd: 100 });

    const [, first, ...lines] = refusal().split('\n');

    expect(first).toMatch(
      /^ *\[Team\/Limit\] Team\/Limit: 'monthlyUsd' must be at least 297\.19, what Team costs; .*, got: 100$/,
    );
    expect(lines[0]).toBe('    254.04 USD (85 %) for Team: 6 × ml.t3.medium, 730 hours: always on');
    expect(lines[1]).toBe('    43.15 USD (15 %) for Team/n3: ml.t3.medium, 744 of 730 hours: as stated');
    expect(lines[2]).toMatch(/not counted: what has no known price \(AWS::SageMaker::NotebookInstance\)\.$/);
  });

  test('names five kinds of costs, and counts the rest', () => {
    const stack = team(7);
    for (let index = 0; index < 6; index++) {
      MlUsage.set(stack.node.findChild(`n${index}`), { notebookHours: 100 + index });
    }
    new MlCostLimit(stack, 'Limit', { monthlyUsd: 1 });

    const lines = refusal().split('\n').slice(2);

    expect(lines.slice(0, 5).map((line) => line.split(' for ')[1].split(':')[0])).toEqual(
      ['n6', 'n5', 'n4', 'n3', 'n2'].map((id) => `Team/${id}`),
    );
    expect(lines[5]).toBe('    and the rest for 2 more');
  });

  test('says how to let it cost less', () => {
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 1 });

    for (const remedy of ['smaller machines', 'a schedule', 'MlUsage (notebookHours)', 'endpoints in one zone']) {
      expect(refusal()).toContain(remedy);
    }
  });

  test.each([
    ['the assumed region', {}, 'us-east-1'],
    ['a stated one', { region: 'eu-central-1' }, 'eu-central-1'],
  ])('says that prices are of %s where only the deployment knows it', (_, props, region) => {
    new MlCostLimit(team(1, 'Team', app, {}), 'Limit', { monthlyUsd: 1, ...props });

    expect(refusal()).toContain(`, of ${region} where only the deployment knows the region`);
  });

  test('says no region where each stack knows its own', () => {
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 1 });

    expect(refusal()).not.toContain('only the deployment');
  });

  test('tells use that is stated above it from use that is not stated', () => {
    const stack = team(1);
    new s3.Bucket(stack, 'Bucket');
    MlUsage.set(app, { s3StorageGb: 100 });
    new MlCostLimit(stack, 'Limit', { monthlyUsd: 1 });

    const message = refusal();

    expect(message).toContain('use that is stated above it, and counted there (s3StorageGb)');
    expect(message).toContain('what depends on use (MlUsage takes s3GetRequests, s3PutRequests)');
  });

  test('shows what would steer a terminal, instead of writing it', () => {
    const stack = team(0);
    const roleArn = 'arn:aws:iam::111111111111:role/jobs';
    new sagemaker.CfnNotebookInstance(stack, 'a\u001b[2Jb', { instanceType: 'ml.t3.medium', roleArn });
    new MlCostLimit(stack, 'Limit\u0007', { monthlyUsd: 1 });
    const [finding] = stack.node.findChild('Limit\u0007').node.validate();

    expect(finding).toContain("Team/Limit\\u0007: 'monthlyUsd' must be");
    expect(finding).toContain('for Team/a\\u001b[2Jb: ml.t3.medium');
    expect(finding.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  describe('where a machine has no price', () => {
    beforeEach(() => {
      const stack = team(1);
      const roleArn = 'arn:aws:iam::111111111111:role/jobs';
      new sagemaker.CfnNotebookInstance(stack, 'new', { instanceType: 'ml.new1.large', roleArn });
    });

    test('warns, and names it', () => {
      limit();
      app.synth();

      expect(warnings()).toEqual([
        expect.stringMatching(
          /^Team\/Limit: the limit does not count machines whose price is not known: Team\/new \(no price of ml\.new1\.large .*\) \[ack: cdk-ml-infra:unpricedMachines\]$/,
        ),
      ]);
    });

    test('is silent once that is acknowledged', () => {
      CoreAnnotations.of(limit()).acknowledgeWarning('cdk-ml-infra:unpricedMachines');
      app.synth();

      expect(warnings()).toEqual([]);
    });

    test('fails if told to, below the limit too', () => {
      const { node } = limit({ requirePrices: true });

      expect(() => app.synth()).toThrow(
        /Team\/Limit: 'requirePrices' must be false, or each machine one whose price is known, unlike Team\/new \(no price of ml\.new1\.large .*\), got: true/,
      );
      expect(node.metadata.map(({ type }) => type)).not.toContain('aws:cdk:warning');
    });

    test('says so besides what is above the limit', () => {
      limit({ requirePrices: true, monthlyUsd: 1 });

      expect(refusal()).toMatch(/'monthlyUsd' must be(.|\n)*'requirePrices' must be/);
    });

    function limit(props: Partial<MlCostLimitProps> = {}) {
      return new MlCostLimit(app.node.findChild('Team') as Stack, 'Limit', { monthlyUsd: 100, ...props });
    }

    function warnings() {
      const found = Annotations.fromStack(app.node.findChild('Team') as Stack);
      return found.findWarning('/Team/Limit', Match.anyValue()).map(({ entry }) => entry.data);
    }
  });

  test('requires prices of machines, and of nothing else', () => {
    new MlCostLimit(team(1), 'Limit', { monthlyUsd: 100, requirePrices: true });

    expect(() => app.synth()).not.toThrow();
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
