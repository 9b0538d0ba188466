import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/**
 * Keeps what people set up in their home folder: on an instance it is new at each start, but for the volume in it.
 *
 * Must run before the notebook opens, so that nothing is written to the files that the links replace.
 */
export function bindPersistentHome(): BoundFeature {
  return {
    name: LifecycleFeature.HOME,
    user: LifecycleUser.EC2_USER,
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 30,
    settings: {},
  };
}
