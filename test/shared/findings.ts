import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { IConstruct } from 'constructs';

export const PACKS = [
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
];

/** What the packs of cdk-nag find below a construct and nobody has acknowledged. */
export function findingsIn(scope: IConstruct): string[] {
  return PACKS.flatMap((Pack) => new Pack(scope.node.root).validateScope(scope).violations).map(
    ({ ruleName, violatingResources }) => `${ruleName} ${violatingResources.map((each) => each.constructPath)}`,
  );
}
