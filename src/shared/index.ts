export * from './ml-shared-infra';
export * from './shared-infra';
