export type { JobRules } from './job-rules';
export * from './ml-execution-role';
export * from './ml-permissions-boundary';
export * from './ml-shared-infra';
export * from './shared-infra';
