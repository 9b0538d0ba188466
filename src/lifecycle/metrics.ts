import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { fail, requireDuration } from '../private/checks';
import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/**
 * What notebooks measure of themselves, for CloudWatch has no metrics of notebook instances.
 *
 * Each notebook publishes `DiskUsedPercent` (of the volume), `MemoryUsedPercent`, `CPUUtilization`, `GPUUtilization`
 * (of the busiest GPU, if there is one), `SetupFailures` and, with idle stop, `IdleCheckErrors` (failed checks in a row),
 * in the namespace `ml-infra/notebooks`, with the dimensions `Base` and `NotebookInstanceName`. CloudWatch charges each
 * metric for the hours in which it is published. The network needs the endpoint of CloudWatch, which the base gets with
 * this.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export interface MetricsOptions {
  /**
   * How often all metrics are published, in one call: whole minutes from 1 to 60.
   *
   * @default Duration.minutes(5)
   */
  readonly every?: Duration;
}

/** Where the metrics of notebooks stand. */
export const METRICS_NAMESPACE = 'ml-infra/notebooks';

/** A timer that publishes what the notebook uses. */
export function bindMetrics(scope: IConstruct, { every = Duration.minutes(5) }: MetricsOptions): BoundFeature {
  if (every.isUnresolved()) {
    fail(scope, 'metrics.every', 'known at synthesis, because notebooks get it in a file', 'a deploy-time value');
  }
  requireDuration(scope, 'metrics.every', every, 'minutes', 1, 60);
  return {
    name: LifecycleFeature.METRICS,
    user: LifecycleUser.ROOT,
    phase: LifecyclePhase.BACKGROUND,
    timeoutSeconds: 60,
    settings: { seconds: every.toSeconds(), namespace: METRICS_NAMESPACE },
    statements: [
      // The action knows no resource; the namespace is what it can be held to.
      new iam.PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': METRICS_NAMESPACE } },
      }),
    ],
    services: ['monitoring'],
  };
}
