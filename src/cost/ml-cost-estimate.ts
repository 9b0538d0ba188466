import { IConstruct } from 'constructs';
import { nameOf } from '../private/checks';
import { Kinds, requireKinds, TEXT } from '../private/kinds';
import { assumedRegion, requireConstruct } from './cost-scope';
import { costTable } from './cost-table';
import { costedTree } from './costed-tree';
import { priceAge } from './price-age';
import { Estimate, estimate, Item, sharing } from './pricing';

/** Name of the sum of what carries no tag. */
const UNTAGGED = 'none';

/** Options of `MlCostEstimate.of`. */
export interface MlCostEstimateOptions {
  /**
   * Region whose prices hold for stacks that do not know their own.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;
}

/** A monthly cost: a quantity at a price. */
export interface MlCostItem {
  /** Path of the construct that costs it, without the `Resource` or `Default` at its end. */
  readonly constructPath: string;

  /** Type of the resource in CloudFormation, such as `AWS::SageMaker::NotebookInstance`. */
  readonly resourceType: string;

  /** What it is for, and what was assumed. */
  readonly description: string;

  /** USD per month. */
  readonly monthlyUsd: number;

  /** How much of `unit` a month takes. */
  readonly quantity: number;

  /** What the price is for, such as `hour` or `GB-month`. */
  readonly unit: string;

  /** USD per `unit`. */
  readonly unitUsd: number;

  /** Region whose price it is. */
  readonly region: string;

  /** Whether it follows from usage that `MlUsage` states, and not from the resource alone. */
  readonly stated: boolean;

  /**
   * Value of the tag `ml-owner`.
   *
   * @default - It carries no such tag.
   */
  readonly owner?: string;

  /**
   * Value of the tag `ml-environment`.
   *
   * @default - It carries no such tag.
   */
  readonly environment?: string;

  /**
   * Value of the tag `ml-project`.
   *
   * @default - It carries no such tag.
   */
  readonly project?: string;

  /**
   * Value of the tag `ml-base`.
   *
   * @default - It carries no such tag.
   */
  readonly baseName?: string;
}

/** A cost that depends on use, of which nothing is stated. It is in no sum. */
export interface MlCostByUse {
  /** Path of the construct that costs it. */
  readonly constructPath: string;

  /** Type of the resource in CloudFormation. */
  readonly resourceType: string;

  /** What is paid for. */
  readonly description: string;

  /** What the price is for, such as `GB`. */
  readonly unit: string;

  /** USD per `unit`. */
  readonly unitUsd: number;

  /** Name of the prop of `MlUsageProps` that would make an item of it. */
  readonly measure: string;

  /** Region whose price it is. */
  readonly region: string;
}

/** A cost that cannot be known. It is in no sum. */
export interface MlUnpricedCost {
  /** Path of the construct that costs it. */
  readonly constructPath: string;

  /** Type of the resource in CloudFormation. */
  readonly resourceType: string;

  /** Why it cannot be known. */
  readonly reason: string;

  /**
   * Whether the price of a machine is missing, be it of a notebook, an EC2 instance or an endpoint: then the sum may be
   * far too low.
   *
   * @default false
   */
  readonly machine?: boolean;

  /**
   * Whether it costs by use alone, and nothing without use.
   *
   * @default false
   */
  readonly byUse?: boolean;

  /**
   * Value of the tag `ml-base`.
   *
   * @default - It carries no such tag.
   */
  readonly baseName?: string;
}

/** What workloads cost with what they share, against each with all of that to itself. */
export interface MlSharingComparison {
  /** How many share what stands around them: notebooks, instances of EC2 and of endpoints. */
  readonly workloads: number;

  /** USD per month as it is. */
  readonly sharedMonthlyUsd: number;

  /** USD per month if each workload had all that is shared to itself. */
  readonly separateMonthlyUsd: number;

  /** USD per month that sharing saves. */
  readonly savedMonthlyUsd: number;

  /** What sharing saves, in percent of `separateMonthlyUsd`. */
  readonly savedPercent: number;

