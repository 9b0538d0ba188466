import type { Properties } from '../../private/template';
import type { Ancestry, Hours } from './ancestry';
import { EachMeasure, TOTAL_MEASURES, TotalMeasure } from './measures-table';
import type { CostedResource } from './model';
import type { UnitName } from './prices';
import type { ResourceIndex } from './resource-index';
import type { UsedPrices } from './used-prices';

/** What a resource costs whatever it is used for. */
export interface FixedLine {
  readonly kind: 'fixed';
  readonly description: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unitUsd: number;

  /** Whether its quantity is one that the team stated. */
  readonly stated?: boolean;

  /** What was taken for granted, in a sentence. */
  readonly assumes?: string;
}

/** What a resource costs by a measure of its use. */
export interface UsageLine {
  readonly kind: 'usage';
  readonly description: string;
  readonly unit: string;
  readonly measure: TotalMeasure;

  /** Undefined where it has no source. */
  readonly unitUsd: number | undefined;
}

/** A cost of a resource that cannot be known. */
export interface UnknownLine {
  readonly kind: 'unknown';
  readonly reason: string;

  /** Whether it is the price of a machine that is missing, and not of what belongs to one. */
  readonly machine?: true;

  /** Whether only use costs. */
  readonly byUse?: true;
}

export type Line = FixedLine | UsageLine | UnknownLine;

/** Tells what a resource costs. */
export type Pricer = (subject: Subject) => Line[];

/** Pricers by the type of resource. */
export interface Pricers {
  readonly [type: string]: Pricer;
}

/** A quantity at a price of its region. */
interface Charge {
  readonly description: string;

  /** What the price is of, for the reason if it is not known. */
  readonly priceName: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unitUsd: number | undefined;
  readonly stated?: boolean;
  readonly assumes?: string;

  /** Whether it is of a machine. */
  readonly machine?: true;
}

/** A resource whose price is asked for, with what its price follows from. */
export class Subject {
  public readonly properties: Properties;

  constructor(
    public readonly resource: CostedResource,
    public readonly region: string,
    private readonly prices: UsedPrices,
    public readonly hoursPerMonth: number,
    private readonly resources: ResourceIndex,
    private readonly ancestry: Ancestry,
  ) {
    this.properties = resource.properties ?? {};
  }

  /** The resource that a property refers to. */
  public find(reference: unknown): CostedResource | undefined {
    return this.resources.find(this.resource.stack, reference);
  }

  /** Whether it is a nested stack whose resources are known. */
  public get isRead(): boolean {
    return this.resources.hasNested(this.resource.path);
  }

  public unitPrice(name: UnitName): number | undefined {
    return this.prices.take('unit', name, this.region);
  }

  /** Price of an hour of an instance type of SageMaker or of EC2. */
  public instancePrice(service: 'ml' | 'ec2', type: string): number | undefined {
    return this.prices.take(service, type, this.region);
  }

  /** Hours of a month that it runs: as stated or as its construct tells, else all of them. */
  public hours(measure: EachMeasure): Hours {
    return (
      this.ancestry.hoursOf(this.resource, measure) ?? {
        perMonth: this.hoursPerMonth,
        because: 'always on',
        stated: false,
      }
    );
  }

  /** Such as `239 of 730 hours: weekdays 08:00 to 19:00`. */
  public spelledHours({ perMonth, because }: Hours): string {
    const share = perMonth === this.hoursPerMonth ? `${perMonth} hours` : `${perMonth} of ${this.hoursPerMonth} hours`;
    return `${share}: ${because}`;
  }

  /** A fixed cost, or that its price is not known. */
  public charge({ priceName, unitUsd, machine, ...charge }: Charge): FixedLine | Line {
    if (unitUsd !== undefined) {
      return { kind: 'fixed', unitUsd, ...charge };
    }
    const reason = `no price of ${priceName} in ${this.region} is known to this version`;
    return machine ? unknownMachine(reason) : unknown(reason);
  }

  /** A cost by use, at the price of its measure unless another is named. */
  public use(measure: TotalMeasure, other: { readonly what?: string; readonly price?: UnitName } = {}): UsageLine {
    const { what, unit, price } = { ...TOTAL_MEASURES[measure], ...other };
    return {
      kind: 'usage',
      description: what,
      unit,
      measure,
      unitUsd: price === undefined ? undefined : this.unitPrice(price),
    };
  }
}

/** That a cost cannot be known, and why. A reason that begins with `by use` names what costs: use alone. */
export function unknown(reason: string): UnknownLine {
  return { kind: 'unknown', reason, ...(reason.startsWith('by use: ') && { byUse: true }) };
}

/** That it cannot be known what a machine costs, and why. */
export function unknownMachine(reason: string): UnknownLine {
  return { ...unknown(reason), machine: true };
}
