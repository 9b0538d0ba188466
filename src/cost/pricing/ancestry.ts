import type { Identity, RunningHours, WrittenFacts } from '../../private/facts';
import { knownQuantity, tagsOf } from './known-values';
import type { EachMeasure } from './measures-table';
import type { CostedResource } from './model';
import { placeOf } from './places';

/** What holds at a path by its construct and by those above it. */
interface Inherited {
  readonly identity: Identity;

  /** Bases that stand on it. */
  readonly usedBy: readonly string[];

  /** By measure: how much, and at which path that is stated. */
  readonly usage: ReadonlyMap<string, Statement>;
}

/** A measure as a construct states it. */
export interface Statement {
  readonly path: string;
  readonly quantity: unknown;
}

/** Hours of a month, and why so many. */
export interface Hours extends RunningHours {
  readonly stated: boolean;
}

const NOTHING: Inherited = { identity: {}, usedBy: [], usage: new Map() };

/** Kind of what workloads share, and what it links to. */
const BASE = 'MlSharedInfra';

/** What constructs tell, for those below them. */
export class Ancestry {
  private readonly facts = new Map<string, WrittenFacts[]>();
  private readonly inherited = new Map<string, Inherited>();

  /** Names of bases by the paths of what they stand on. */
  private readonly bases = new Map<string, string[]>();

  constructor(facts: readonly WrittenFacts[]) {
    for (const each of facts) {
      this.facts.set(each.path, [...(this.facts.get(each.path) ?? []), each]);
      const base = each.kind === BASE ? each.identity?.base : undefined;
      if (base !== undefined) {
        for (const { to } of each.links ?? []) {
          this.bases.set(to, [...(this.bases.get(to) ?? []), base]);
        }
      }
    }
  }

  /** Whose a resource is: by its tags, else by the constructs around it. */
  public identityOf(resource: CostedResource): Identity {
    const tags = tagsOf(resource.properties);
    const around = this.at(placeOf(resource)).identity;
    return {
      base: named(tags.get('ml-base'), around.base),
      environment: named(tags.get('ml-environment'), around.environment),
      owner: named(tags.get('ml-owner'), around.owner),
      project: named(tags.get('ml-project'), around.project),
    };
  }

  public identityAt(path: string): Identity {
    return this.at(path).identity;
  }

  /** Bases that stand on what is at a path. */
  public usedBy(path: string): readonly string[] {
    return this.at(path).usedBy;
  }

  /** What is stated of a measure at a path or nearest above it. */
  public statement(path: string, measure: string): Statement | undefined {
    return this.at(path).usage.get(measure);
  }

  /** Hours that a resource runs: as stated, else as its construct tells, else undefined. */
  public hoursOf(resource: CostedResource, measure: EachMeasure): Hours | undefined {
    const place = placeOf(resource);
    const stated = knownQuantity(this.statement(place, measure)?.quantity);
    if (stated !== undefined) {
      return { perMonth: stated, because: 'as stated', stated: true };
    }
    const own = [...(this.facts.get(place) ?? []), ...(this.facts.get(resource.path) ?? [])];
    const told = own.find(({ hours }) => hours !== undefined)?.hours;
    const perMonth = knownQuantity(told?.perMonth);
    return told && perMonth !== undefined ? { perMonth, because: told.because, stated: false } : undefined;
  }

  private at(path: string): Inherited {
    const open: string[] = [];
    let next: string | undefined = path;
    while (next !== undefined && !this.inherited.has(next)) {
      open.push(next);
      next = next === '' ? undefined : next.slice(0, Math.max(0, next.lastIndexOf('/')));
    }
    let inherited = next === undefined ? NOTHING : (this.inherited.get(next) ?? NOTHING);
    for (const each of open.reverse()) {
      inherited = this.below(inherited, each);
      this.inherited.set(each, inherited);
    }
    return inherited;
  }

  private below(above: Inherited, path: string): Inherited {
    const bases = this.bases.get(path);
    const used = bases ? { ...above, usedBy: [...above.usedBy, ...bases] } : above;
    return (this.facts.get(path) ?? []).reduce(joined, used);
  }
}

/** A tag, unless only the deployment knows it and a construct tells more: a published base has another text in each stack. */
function named(tag: string | undefined, told: string | undefined): string | undefined {
  return tag?.includes('${') ? (told ?? tag) : (tag ?? told);
}

function joined(above: Inherited, { path, identity, usage }: WrittenFacts): Inherited {
  if (!identity && !usage) {
    return above;
  }
  const told = Object.entries(identity ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const statements = Object.entries(usage ?? {}).filter(([, quantity]) => quantity !== undefined && quantity !== null);
  return {
    ...above,
    identity: { ...above.identity, ...Object.fromEntries(told) },
    usage: new Map([
      ...above.usage,
      ...statements.map(([measure, quantity]) => [measure, { path, quantity }] as const),
    ]),
  };
}