  /** What the comparison assumes, in sentences. */
  readonly assumptions: string[];
}

/**
 * What a part of an app costs per month, as far as that can be known without asking AWS: from the list prices in the
 * library, for constructs of this library and for all others.
 *
 * Costs by the hour, the month or the piece are summed up. A notebook counts with the hours that its schedule and
 * `maxUptime` leave, and with all hours otherwise. What is charged by use counts where `MlUsage` states the use, and is
 * listed in `byUse` otherwise. What has no known price is listed in `unpriced`, and never counted as zero. Prices are
 * on demand, without tax, discounts, savings plans and the free tier.
 *
 * It can be asked for before and after synthesis. Tags that the app sets on constructs of others are seen after it.
 *
 * @see https://aws.amazon.com/pricing/
 * @example
 * declare const app: App;
 *
 * MlUsage.set(app, { notebookHours: 160, vpcEndpointGb: 400 });
 * const cost = MlCostEstimate.of(app);
 * const total = cost.monthlyTotal;
 * const toPrint = cost.toTable();
 */
export class MlCostEstimate {
  /**
   * Estimates a construct and all below it.
   *
   * @param scope an app, a stage, a stack or a construct in one
   */
  public static of(scope: IConstruct, options: MlCostEstimateOptions = {}): MlCostEstimate {
    requireConstruct('MlCostEstimate', scope);
    requireKinds<MlCostEstimateOptions>(scope, options, KINDS, 'options');
    const region = assumedRegion(scope, options.region);
    return new MlCostEstimate(nameOf(scope), region, estimate(costedTree(scope, region)));
  }

  /** Sum of all items, in USD to the cent. */
  public readonly monthlyTotal: number;

  /** What is counted. */
  public readonly items: MlCostItem[];

  /** What depends on use that nobody states. */
  public readonly byUse: MlCostByUse[];

  /** What has no known price. */
  public readonly unpriced: MlUnpricedCost[];

  /** USD per month by the tag `ml-owner`. What carries none is under `none`. */
  public readonly byOwner: { [owner: string]: number };

  /** USD per month by the tag `ml-environment`. What carries none is under `none`. */
  public readonly byEnvironment: { [environment: string]: number };

  /** USD per month by the tag `ml-project`. What carries none is under `none`. */
  public readonly byProject: { [project: string]: number };

  /** USD per month by the tag `ml-base`. What carries none is under `none`. */
  public readonly byBase: { [base: string]: number };

  /** What sharing saves. Undefined without a workload. */
  public readonly sharing?: MlSharingComparison;

  /** What was assumed, in sentences. */
  public readonly assumptions: string[];

  /** Date of the oldest prices, such as `2025-12-05`. */
  public readonly pricesOf: string;

  /** Region whose prices hold for stacks that do not know their own. */
  public readonly region: string;

  private constructor(
    private readonly name: string,
    region: string,
    made: Estimate,
  ) {
    this.region = region;
    this.monthlyTotal = made.monthlyTotal;
    this.items = made.items.map(({ workload: _, base, ...item }) => ({ ...item, baseName: base }));
    this.byUse = made.byUse.map(({ workload: _, ...use }) => use);
    this.unpriced = made.unpriced.map(({ constructPath, resourceType, reason, machine, byUse, base }) => {
      return { constructPath, resourceType, reason, machine, byUse, baseName: base };
    });
    this.byOwner = sums(made.items, ({ owner }) => owner);
    this.byEnvironment = sums(made.items, ({ environment }) => environment);
    this.byProject = sums(made.items, ({ project }) => project);
    this.byBase = sums(made.items, ({ base }) => base);
    this.sharing = compared(made);
    this.assumptions = [...made.assumptions, ...priceAge(made.pricesOf, new Date())];
    this.pricesOf = made.pricesOf;
  }

  /**
   * The estimate as a text to print: costs from the largest on, what sharing saves, what is not counted, and what was
   * assumed.
   */
  public toTable(): string {
    return costTable(this.name, this);
  }
}

const KINDS: Kinds<MlCostEstimateOptions> = { region: TEXT };

function compared(made: Estimate): MlSharingComparison | undefined {
  const { workloads, sharedUsd, separateUsd, savedUsd, savedPercent, assumptions } = sharing(made);
  const comparison = {
    workloads,
    sharedMonthlyUsd: sharedUsd,
    separateMonthlyUsd: separateUsd,
    savedMonthlyUsd: savedUsd,
    savedPercent,
    assumptions: [...assumptions],
  };
  return workloads === 0 ? undefined : comparison;
}

/** Sums to the cent by what a function says of each item. */
function sums(items: readonly Item[], keyOf: (item: Item) => string | undefined): { [key: string]: number } {
  const micros = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item) ?? UNTAGGED;
    micros.set(key, (micros.get(key) ?? 0) + Math.round(item.monthlyUsd * 1e6));
  }
  return Object.fromEntries([...micros].map(([key, sum]) => [key, Math.round(sum / 1e4) / 100]));
}
