import { Stack } from 'aws-cdk-lib';
import {
  BoundFeature,
  bindEnvironment,
  LifecycleFeature,
  LifecyclePhase,
  REQUIRED_BY_DEFAULT,
  renderFeature,
  StepFailure,
} from '../../src/lifecycle';

const slow: BoundFeature = {
  ...bindEnvironment(new Stack(), {}, {}),
  name: LifecycleFeature.PACKAGES,
  phase: LifecyclePhase.BACKGROUND,
  timeoutSeconds: 3600,
};

describe('a feature', () => {
  test('that is not required runs where it wants to, and lets a notebook start when it fails', () => {
    expect(renderFeature(slow, [])).toEqual({ ...slow, onFailure: StepFailure.CONTINUE });
  });

  test('that is required runs before the notebook opens, within what all blocking steps share', () => {
    expect(renderFeature(slow, [LifecycleFeature.PACKAGES])).toEqual({
      ...slow,
      phase: LifecyclePhase.BLOCKING,
      timeoutSeconds: 240,
      onFailure: StepFailure.STOP,
    });
  });

  test('is required by default where a notebook would otherwise pass by a control', () => {
    expect(REQUIRED_BY_DEFAULT).toEqual(['certificates', 'proxy', 'package_index']);
  });
});
