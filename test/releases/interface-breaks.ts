import { isDeepStrictEqual } from 'node:util';
import type { Break } from './break';
import type { RecordedOutput, RecordedStacks, RecordedTemplate } from './recorded-template';
import { seenThrough } from './replacements';
import { saysTheSame } from './written-value';

type Found = Omit<Break, 'place'>;

/** Where a base publishes what other apps read. */
const PUBLISHED = '/ml-infra/';

/** What an update of a stack does to other stacks, apps and people that read from it. */
export function interfaceBreaks(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  return [...outputBreaks(before, after), ...importBreaks(before, after), ...parameterBreaks(before, after)];
}

/** How a stack that is new locks others, or lets them lock it. */
export function locks(template: RecordedTemplate): Found[] {
  const nothing = { Parameters: {}, Mappings: {}, Conditions: {}, Resources: {}, Outputs: {} };
  return interfaceBreaks(nothing, template).filter(({ what }) => what === 'export');
}

function outputBreaks(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  const ofOld = Object.entries(before.Outputs).flatMap(([name, old]) => {
    const now = after.Outputs[name];
    const found =
      now === undefined
        ? [['removes', 'output', 'other stacks and scripts read it'] as const]
        : outputChanges(
            { ...old, Value: seenThrough(before, old.Value) },
            { ...now, Value: seenThrough(after, now.Value) },
          );
    return found.map(([verb, what, detail]): Found => ({ verb, what, name, detail }));
  });
  const added = Object.entries(after.Outputs)
    .filter(([name, { Export }]) => Export !== undefined && before.Outputs[name]?.Export === undefined)
    .map(([name]): Found => {
      return { verb: 'adds', what: 'export', name, detail: 'it can no longer change once a stack imports it' };
    });
  return [...ofOld, ...added];
}

function outputChanges(
  old: RecordedOutput,
  now: RecordedOutput,
): (readonly [verb: Break['verb'], what: string, detail: string])[] {
  const values = [old, now].map(({ Value }) => JSON.stringify(Value));
  const changes = [
    {
      is: now.Condition !== undefined && now.Condition !== old.Condition,
      found: ['removes', 'output', `where the condition ${now.Condition} is false`] as const,
    },
    { is: !saysTheSame(old.Value, now.Value), found: ['redirects', 'output', `from ${values.join(' to ')}`] as const },
    {
      is: old.Export !== undefined && !isDeepStrictEqual(old.Export, now.Export),
      found: ['removes', 'export', 'CloudFormation refuses while a stack imports it'] as const,
    },
  ];
  return changes.filter(({ is }) => is).map(({ found }) => found);
}

function importBreaks(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  const known = importsIn(before);
  return importsIn(after)
    .filter((name) => !known.includes(name))
    .map((name) => ({ verb: 'imports', what: 'export', name, detail: 'it locks the stack that exports it' }));
}

function importsIn(template: RecordedTemplate): string[] {
  const found = new Set<string>();
  JSON.stringify(template, (key, value) => {
    if (key === 'Fn::ImportValue') {
      found.add(typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', ''));
    }
    return value;
  });
  return [...found];
}

function parameterBreaks(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  return Object.entries(after.Parameters).flatMap(([name, { Default, Type }]): Found[] => {
    const old = before.Parameters[name];
    if (old === undefined) {
      return Default === undefined
        ? [{ verb: 'asks', what: 'parameter', name, detail: 'a deployment without it fails' }]
        : [];
    }
    return old.Type === Type
      ? []
      : [{ verb: 'redirects', what: 'parameter', name, detail: `from the type ${old.Type} to ${Type}` }];
  });
}

/**
 * Published values that stacks read now, and that neither the bases of the release publish nor its readers knew: an app
 * that is upgraded before its base fails to deploy.
 */
export function unpublishedReads(before: RecordedStacks, after: RecordedStacks): [stack: string, found: Found][] {
  const known = new Set(Object.values(before).flatMap((template) => [...published(template), ...readBy(template)]));
  return Object.entries(after).flatMap(([stack, template]) =>
    [...new Set(readBy(template))]
      .filter((value) => !known.has(value))
      .map((value): [string, Found] => {
        const detail = 'its base has to be upgraded before it';
        return [stack, { verb: 'reads', what: 'parameter', name: `${PUBLISHED}<name>/${value}`, detail }];
      }),
  );
}

function published({ Resources }: RecordedTemplate): string[] {
  const parameters = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SSM::Parameter');
  return parameters.flatMap(({ Properties }) => publishedValue(Properties.Name));
}

function readBy({ Parameters }: RecordedTemplate): string[] {
  return Object.values(Parameters).flatMap(({ Default }) => publishedValue(Default));
}

/** The part of a parameter's name after that of its base. */
function publishedValue(name: unknown): string[] {
  return typeof name === 'string' && name.startsWith(PUBLISHED) ? [name.split('/').slice(3).join('/')] : [];
}
