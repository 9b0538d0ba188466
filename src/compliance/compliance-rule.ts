import type { Template, TemplateResource } from '../private/template';
import type { Finding, Requirement } from './requirement';

/** How much a finding matters, in the words of Security Hub. */
export enum MlComplianceSeverity {
  /** Fix it when the resource is changed next. */
  LOW = 'LOW',

  /** Fix it, though it is not the next thing to do. */
  MEDIUM = 'MEDIUM',

  /** Fix it first. */
  HIGH = 'HIGH',

  /** Fix it before anything is deployed. */
  CRITICAL = 'CRITICAL',
}

/** A rule of `MlComplianceChecks`. */
export interface MlComplianceRule {
  /** Id of the rule, by which a finding is acknowledged. */
  readonly id: string;

  /** Ids of the controls that the rule checks: Security Hub, AWS Config, Control Tower (`CT.`) and checkov (`CKV`). */
  readonly controls: string[];

  /** What must hold. */
  readonly title: string;

  /** How much a finding matters. */
  readonly severity: MlComplianceSeverity;

  /** What to change where it does not hold. */
  readonly remedy: string;

  /** Page on which AWS, or whoever made the control, says why. */
  readonly link: string;

  /** Types of the resources that are looked at. */
  readonly resourceTypes: string[];

  /** Whether the rule is also among those of `MlComplianceChecks.guardRules`. */
  readonly inGuard: boolean;

  /** Whether the rule is checked without being asked for. */
  readonly onByDefault: boolean;
}

interface RuleDescription {
  readonly id: string;
  readonly controls: string[];
  readonly title: string;
  readonly severity: keyof typeof MlComplianceSeverity;
  readonly remedy: string;
  readonly link: string;
  readonly resourceTypes: string[];

  /** Prop of the pack that asks for the rule; without it the rule is always checked. */
  readonly askedBy?: 'privateRegistry';
}

/** A rule made of data, from which the checks and the text for CloudFormation Guard both come. */
export interface DataRule extends RuleDescription {
  /** Resources of the types for which this does not hold are not looked at. */
  readonly appliesWhen?: Requirement;

  readonly requirement: Requirement;
}

/** A rule that has to read more than the data of a requirement can say: policies, scripts, several resources. */
export interface CodeRule extends RuleDescription {
  /** What is wrong with a resource; nothing at all where the rule does not apply to it. */
  readonly inspect: (resource: TemplateResource, template: Template) => Finding[] | undefined;
}

export type ComplianceRule = DataRule | CodeRule;

/** What users see of a rule. */
export function described(rule: ComplianceRule): MlComplianceRule {
  const { id, controls, title, remedy, link, resourceTypes } = rule;
  return {
    id,
    controls: [...controls],
    title,
    severity: MlComplianceSeverity[rule.severity],
    remedy,
    link,
    resourceTypes: [...resourceTypes],
    inGuard: 'requirement' in rule,
    onByDefault: rule.askedBy === undefined,
  };
}
