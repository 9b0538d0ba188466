export { CodeSource, type GitSourceOptions } from './code';
export * from './environment';
export {
  LifecyclePhase,
  LifecycleStep,
  type LifecycleStepOptions,
  LifecycleUser,
  StepFailure,
} from './lifecycle';
export * from './network';
export * from './notebook';
export * from './shared';
export * from './storage';
