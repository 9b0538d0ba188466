import { isMap, Properties, Template, TemplateBody, TemplateResource } from '../private/template';
import { ComplianceRule } from './compliance-rule';
import { choicesFor } from './deploy-choices';
import { Finding, mayHold, unmet } from './requirement';

/** What a rule says of one resource; without findings the resource complies. */
export interface Verdict {
  readonly logicalId: string;
  readonly findings: Finding[];
}

/** What a rule says of the resources to which it applies, whatever parameters and conditions a deployment chooses. */
export function verdicts(rule: ComplianceRule, body: TemplateBody, accountId?: string): Verdict[] {
  const resources = Object.entries(body.Resources ?? {})
    .filter(([, resource]) => isMap(resource))
    .map(([logicalId, { Type, Properties }]) => ({
      logicalId,
      type: Type,
      properties: isMap(Properties) ? Properties : {},
    }));
  const template = { resources, accountId };
  return resources
    .filter(({ type }) => rule.resourceTypes.includes(type))
    .flatMap((resource) => {
      const perChoice = choicesFor(resource.logicalId, body)
        .map((choice) => ({ ...resource, properties: choice.resolve(resource.properties) as Properties }))
        .map((chosen) => findingsOf(rule, chosen, template))
        .filter((findings) => findings !== undefined);
      return perChoice.length === 0
        ? []
        : [{ logicalId: resource.logicalId, findings: withoutRepetition(perChoice.flat()) }];
    });
}

function findingsOf(rule: ComplianceRule, resource: TemplateResource, template: Template): Finding[] | undefined {
  if ('inspect' in rule) {
    return rule.inspect(resource, template);
  }
  const applies = rule.appliesWhen === undefined || mayHold(rule.appliesWhen, resource.properties);
  return applies ? unmet(rule.requirement, resource.properties) : undefined;
}

function withoutRepetition(findings: Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [finding.text, finding])).values()];
}
