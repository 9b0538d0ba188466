import { Properties, TemplateBody } from '../../src/private/template';

/** What a rule says of the resource `Subject` of each template. */
export interface RuleCases {
  readonly compliant: Cases;
  readonly nonCompliant: Cases;
  readonly notApplicable: Cases;

  /** What Guard cannot decide as the pack does, because it takes parameters and `Fn::If` literally. */
  readonly beyondGuard?: { readonly [kind in CaseKind]?: Cases };
}

export type CaseKind = 'compliant' | 'nonCompliant' | 'notApplicable';

export type Cases = { readonly [what: string]: TemplateBody };

export const KINDS: readonly CaseKind[] = ['compliant', 'nonCompliant', 'notApplicable'];

/** A template with one resource, named `Subject`, and whatever else it takes. */
export function subject(Type: string, Properties: Properties, others: TemplateBody = {}): TemplateBody {
  return { ...others, Resources: { ...others.Resources, Subject: { Type, Properties } } };
}
