export * from './ml-environment';
export * from './ml-instance-type';
