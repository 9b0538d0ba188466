import type { WrittenFacts } from '../../private/facts';
import type { Ancestry } from './ancestry';
import { knownQuantity } from './known-values';
import { TOTAL_MEASURES, TotalMeasure } from './measures-table';
import type { ByUse, EstimateInput, Item, Unpriced } from './model';
import { RegionsBelow } from './regions-below';
import type { FixedLine, UsageLine } from './subject';
import type { UsedPrices } from './used-prices';

/** Where and whose a cost is. */
export type About = Pick<
  Item,
  'constructPath' | 'resourceType' | 'region' | 'base' | 'environment' | 'owner' | 'project' | 'workload' | 'usedBy'
>;

/** A cost of a resource by use. */
export interface Use extends About {
  readonly line: UsageLine;

  /** Where the resource stands among constructs. */
  readonly place: string;
}

/** A cost of all use that a construct states. */
export interface StatedUse extends About {
  readonly line: FixedLine;
}

/** What is known of all use in an app. */
export interface Usage {
  readonly stated: readonly StatedUse[];
  readonly byUse: readonly ByUse[];
  readonly unpriced: readonly Unpriced[];
}

interface Question {
  readonly uses: readonly Use[];
  readonly input: EstimateInput;
  readonly ancestry: Ancestry;
  readonly prices: UsedPrices;
}

/** A measure that a construct states, with the uses that it covers. */
interface Total {
  readonly path: string;
  readonly measure: TotalMeasure;
  readonly quantity: unknown;
  readonly uses: Use[];
}

/** One cost for each total that is stated, and by use what nothing is stated of. */
export function usageOf(question: Question): Usage {
  const { input, ancestry } = question;
  const totals = new Map<string, Total>();
  for (const total of input.facts.filter(({ path }) => isWithin(input.scope ?? '', path)).flatMap(totalsIn)) {
    const key = keyOf(total.path, total.measure);
    totals.set(key, added(total, totals.get(key)));
  }
  const open: Use[] = [];
  for (const use of question.uses) {
    const path = ancestry.statement(use.place, use.line.measure)?.path;
    const total = path === undefined ? undefined : totals.get(keyOf(path, use.line.measure));
    (total?.uses ?? open).push(use);
  }

  const regions = new RegionsBelow(input);
  const stated: StatedUse[] = [];
  const refused: Unpriced[] = [];
  for (const total of totals.values()) {
    const answer = priced(total, question, regions);
    if ('line' in answer) {
      stated.push(answer);
    } else {
      refused.push(answer);
      open.push(...total.uses);
    }
  }
  return { stated, byUse: open.flatMap(byUse), unpriced: [...refused, ...open.flatMap(withoutPrice)] };
}

/** Guesses neither a region nor a price: where the uses that a total covers differ, it has to be stated nearer to them. */
function priced(total: Total, { ancestry, prices }: Question, regionsBelow: RegionsBelow): StatedUse | Unpriced {
  const { path, measure, uses } = total;
  const meaning = TOTAL_MEASURES[measure];
  const about = {
    constructPath: uses.find(({ place }) => place === path)?.constructPath ?? path,
    resourceType: uses[0]?.resourceType ?? meaning.type,
    ...agreed(uses),
    ...defined(ancestry.identityAt(path)),
  };
  const quantity = knownQuantity(total.quantity);
  if (quantity === undefined) {
    return { ...about, reason: `'${measure}' is stated as a value that is known only at deployment` };
  }
  const regions = uses.length > 0 ? distinct(uses.map(({ region }) => region)) : regionsBelow.at(path);
  if (regions.length !== 1) {
    return {
      ...about,
      reason:
        regions.length === 0
          ? `'${measure}' is stated where nothing is priced: state it at or above what is used`
          : `'${measure}' is stated for resources in ${regions.join(', ')}: state it for each region on its stack`,
    };
  }
  const [region] = regions;
  const lines = uses.map(({ line }) => line);
  const offered =
    lines.length > 0 ? lines.map(({ unitUsd }) => unitUsd) : [prices.take('unit', meaning.price ?? '', region)];
  const [unitUsd, another] = distinct(offered);
  if (another !== undefined) {
    return { ...about, reason: `'${measure}' is stated for resources of different prices: state it for each` };
  }
  if (unitUsd === undefined) {
    return { ...about, reason: `no price of ${meaning.what} in ${region} is known to this version` };
  }
  const description = `${lines[0]?.description ?? meaning.what}, ${quantity} ${counted(meaning.unit, quantity)} as stated`;
  const line: FixedLine = { kind: 'fixed', description, quantity, unit: meaning.unit, unitUsd, stated: true };
  return { ...about, region, line };
}

/** A unit behind a number: gigabytes have no plural. */
function counted(unit: string, quantity: number): string {
  return quantity === 1 || unit.startsWith('GB') ? unit : `${unit}s`;
}

function totalsIn({ path, usage }: WrittenFacts): Total[] {
  return Object.entries(usage ?? {})
    .filter(([measure, quantity]) => Object.hasOwn(TOTAL_MEASURES, measure) && quantity !== undefined)
    .map(([measure, quantity]) => ({ path, measure: measure as TotalMeasure, quantity, uses: [] }));
}

/** Both of two totals that are stated at one path. */
function added(total: Total, other: Total | undefined): Total {
  if (other === undefined) {
    return total;
  }
  const [one, another] = [knownQuantity(other.quantity), knownQuantity(total.quantity)];
  return { ...total, quantity: one === undefined || another === undefined ? undefined : one + another };
}

/** The tags in which all uses agree. */
function agreed(uses: readonly Use[]) {
  const [first, ...others] = uses;
  const tags = ['base', 'environment', 'owner', 'project'] as const;
  const common = tags.filter((tag) => others.every((other) => other[tag] === first?.[tag]));
  return defined(Object.fromEntries(common.map((tag) => [tag, first?.[tag]])));
}

function byUse({ line: { description, unit, measure, unitUsd }, place, ...about }: Use): ByUse[] {
  return unitUsd === undefined ? [] : [{ ...about, description, unit, unitUsd, measure }];
}

function withoutPrice({ line: { description, unitUsd }, region, place, ...about }: Use): Unpriced[] {
  const reason = `by use: ${description}, of which no price in ${region} is known to this version`;
  return unitUsd === undefined ? [{ ...about, reason, byUse: true }] : [];
}

function defined<T extends object>(tags: T): T {
  return Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== undefined)) as T;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function isWithin(scope: string, path: string): boolean {
  return scope === '' || path === scope || path.startsWith(`${scope}/`);
}

function keyOf(path: string, measure: string): string {
  return `${measure} ${path}`;
}
