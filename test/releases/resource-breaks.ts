import { isDeepStrictEqual } from 'node:util';
import type { Break } from './break';
import { shortenedIn } from './data-lifetime';
import { type Guarded, guardOf } from './guarded-table';
import { collisions, isName } from './physical-names';
import type { RecordedResource, RecordedTemplate } from './recorded-template';
import { replacementsOf, seenThrough } from './replacements';
import { lostTagsOf, worsenedIn } from './weakened-properties';
import { saysTheSame } from './written-value';

type Found = Omit<Break, 'place'>;

/** How much a policy keeps, from least to most. A policy that is not written deletes. */
const KEEPS: { [policy: string]: number } = { Delete: 0, Snapshot: 1, RetainExceptOnCreate: 2, Retain: 2 };

/** Properties for which an update stops a running notebook, and starts it. */
const STOPS_NOTEBOOKS = ['InstanceType', 'VolumeSizeInGB'];

/** What an update of a stack does to its resources that hurts a user. */
export function resourceBreaks(old: RecordedTemplate, now: RecordedTemplate): Found[] {
  const replacements = replacementsOf(old, now);
  const [before, after] = [old, now].map(
    (template) => ({ ...template, Resources: seenThrough(template, template.Resources) }) as RecordedTemplate,
  );
  const ofOld = Object.entries(before.Resources).flatMap(([logicalId, old]) => {
    const guard = guardOf(old);
    const now = after.Resources[logicalId];
    const named = { what: old.Type, name: old.Path, logicalId };
    if (now === undefined) {
      return guard ? [{ ...named, ...removal(old, guard, successorOf(old, before, after)) }] : [];
    }
    const properties = replacements.get(logicalId);
    if (properties !== undefined) {
      return replaced(old, properties, guard).map((found) => ({ ...named, ...found }));
    }
    const worse = [...worsenedIn(old, now), ...lostTagsOf(old, now)];
    return [
      ...worse.map((detail) => ({ verb: 'weakens' as const, detail })),
      ...(guard === undefined
        ? []
        : [
            ...weakened(old, now, guard),
            ...conditional(old, now, before, after),
            ...redirected(old, now),
            ...stopped(old, now),
            ...shortenedIn(old, now).map((detail) => ({ verb: 'shortens' as const, detail })),
          ]),
    ].map((found) => ({ ...named, ...found }));
  });
  return [...ofOld, ...emptied(before, after), ...collisions(before, after)];
}

function removal(old: RecordedResource, guard: Guarded, successor: string | undefined): Pick<Found, 'verb' | 'detail'> {
  const isKept = keeps(old.DeletionPolicy) > 0;
  const instead = successor === undefined ? '' : `; ${successor} takes its place and starts empty`;
  return isKept
    ? { verb: 'orphans', detail: `no stack has it any more, ${guard.loses}${instead}` }
    : { verb: 'deletes', detail: `${guard.loses}${instead}` };
}

/** What is new, of the same type: most often the same thing under another id. */
function successorOf(old: RecordedResource, before: RecordedTemplate, after: RecordedTemplate): string | undefined {
  const fresh = Object.entries(after.Resources).filter(([id, { Type }]) => Type === old.Type && !before.Resources[id]);
  return fresh.map(([id]) => id)[0];
}

function replaced(
  old: RecordedResource,
  properties: string[],
  guard: Guarded | undefined,
): Pick<Found, 'verb' | 'detail'>[] {
  const names = properties.filter((property) => isName(old.Type, property));
  if (guard !== undefined) {
    return [{ verb: 'replaces', detail: `for ${properties.join(', ')}; ${guard.loses}` }];
  }
  return names.length === 0
    ? []
    : [{ verb: 'renames', detail: `${names.join(', ')}; others may know it by this name` }];
}

function weakened(old: RecordedResource, now: RecordedResource, guard: Guarded): Pick<Found, 'verb' | 'detail'>[] {
  const policies = (['DeletionPolicy', 'UpdateReplacePolicy'] as const).filter(
    (policy) => keeps(now[policy]) < keeps(old[policy]),
  );
  const changes = policies.map((policy) => `${policy} from ${old[policy]} to ${now[policy] ?? 'none, which deletes'}`);
  return changes.length === 0
    ? []
    : [{ verb: 'weakens', detail: `${changes.join(', ')}; once it goes, ${guard.loses}` }];
}

function keeps(policy: string | undefined): number {
  return KEEPS[policy ?? 'Delete'] ?? 0;
}

/** A resource whose condition turns false leaves the stack as if it were not in the template. */
function conditional(
  old: RecordedResource,
  now: RecordedResource,
  before: RecordedTemplate,
  after: RecordedTemplate,
): Pick<Found, 'verb' | 'detail'>[] {
  const name = now.Condition;
  const same =
    name === undefined ||
    (name === old.Condition && isDeepStrictEqual(before.Conditions[name], after.Conditions[name]));
  return same ? [] : [{ verb: 'deletes', detail: `where the condition ${name} is false` }];
}

/** A published value that says something else sends its readers to something that is not what they had. */
function redirected(old: RecordedResource, now: RecordedResource): Pick<Found, 'verb' | 'detail'>[] {
  const changed = ['Value', 'Type', 'DataType'].filter(
    (name) => !saysTheSame(old.Properties[name], now.Properties[name]),
  );
  return old.Type !== 'AWS::SSM::Parameter' || changed.length === 0
    ? []
    : [{ verb: 'redirects', detail: changed.map((name) => changeOf(name, old, now)).join(', ') }];
}

function changeOf(property: string, old: RecordedResource, now: RecordedResource): string {
  const [from, to] = [old, now].map(({ Properties }) => JSON.stringify(Properties[property]));
  return `${property} from ${from} to ${to}`;
}

function stopped(old: RecordedResource, now: RecordedResource): Pick<Found, 'verb' | 'detail'>[] {
  const changed = STOPS_NOTEBOOKS.filter((name) => !isDeepStrictEqual(old.Properties[name], now.Properties[name]));
  return old.Type === 'AWS::SageMaker::NotebookInstance' && changed.length > 0
    ? [{ verb: 'restarts', detail: `for ${changed.join(', ')}; what runs on it ends` }]
    : [];
}

/** What empties buckets comes only with buckets that are to be deleted. */
function emptied(before: RecordedTemplate, after: RecordedTemplate): Found[] {
  return Object.entries(after.Resources)
    .filter(([id, { Type }]) => Type === 'Custom::S3AutoDeleteObjects' && before.Resources[id] === undefined)
    .map(([, { Properties }]) => [Properties.BucketName?.Ref, before.Resources[Properties.BucketName?.Ref]] as const)
    .filter(([, bucket]) => bucket !== undefined)
    .map(([logicalId, { Type, Path }]) => ({
      verb: 'empties',
      what: Type,
      name: Path,
      logicalId,
      detail: 'as soon as it leaves the stack',
    }));
}
