export * from './ml-network';
export * from './ml-service';
export * from './network-options';
export * from './network-risk';
