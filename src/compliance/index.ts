export { type MlComplianceRule, MlComplianceSeverity } from './compliance-rule';
export * from './ml-compliance-checks';
