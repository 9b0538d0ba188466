import { PRICE_NAMES } from './price-names';
import { PriceTable, priceOf, SinglePrice, UnitName } from './prices';

/** Lists of prices of a region. */
export type PriceList = 'unit' | 'ml' | 'ec2';

const DAY = 'YYYY-MM-DD'.length;

/** The prices that an estimate is made with: it is as old, and as doubtful, as these and not as the whole table. */
export class UsedPrices {
  private readonly dates = new Set<string>();
  private readonly doubts = new Set<string>();

  constructor(private readonly table: PriceTable) {}

  /** Day of the oldest price that was taken and whose day is known, else that of the table. */
  public get oldest(): string {
    return [...this.dates].sort()[0] ?? this.table.pricesOf;
  }

  /** What is doubtful about the prices that were taken, in sentences. */
  public get assumptions(): readonly string[] {
    return [...this.doubts];
  }

  /** A price by its name, undefined where it has no source. */
  public take(list: PriceList, name: string, region: string): number | undefined {
    const prices = Object.hasOwn(this.table.regions, region) ? this.table.regions[region] : undefined;
    const price = priceOf(prices?.[list], name);
    if (price === undefined) {
      return undefined;
    }
    const single = list === 'unit' ? this.table.single?.[name]?.[region] : undefined;
    if (single === undefined) {
      this.note(this.sourceOf(list, name, region));
    } else {
      this.weigh(single, `The price of ${PRICE_NAMES[name as UnitName]} in ${region}`);
    }
    const machine = list === 'ml' ? priceOf(prices?.ec2, name.replace(/^ml\./, '')) : undefined;
    if (machine !== undefined && price < machine) {
      this.doubts.add(
        `AWS's price list has ${name} in ${region} at USD ${price}, below the USD ${machine} of its EC2 instance: check it.`,
      );
    }
    return price;
  }

  private weigh({ confidence, origin = 'one public source', date }: SinglePrice, price: string): void {
    const day = date ?? undefined;
    this.note(day);
    if (confidence !== 'high') {
      this.doubts.add(`${price} comes from ${origin} (${day ?? 'of an unknown date'}).`);
    } else if (day === undefined) {
      this.doubts.add(`${price} is of an unknown date.`);
    }
  }

  /** Of some lists only the month is known. */
  private note(date: string | undefined): void {
    if (date !== undefined) {
      this.dates.add(date.length < DAY ? `${date}-01` : date);
    }
  }

  private sourceOf(list: PriceList, name: string, region: string): string {
    const { fields, exceptions = {}, sources, pricesOf } = this.table;
    const other =
      list === 'ml' ? Object.keys(exceptions).find((source) => exceptions[source][region]?.includes(name)) : undefined;
    return sources?.[other ?? fields?.[list === 'unit' ? name : list] ?? '']?.date ?? pricesOf;
  }
}
