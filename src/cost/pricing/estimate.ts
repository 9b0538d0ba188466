import { Ancestry } from './ancestry';
import type { CostedResource, Estimate, EstimateInput, Item, Unpriced } from './model';
import { PriceTable, priceTable } from './prices';
import { isFree, pricerOf } from './registry';
import { ResourceIndex } from './resource-index';
import { FixedLine, Line, Subject, unknown } from './subject';
import { About, Use, usageOf } from './totals';
import { isWorkload } from './workloads';

/** Millionths of a dollar are the finest that an amount is told in. */
const MICRO = 1e6;
const MICROS_OF_A_CENT = 1e4;
const CENTS = 100;

/** What resources cost per month: fixed where they cost by the hour or the piece, by use where usage decides. */
export function estimate(input: EstimateInput, prices: PriceTable = priceTable()): Estimate {
  return new Estimation(named(input), prices).made();
}

/** Sum of amounts, exact to the cent. */
export function totalOf(items: readonly { readonly monthlyUsd: number }[]): number {
  const micros = items.reduce((sum, { monthlyUsd }) => sum + Math.round(monthlyUsd * MICRO), 0);
  return Math.round(micros / MICROS_OF_A_CENT) / CENTS;
}

/** Facts under the names that resources have: usage may be stated on the one resource of a construct. */
function named(input: EstimateInput): EstimateInput {
  return {
    ...input,
    facts: input.facts.map((each) => ({ ...each, path: each.path.replace(/\/(Resource|Default)$/, '') })),
  };
}

class Estimation {
  private readonly ancestry: Ancestry;
  private readonly index: ResourceIndex;
  private readonly assumptions: Set<string>;

  constructor(
    private readonly input: EstimateInput,
    private readonly prices: PriceTable,
  ) {
    this.ancestry = new Ancestry(input.facts);
    this.index = new ResourceIndex([...input.resources, ...(input.lookup ?? [])]);
    this.assumptions = new Set([
      `Prices are AWS list prices in ${prices.currency}, the oldest of ${prices.pricesOf}: on demand, without tax, discounts, savings plans and free tier.`,
      `A month has ${prices.hoursPerMonth} hours.`,
    ]);
  }

  public made(): Estimate {
    const items: Item[] = [];
    const uses: Use[] = [];
    const unpriced: Unpriced[] = [];
    for (const resource of this.input.resources.filter(({ type }) => !isFree(type))) {
      const about = this.attributed(resource);
      for (const line of this.linesOf(resource, about.region)) {
        if (line.kind === 'fixed') {
          items.push(itemOf(about, line));
          this.assume(line.assumes);
        } else if (line.kind === 'usage') {
          uses.push({ ...about, line });
        } else {
          const { region, ...whose } = about;
          unpriced.push({ ...whose, reason: line.reason });
        }
      }
    }
    const { input, ancestry, prices } = this;
    const usage = usageOf({ uses, input, ancestry, prices });
    items.push(...usage.stated.map(({ line, ...about }) => itemOf(about, line)));
    return {
      monthlyTotal: totalOf(items),
      items,
      byUse: usage.byUse,
      unpriced: [...unpriced, ...usage.unpriced],
      assumptions: [...this.assumptions],
      pricesOf: prices.pricesOf,
    };
  }

  private attributed(resource: CostedResource): About {
    const { defaultRegion } = this.input;
    if (resource.region === undefined) {
      this.assume(`Stacks whose region only the deployment knows are priced in ${defaultRegion}.`);
    }
    const usedBy = this.ancestry.usedBy(resource.path);
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
      return [unknown(`this version has no prices of the region ${region}`)];
    }
    const subject = new Subject(resource, region, regions[region], hoursPerMonth, this.index, this.ancestry);
    const lines = pricer(subject);
    for (const name of subject.asked) {
      const { confidence = 'high', evidence } = this.prices.single?.[name]?.[region] ?? {};
      if (confidence !== 'high') {
        this.assume(`The price ${name} in ${region} is of ${confidence} confidence: ${evidence}.`);
      }
    }
    return lines;
  }

  private assume(sentence: string | undefined): void {
    if (sentence !== undefined) {
      this.assumptions.add(sentence);
    }
  }
}

function itemOf(about: About, { description, quantity, unit, unitUsd, stated = false }: FixedLine): Item {
  const monthlyUsd = Math.round(quantity * unitUsd * MICRO) / MICRO;
  return { ...about, description, quantity, unit, unitUsd, monthlyUsd, stated };
}
