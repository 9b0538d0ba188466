export * from './job-statements';
export * from './owner-roles';
export * from './policy-size';
export * from './stack-policies';
export * from './trust-policy';
export * from './workspace-statements';
