import { PolicyViolation } from 'aws-cdk-lib';
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

/** What a checker says of a resource. */
export interface Finding {
  readonly checker: string;

  /** Id of the rule, without the name of a pack of cdk-nag and without what it names in brackets. */
  readonly rule: string;

  /** Path of the construct. */
  readonly path: string;
}

/** What the packs of cdk-nag find below a construct and nobody has acknowledged. */
export function findingsIn(scope: IConstruct): string[] {
  return PACKS.flatMap((Pack) => new Pack(scope.node.root).validateScope(scope).violations).map(
    ({ ruleName, violatingResources }) => `${ruleName} ${violatingResources.map((each) => each.constructPath)}`,
  );
}

/** What the packs of cdk-nag would find below a construct if nothing were acknowledged. */
export function nagFindingsIn(scope: IConstruct): Finding[] {
  return nagRulesIn(scope).flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => ({
      checker: 'cdk-nag',
      rule: ruleName.replace(/^[A-Za-z0-9.]+-/, '').replace(/\[.*/s, ''),
      path: constructPath ?? '',
    })),
  );
}

/** The rules of cdk-nag that would find something below a construct, as the packs name them. */
export function nagRulesIn(scope: IConstruct): PolicyViolation[] {
  return PACKS.flatMap((Pack) => unheeding(new Pack(scope.node.root)).validateScope(scope).violations);
}

function unheeding<Pack extends object>(pack: Pack): Pack {
  return Object.assign(pack, { isAcknowledged: () => false });
}
