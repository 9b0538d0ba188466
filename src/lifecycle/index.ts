export * from './lifecycle-step';
export * from './step-bundle';
