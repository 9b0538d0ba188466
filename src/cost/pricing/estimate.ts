import { Ancestry } from './ancestry';
import type { CostedResource, Estimate, EstimateInput, Item, Unpriced } from './model';
import { placed, placeOf } from './places';
import { PriceTable, priceTable } from './prices';
import { isFree, pricerOf } from './registry';
import { ResourceIndex } from './resource-index';
import { FixedLine, Line, Subject, unknown, unknownMachine } from './subject';
import { About, Use, usageOf } from './totals';
import { UsedPrices } from './used-prices';
import { isMachine, isWorkload } from './workloads';

/** Millionths of a dollar are the finest that an amount is told in. */
const MICRO = 1e6;
const MICROS_OF_A_CENT = 1e4;
const CENTS = 100;

/** Kind of the facts of what stops idle notebooks. */
const LIFECYCLE = 'NotebookLifecycle';
const NOTEBOOK = 'AWS::SageMaker::NotebookInstance';

/** What resources cost per month: fixed where they cost by the hour or the piece, by use where usage decides. */
export function estimate(input: EstimateInput, prices: PriceTable = priceTable()): Estimate {
  return new Estimation({ ...input, facts: placed(input) }, prices).made();
}

/** Sum of amounts, exact to the cent. */
export function totalOf(items: readonly { readonly monthlyUsd: number }[]): number {
  const micros = items.reduce((sum, { monthlyUsd }) => sum + Math.round(monthlyUsd * MICRO), 0);
  return Math.round(micros / MICROS_OF_A_CENT) / CENTS;
}

class Estimation {
  private readonly ancestry: Ancestry;
  private readonly index: ResourceIndex;
  private readonly used: UsedPrices;
  private readonly assumptions = new Set<string>();

  constructor(
    private readonly input: EstimateInput,
    private readonly prices: PriceTable,
  ) {
    this.ancestry = new Ancestry(input.facts);
    this.index = new ResourceIndex(input);
    this.used = new UsedPrices(prices);
  }

  public made(): Estimate {
    const items: Item[] = [];
    const uses: Use[] = [];
    const unpriced: Unpriced[] = [];
    for (const resource of this.input.resources.filter(({ type }) => !isFree(type))) {
      const about = this.attributed(resource);
      const lines = this.linesOf(resource, about.region);
      if (resource.condition !== undefined && lines.length > 0) {
        this.assume(`Resources count in full although the condition ${resource.condition} may leave them out.`);
      }
      for (const line of lines) {
        if (line.kind === 'fixed') {
          items.push(itemOf(about, line));
          this.assume(line.assumes);
        } else if (line.kind === 'usage') {
          uses.push({ ...about, place: placeOf(resource), line });
        } else {
          const { region, ...whose } = about;
          const { kind, ...why } = line;
          unpriced.push({ ...whose, ...why });
        }
      }
    }
    const { input, ancestry, used } = this;
    const usage = usageOf({ uses, input, ancestry, prices: used });
    items.push(...usage.stated.map(({ line, ...about }) => itemOf(about, line)));
    this.assume(idleStop(input, items));
    const { currency, hoursPerMonth } = this.prices;
    return {
      monthlyTotal: totalOf(items),
      items,
      byUse: usage.byUse,
      unpriced: [...unpriced, ...usage.unpriced],
      assumptions: [
        `Prices are AWS list prices in ${currency}, the oldest of ${used.oldest}: on demand, without tax, discounts, savings plans and free tier.`,
        `A month has ${hoursPerMonth} hours.`,
        ...this.assumptions,
        ...used.assumptions,
      ],
      pricesOf: used.oldest,
    };
  }

  private attributed(resource: CostedResource): About {
    const { defaultRegion } = this.input;
    if (resource.region === undefined) {
      this.assume(`Stacks whose region only the deployment knows are priced in ${defaultRegion}.`);
    }
    const usedBy = this.ancestry.usedBy(placeOf(resource));
    return {
      constructPath: resource.path,
      resourceType: resource.type,
      region: resource.region ?? defaultRegion,
      ...this.ancestry.identityOf(resource),
      ...(isWorkload(resource) && { workload: true }),
      ...(usedBy.length > 0 && { usedBy }),
    };
  }

  private linesOf(resource: CostedResource, region: string): Line[] {
    const { regions, hoursPerMonth } = this.prices;
    const pricer = pricerOf(resource.type);
    if (!pricer) {
      return [unknown(`the price of ${resource.type} is not known to this version`)];
    }
    if (!Object.hasOwn(regions, region)) {
      const reason = `this version has no prices of the region ${region}`;
      return [isMachine(resource.type) ? unknownMachine(reason) : unknown(reason)];
    }
    return pricer(new Subject(resource, region, this.used, hoursPerMonth, this.index, this.ancestry));
  }

  private assume(sentence: string | undefined): void {
    if (sentence !== undefined) {
      this.assumptions.add(sentence);
    }
  }
}

/** A stop of idle notebooks leaves hours that nobody knows before. */
function idleStop({ facts }: EstimateInput, items: readonly Item[]): string | undefined {
  const stops = facts.some(
    ({ kind, details = [] }) => kind === LIFECYCLE && details.some((detail) => detail.startsWith('idle stop')),
  );
  const runs = items.some(({ resourceType, unit, stated }) => resourceType === NOTEBOOK && unit === 'hour' && !stated);
  return stops && runs ? 'Idle stop is not counted: state notebookHours with MlUsage.' : undefined;
}

function itemOf(about: About, { description, quantity, unit, unitUsd, stated = false }: FixedLine): Item {
  const monthlyUsd = Math.round(quantity * unitUsd * MICRO) / MICRO;
  return { ...about, description, quantity, unit, unitUsd, monthlyUsd, stated };
}
