import type { WrittenFacts } from '../../private/facts';
import type { Properties } from '../../private/template';

/** A resource to be priced, read from a construct tree or from a template. */
export interface CostedResource {
  /** Path of its construct, without the `Resource` or `Default` at its end. */
  readonly path: string;
  readonly logicalId: string;

  /** Path of its stack: logical ids are unique there. */
  readonly stack: string;
  readonly type: string;

  /**
   * As in a template, with the intrinsic functions. From a construct tree, a reference to a resource of another stack
   * stands as `{ 'Fn::Reference': [path of its stack, logical id] }`, before and after synthesis.
   */
  readonly properties: Properties;

  /** Region of the stack; undefined where only the deployment knows it. */
  readonly region?: string;

  /**
   * Path of its construct as it is, with the `Resource` or `Default` at its end.
   *
   * @default - facts of a path that ends so are taken for its own where no resource stands at or below that path
   */
  readonly fullPath?: string;

  /**
   * Name of the condition on which the resource is created.
   *
   * @default - it is created in any case
   */
  readonly condition?: string;
}

/** A stack, or one that is nested in another. */
export interface CostedStack {
  /** Path of its construct. */
  readonly path: string;

  /** Name in CloudFormation, by which other stacks import from it. */
  readonly name: string;

  /** Undefined where only the deployment knows it. */
  readonly account?: string;
  readonly region?: string;
}

/** What an estimate is made of. */
export interface EstimateInput {
  readonly resources: readonly CostedResource[];

  /**
   * What `resources` may refer to without being priced with them, such as the launch template of a group of instances
   * that is estimated alone.
   *
   * @default - nothing
   */
  readonly lookup?: readonly CostedResource[];

  /**
   * Stacks that were read, nested ones among them. Without them, a stack has the name that the CDK gives it by its path,
   * and a nested stack counts as read if resources of it are there.
   *
   * @default - those of the resources
   */
  readonly stacks?: readonly CostedStack[];

  /** Hours, identities and stated usage. */
  readonly facts: readonly WrittenFacts[];

  /** Prices stacks whose region only the deployment knows. */
  readonly defaultRegion: string;

  /**
   * Path of the part of the tree that is estimated, where `facts` tell of what is above it too: usage that is stated
   * there for each resource counts, a total does not.
   *
   * @default - all of the tree
   */
  readonly scope?: string;
}

/** Where and whose a cost is. */
interface Attributed {
  readonly constructPath: string;
  readonly resourceType: string;
  readonly region: string;
  readonly base?: string;
  readonly environment?: string;
  readonly owner?: string;
  readonly project?: string;

  /** Whether it is for one workload alone, such as a notebook, and not for what workloads share. */
  readonly workload?: boolean;

  /** Bases that stand on it, as on a network that is defined beside them. */
  readonly usedBy?: readonly string[];
}

/** A monthly cost: a quantity at a price. */
export interface Item extends Attributed {
  /** In words, with what was assumed, such as `ml.t3.medium, 239 of 730 hours: weekdays 08:00 to 19:00`. */
  readonly description: string;
  readonly quantity: number;

  /** Such as `hour` or `GB-month`. */
  readonly unit: string;
  readonly unitUsd: number;
  readonly monthlyUsd: number;

  /** Whether it follows from usage that the team stated, and not from the resource alone. */
  readonly stated: boolean;
}

/** A cost that depends on use of which nothing is stated. */
export interface ByUse extends Attributed {
  readonly description: string;
  readonly unit: string;
  readonly unitUsd: number;

  /** Name of the measure of `MlUsage` that would turn it into an item. */
  readonly measure: string;
}

/** A cost that cannot be known. */
export interface Unpriced extends Omit<Attributed, 'region'> {
  readonly reason: string;

  /** Whether it is the price of a machine that is missing: of a notebook, an EC2 instance, an endpoint or a group. */
  readonly machine?: true;

  /** Whether only use costs: without use there is nothing missing. */
  readonly byUse?: true;
}

/** What an app costs per month, as far as it can be known. */
export interface Estimate {
  readonly monthlyTotal: number;
  readonly items: readonly Item[];
  readonly byUse: readonly ByUse[];
  readonly unpriced: readonly Unpriced[];

  /** What was assumed, in sentences: region of agnostic stacks, month of 730 hours, age of prices. */
  readonly assumptions: readonly string[];

  /** Date of the oldest prices, such as `2025-12-05`. */
  readonly pricesOf: string;
}
