import { App, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { bindMetrics, METRICS_NAMESPACE } from '../../src/lifecycle/metrics';

describe('metrics', () => {
  const stack = new Stack(new App(), 'Team');

  test('are published every five minutes by root, and hold up no start', () => {
    expect(bindMetrics(stack, {})).toMatchObject({
      name: 'metrics',
      user: 'root',
      phase: 'background',
      settings: { seconds: 300, namespace: 'ml-infra/notebooks' },
    });
  });

  test('take the endpoint of CloudWatch, and no other', () => {
    expect(bindMetrics(stack, {}).services).toEqual(['monitoring']);
  });

  test('take the right to publish in their own namespace alone', () => {
    const statements = bindMetrics(stack, {}).statements?.map((statement) => statement.toStatementJson());

    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: 'cloudwatch:PutMetricData',
        Resource: '*',
        Condition: { StringEquals: { 'cloudwatch:namespace': METRICS_NAMESPACE } },
      },
    ]);
  });

  test.each([1, 60])('can be published every %p minutes', (minutes) => {
    expect(bindMetrics(stack, { every: Duration.minutes(minutes) }).settings.seconds).toBe(minutes * 60);
  });

  test.each([
    [Duration.minutes(0), '0 minutes'],
    [Duration.minutes(61), '1 hour 1 minute'],
    [Duration.seconds(90), '1 minute 30 seconds'],
  ])('fail when they are published every %s', (every, shown) => {
    expect(() => bindMetrics(stack, { every })).toThrow(
      `Team: 'metrics.every' must be a whole number of minutes from 1 to 60, got: ${shown}`,
    );
  });

  test('fail for a time that is known only at deployment, which no file could hold', () => {
    const every = Duration.minutes(Lazy.number({ produce: () => 5 }));

    expect(() => bindMetrics(stack, { every })).toThrow(
      "Team: 'metrics.every' must be known at synthesis, because notebooks get it in a file, got: a deploy-time value",
    );
  });
});
