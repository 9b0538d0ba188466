export * from './job-statements';
export * from './owner-roles';
export * from './stack-policies';
export * from './trust-policy';
export * from './workspace-statements';
