import { BoundFeature, LifecycleFeature } from './lifecycle-feature';
import { LifecyclePhase, LifecycleUser } from './lifecycle-step';

/**
 * Images and containers of Docker below `~/SageMaker/.docker`, where they have room and survive a stop.
 *
 * Docker's daemon is root. Where a notebook has no root access, its user could plant links below `~/SageMaker` and so
 * have the daemon write anywhere: there the script refuses.
 */
export function bindDocker(): BoundFeature {
  return {
    name: LifecycleFeature.DOCKER,
    user: LifecycleUser.ROOT,
    // Docker is restarted, which nobody should notice who has begun to use it.
    phase: LifecyclePhase.BLOCKING,
    timeoutSeconds: 120,
    settings: {},
  };
}
