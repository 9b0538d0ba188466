import { fullDiff } from '@aws-cdk/cloudformation-diff';
import type { RecordedTemplate } from './recorded-template';

/** Properties for which an update replaces a resource, or may, by logical id. */
export type Replacements = Map<string, string[]>;

type Json = unknown;

/**
 * What CloudFormation replaces in an update. Beyond what `cloudformation-diff` follows, it follows references inside of
 * other functions and those to what may be replaced, and sees through template parameters and mappings.
 */
export function replacementsOf(before: RecordedTemplate, after: RecordedTemplate): Replacements {
  const old = { Resources: resolved(before) };
  const found: Replacements = new Map();
  for (;;) {
    const now = { Resources: marked(resolved(after), found) };
    const fresh: [string, string[]][] = [];
    fullDiff(old, now).resources.forEachDifference((id, change) => {
      if (/REPLACE/.test(change.changeImpact) && !found.has(id)) {
        fresh.push([id, propertiesOf(change)]);
      }
    });
    if (fresh.length === 0) {
      return found;
    }
    for (const [id, properties] of fresh) {
      found.set(id, properties);
    }
  }
}

function propertiesOf(change: {
  resourceTypeChanged: boolean;
  propertyUpdates: { [name: string]: { changeImpact?: string } };
}): string[] {
  const properties = Object.entries(change.propertyUpdates)
    .filter(([, { changeImpact }]) => /REPLACE/.test(`${changeImpact}`))
    .map(([name]) => name);
  return change.resourceTypeChanged ? ['Type'] : properties;
}

/** The resources, with what parameters and mappings hold written where they are read. */
function resolved(template: RecordedTemplate): { [id: string]: Json } {
  return seenThrough(template, template.Resources) as { [id: string]: Json };
}

/** A part of a template, with what its parameters and mappings hold written where they are read. */
export function seenThrough({ Parameters, Mappings }: RecordedTemplate, part: Json): Json {
  return mapped(part, (node) => {
    const parameter = typeof node.Ref === 'string' ? Parameters[node.Ref] : undefined;
    if (parameter !== undefined) {
      return { 'Fn::Parameter': parameter.Default ?? node.Ref };
    }
    const [map, ...keys] = Array.isArray(node['Fn::FindInMap']) ? node['Fn::FindInMap'] : [];
    return map === undefined ? node : { 'Fn::FindInMap': [...keys, Mappings[map] ?? map] };
  });
}

/** The resources, with other text wherever they refer to what is replaced. */
function marked(resources: { [id: string]: Json }, replaced: Replacements): { [id: string]: Json } {
  const mark = (id: unknown) => (replaced.has(id as string) ? `${id}, replaced` : id);
  return mapped(resources, (node) => {
    if ('Ref' in node) {
      return { Ref: mark(node.Ref) };
    }
    if (Array.isArray(node['Fn::GetAtt'])) {
      const [id, ...attribute] = node['Fn::GetAtt'];
      return { 'Fn::GetAtt': [mark(id), ...attribute] };
    }
    const sub = node['Fn::Sub'];
    if (sub === undefined) {
      return node;
    }
    const text = Array.isArray(sub) ? sub[0] : sub;
    const more = `${text}`.replace(/\$\{([A-Za-z0-9]+)([^}]*)\}/g, (_, id, rest) => `\${${mark(id)}${rest}}`);
    return { 'Fn::Sub': Array.isArray(sub) ? [more, ...sub.slice(1)] : more };
  }) as { [id: string]: Json };
}

/** A copy in which each object is what a function makes of it, the outermost first. */
// biome-ignore lint/suspicious/noExplicitAny: any JSON
function mapped(node: any, change: (node: { [key: string]: any }) => object): Json {
  if (Array.isArray(node)) {
    return node.map((element) => mapped(element, change));
  }
  if (typeof node !== 'object' || node === null) {
    return node;
  }
  return Object.fromEntries(Object.entries(change(node)).map(([key, value]) => [key, mapped(value, change)]));
}
