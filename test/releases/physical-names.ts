import { isDeepStrictEqual } from 'node:util';
import type { Break } from './break';
import { type RecordedResource, type RecordedStacks, type RecordedTemplate } from './recorded-template';
import { seenThrough } from './replacements';

type Found = Omit<Break, 'place'>;

/** Types whose names only have to differ within something else, such as a role or a log group. */
const NAMED_WITHIN = [
  'AWS::CodeArtifact::Repository',
  'AWS::EC2::SecurityGroup',
  'AWS::IAM::Policy',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::SubscriptionFilter',
  'AWS::Scheduler::Schedule',
];

/** What is published below the name of a base belongs to that base alone. */
const OF_A_BASE = /^\/ml-infra\/[^/]+\//;

/** These tell stacks in one account and region not from each other. */
const PSEUDO = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::URLSuffix'];

/** Whether a property is what people call the resource by, such as `AlarmName` of an alarm. */
export function isName(type: string, property: string): boolean {
  const noun = property.slice(0, -'Name'.length);
  return property === 'Name' || property === 'Path' || (property.endsWith('Name') && type.endsWith(noun));
}

/** CloudFormation creates what is new before it deletes what is old: both cannot have one name. */
export function collisions(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  return Object.entries(before.Resources)
    .filter(([id]) => after.Resources[id] === undefined)
    .flatMap(([logicalId, old]) => {
      const other = Object.entries(after.Resources).find(
        ([id, now]) =>
          before.Resources[id] === undefined &&
          now.Type === old.Type &&
          namesOf(now).length > 0 &&
          isDeepStrictEqual(namesOf(now), namesOf(old)),
      );
      const detail = `${other?.[0]} has its name, and is created while it is still there: the update fails`;
      return other ? [{ verb: 'collides', what: old.Type, name: old.Path, logicalId, detail } as const] : [];
    });
}

/**
 * New resources whose names are the same for all who deploy them: the update fails in each account that has such a name,
 * or has the stack twice. What a layout had in the release already is known to work.
 */
export function fixedNames(before: RecordedStacks, after: RecordedStacks): [stack: string, found: Found][] {
  const stacks = Object.keys(after);
  const known = new Set(Object.values(before).flatMap((template) => namedIn(template).map(([, name]) => name)));
  return Object.entries(after)
    .filter(([stack]) => before[stack] !== undefined)
    .flatMap(([stack, template]) =>
      namedIn(template)
        .filter(([id, name]) => before[stack].Resources[id] === undefined && !known.has(name))
        .filter(
          ([, name]) => !stacks.some((each) => lettersOf(name.slice(name.indexOf(' '))).includes(lettersOf(each))),
        )
        .map(([id, name]): [string, Found] => [
          stack,
          foundAt(template, id, `its name ${name} is the same for all, and may be taken: the update fails`),
        ]),
    );
}

/** Names that resources of several stacks have, and did not have in the release: one of the stacks fails. */
export function sharedNames(before: RecordedStacks, after: RecordedStacks): [stack: string, found: Found][] {
  const holders = holdersIn(after);
  const known = holdersIn(before);
  return [...holders].flatMap(([name, places]) => {
    const others = new Set(known.get(name)?.map(([stack]) => stack));
    const isNew = new Set(places.map(([stack]) => stack)).size > 1 && places.some(([stack]) => !others.has(stack));
    return (isNew ? places : []).map(([stack, id]): [string, Found] => {
      const elsewhere = places.map(([each]) => each).filter((each) => each !== stack);
      const detail = `its name ${name} is that of one in ${elsewhere.join(', ')}, too: the deployment fails`;
      return [stack, foundAt(after[stack], id, detail)];
    });
  });
}

/** Names may have other cases and other hyphens than that of the stack which they are made of. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function holdersIn(stacks: RecordedStacks): Map<string, [stack: string, id: string][]> {
  const holders = new Map<string, [string, string][]>();
  for (const [stack, template] of Object.entries(stacks)) {
    for (const [id, name] of namedIn(template)) {
      holders.set(name, [...(holders.get(name) ?? []), [stack, id]]);
    }
  }
  return holders;
}

function foundAt({ Resources }: RecordedTemplate, logicalId: string, detail: string): Found {
  const { Type, Path } = Resources[logicalId];
  return { verb: 'collides', what: Type, name: Path, logicalId, detail };
}

/** The resources with a fixed name, as type and name in one text. */
function namedIn(template: RecordedTemplate): [id: string, name: string][] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => !NAMED_WITHIN.includes(Type))
    .flatMap(([id, resource]): [string, string][] => {
      const names = namesOf(resource).map(([, value]) => seenThrough(template, value));
      const isFixed = names.length > 0 && names.every(isFixedName) && !names.some((name) => OF_A_BASE.test(`${name}`));
      return isFixed ? [[id, `${resource.Type} ${names.map((name) => JSON.stringify(name)).join(' ')}`]] : [];
    });
}

function isFixedName(name: unknown): boolean {
  const references = [...JSON.stringify(name).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g)].map(([, id]) => id);
  const inside = [...JSON.stringify(name).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, id]) => id);
  return [...references, ...inside].every((id) => PSEUDO.includes(id));
}

function namesOf({ Type, Properties }: RecordedResource): [property: string, value: unknown][] {
  return Object.entries(Properties ?? {}).filter(([name]) => name !== 'Path' && isName(Type, name));
}
