import { isDeepStrictEqual } from 'node:util';

// biome-ignore lint/suspicious/noExplicitAny: properties as a template writes them
type Properties = any;

/** What a lifecycle does to objects of a bucket, after a time. */
export interface Action {
  readonly on: 'objects' | 'versions';

  /** From that which hurts least to that which hurts most. */
  readonly does: (typeof DOES)[number];

  readonly when: { readonly days?: number; readonly date?: string };

  /** How many newer versions are not touched. */
  readonly kept: number;

  readonly filter: Filter;
}

/** Which objects are meant. */
interface Filter {
  readonly prefix: string;
  readonly tags: object[];
  readonly largerThan: number;

  /** Written as text, since it may be without end. */
  readonly smallerThan: string;
}

/** What is archived takes hours and money to read. Other classes than these are read at once. */
const DOES = ['are archived', 'are archived deeply', 'are deleted'] as const;
const ARCHIVES: { [storageClass: string]: (typeof DOES)[number] } = {
  GLACIER: 'are archived',
  ARCHIVE_ACCESS: 'are archived',
  DEEP_ARCHIVE: 'are archived deeply',
  DEEP_ARCHIVE_ACCESS: 'are archived deeply',
};

/** All that the lifecycle of a bucket deletes, or archives so that it has to be restored. */
export function actionsOf({ LifecycleConfiguration, IntelligentTieringConfigurations }: Properties): Action[] {
  const rules: Properties[] = LifecycleConfiguration?.Rules ?? [];
  const tierings: Properties[] = IntelligentTieringConfigurations ?? [];
  const isOn = ({ Status }: Properties) => Status !== 'Disabled';
  return [...rules.filter(isOn).flatMap(actionsOfRule), ...tierings.filter(isOn).flatMap(actionsOfTiering)];
}

/** Whether another action did as much already, as soon, to all the objects. */
export function hasBeen(action: Action, known: Action): boolean {
  return (
    action.on === known.on &&
    DOES.indexOf(known.does) >= DOES.indexOf(action.does) &&
    isAsSoon(known.when, action.when) &&
    known.kept <= action.kept &&
    includes(known.filter, action.filter)
  );
}

function isAsSoon(known: Action['when'], other: Action['when']): boolean {
  return known.days === undefined || other.days === undefined
    ? Date.parse(`${known.date}`) <= Date.parse(`${other.date}`)
    : known.days <= other.days;
}

function includes(wide: Filter, narrow: Filter): boolean {
  return (
    narrow.prefix.startsWith(wide.prefix) &&
    wide.tags.every((tag) => narrow.tags.some((other) => isDeepStrictEqual(tag, other))) &&
    wide.largerThan <= narrow.largerThan &&
    Number(wide.smallerThan) >= Number(narrow.smallerThan)
  );
}

function actionsOfRule(rule: Properties): Action[] {
  const filter = filterOf(rule);
  const { NoncurrentVersionExpiration: old = {} } = rule;
  const oldDays = old.NoncurrentDays ?? rule.NoncurrentVersionExpirationInDays;
  const isOldDeleted = oldDays !== undefined || old.NewerNoncurrentVersions !== undefined;
  const deleted = { does: 'are deleted', filter } as const;
  return [
    ...(rule.ExpirationInDays === undefined
      ? []
      : [{ ...deleted, on: 'objects', when: { days: rule.ExpirationInDays }, kept: 0 } as const]),
    ...(rule.ExpirationDate === undefined
      ? []
      : [{ ...deleted, on: 'objects', when: { date: rule.ExpirationDate }, kept: 0 } as const]),
    ...(isOldDeleted
      ? [{ ...deleted, on: 'versions', when: { days: oldDays ?? 0 }, kept: old.NewerNoncurrentVersions ?? 0 } as const]
      : []),
    ...archivesOf('objects', [...(rule.Transitions ?? []), rule.Transition], filter),
    ...archivesOf('versions', [...(rule.NoncurrentVersionTransitions ?? []), rule.NoncurrentVersionTransition], filter),
  ];
}

function archivesOf(on: Action['on'], transitions: Properties[], filter: Filter): Action[] {
  return transitions
    .filter((transition) => ARCHIVES[transition?.StorageClass] !== undefined)
    .map(({ StorageClass, TransitionInDays, TransitionDate, NewerNoncurrentVersions = 0 }) => ({
      on,
      does: ARCHIVES[StorageClass],
      when: TransitionDate === undefined ? { days: TransitionInDays ?? 0 } : { date: TransitionDate },
      kept: NewerNoncurrentVersions,
      filter,
    }));
}

/** Days that nobody reads an object. That is never sooner than so many days after it is written. */
function actionsOfTiering({ Tierings = [], ...filter }: Properties): Action[] {
  return Tierings.map(({ AccessTier, Days }: Properties) => ({
    on: 'objects',
    does: ARCHIVES[AccessTier],
    when: { days: Days },
    kept: 0,
    filter: filterOf(filter),
  }));
}

function filterOf({ Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan }: Properties): Filter {
  return {
    prefix: Prefix ?? '',
    tags: TagFilters ?? [],
    largerThan: Number(ObjectSizeGreaterThan ?? -1),
    smallerThan: `${ObjectSizeLessThan ?? Number.POSITIVE_INFINITY}`,
  };
}
