export * from './ml-budget';
export * from './ml-cost-estimate';
export * from './ml-cost-limit';
export * from './ml-usage';
