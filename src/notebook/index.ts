export type { LifecycleFeatureOptions } from './lifecycle-features';
export * from './ml-notebook';
export * from './ml-notebook-fleet';
export * from './notebook-boundary';
export * from './notebook-lifecycle';
export type { GrantOpenOptions, NotebookOptions } from './notebook-options';
export { NotebookSchedule, type NotebookScheduleOptions, Weekday } from './notebook-schedule';
