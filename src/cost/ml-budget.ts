import { Annotations, Lazy, Stack, TagManager, Token } from 'aws-cdk-lib';
import * as budgets from 'aws-cdk-lib/aws-budgets';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { fail, nameOf, requireKnown, requireList, requirePattern, requireWholeNumber } from '../private/checks';
import { tellFacts } from '../private/facts';
import { BASE_TAG } from '../private/identity';
import { FLAG, having, Kinds, listOf, NUMBER, requireKinds, TEXT } from '../private/kinds';
import { allowBudgets } from './budget-topic';
import { assumedRegion, isAgnostic } from './cost-scope';
import { dollars } from './cost-table';
import { machinesWithoutPrice } from './machines-without-price';
import { MlCostEstimate, MlCostItem } from './ml-cost-estimate';

/** Alerts that AWS keeps for a budget, of what is spent and of what is forecast together. */
const MOST_ALERTS = 5;

/** Properties of `MlBudget`. */
export interface MlBudgetProps {
  /**
   * Addresses that get the alerts, at most 10.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-budgets-budget-notificationwithsubscribers.html
   * @default - `topic` gets them, and has to be given.
   */
  readonly emails?: string[];

  /**
   * Standard topic of this account that gets the alerts. If it is defined in this app, its policy and that of its key
   * are extended.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   * @default - `emails` get them, and have to be given.
   */
  readonly topic?: sns.ITopic;

  /**
   * USD per month, more than 0.
   *
   * @default - The estimate of `covers` and `marginPercent` on top, computed anew by each synthesis. A warning names
   * machines that it leaves out because their price is not known.
   */
  readonly monthlyUsd?: number;

  /**
   * Percent that are added to the estimate for what is charged by use, from 0 to 1000.
   *
   * @default 20
   */
  readonly marginPercent?: number;

  /**
   * Percents of the budget, each from 1 to 1000, at which somebody is told because they are spent. At most 5 together
   * with those of `forecastAtPercent`.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html
   * @default [80, 100]
   */
  readonly alertAtPercent?: number[];

  /**
   * Percents of the budget, each from 1 to 1000, at which somebody is told because AWS expects them to be spent by the
   * end of the month. AWS needs about five weeks of usage for a forecast.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
   * @default [100]
   */
  readonly forecastAtPercent?: number[];

  /**
   * What is estimated, and whose bases are watched: such as the app, where several stacks stand on one base.
   *
   * @default - What the budget is defined in.
   */
  readonly covers?: IConstruct;

  /**
   * Watch all that the account spends, and not only what carries the tag `ml-base` of a base in `covers`.
   *
   * @default false
   */
  readonly wholeAccount?: boolean;

  /**
   * Region whose prices hold for stacks that do not know their own.
   *
   * @default - `us-east-1`, and a warning says so where it matters.
   */
  readonly region?: string;
}

const KINDS: Kinds<MlBudgetProps> = {
  emails: listOf(TEXT),
  topic: having('a topic of SNS', 'topicArn'),
  monthlyUsd: NUMBER,
  marginPercent: NUMBER,
  alertAtPercent: listOf(NUMBER),
  forecastAtPercent: listOf(NUMBER),
  covers: having('a construct, such as an app or a stack', 'node'),
  wholeAccount: FLAG,
  region: TEXT,
};

/**
 * A monthly budget of AWS that tells people when the bill comes near, or is forecast to pass, what the app was estimated
 * to cost. It tells; it stops nothing.
 *
 * By default it watches what carries the tag `ml-base` of the bases that it covers. AWS sees that tag only once it is
 * activated as a cost allocation tag, by whoever pays the bill; until then such a budget shows nothing spent. It takes up
 * to a day to be listed, and another one to take effect. What carries no such tag is then neither watched nor counted.
 *
 * A budget is deleted with its stack, or when its alerts change, since AWS replaces it then. Its alerts and their history
 * go with it; what was spent stays in Cost Explorer. Budgets hold for the account and not for a region, but
 * CloudFormation does not know them in each, such as not in eu-central-2: define it in a stack of another one there.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 * @see https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2177
 * @example
 * new MlBudget(this, 'Budget', { emails: ['ml-team@example.com'] });
 */
export class MlBudget extends Construct {
  /** Name that AWS gives the budget. */
  public readonly budgetName: string;

  /** As of the last validation, after which nothing changes it. */
  private amount?: number;

  constructor(scope: Construct, id: string, props: MlBudgetProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const { emails = [], topic, alertAtPercent = [80, 100], forecastAtPercent = [100] } = props;
    const covers = props.covers ?? scope;
    requireSubscribers(this, props);
    requireAmount(this, props);
    requirePercents(this, alertAtPercent, forecastAtPercent);
    requireKnown(this, 'wholeAccount', props.wholeAccount, 'the estimate depends on it');
    const region = assumedRegion(this, props.region);

    const estimated = () => MlCostEstimate.of(covers, { region });
    const amount = () => this.amount ?? amountOf(estimated, props);
    const budget = new budgets.CfnBudget(this, 'Resource', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        // While the core looks for references, of which an amount has none, nothing need be estimated.
        budgetLimit: {
          unit: 'USD',
          amount: Lazy.uncachedNumber({ produce: ({ preparing }) => (preparing ? 0 : amount()) }),
        },
        costFilters: props.wholeAccount ? undefined : Lazy.uncachedAny({ produce: () => filterOf(basesOf(covers)) }),
      },
      notificationsWithSubscribers: [
        ...alertAtPercent.map((threshold) => ({ type: 'ACTUAL', threshold })),
        ...forecastAtPercent.map((threshold) => ({ type: 'FORECASTED', threshold })),
      ].map(({ type, threshold }) => ({
        notification: {
          notificationType: type,
          comparisonOperator: 'GREATER_THAN',
          thresholdType: 'PERCENTAGE',
          threshold,
        },
        subscribers: [
          ...emails.map((address) => ({ subscriptionType: 'EMAIL', address })),
          ...(topic ? [{ subscriptionType: 'SNS', address: topic.topicArn }] : []),
        ],
      })),
    });
    this.budgetName = budget.ref;
    if (topic) {
      allowBudgets(this, topic);
      const policy = topic.node.tryFindChild('Policy');
      if (policy) {
        budget.node.addDependency(policy); // AWS looks whether it may tell the topic
      }
    }
    this.node.addValidation({
      validate: () => {
        const cost = props.monthlyUsd === undefined ? estimated() : undefined;
        this.amount = amountOf(() => cost ?? estimated(), props);
        return this.findings(covers, this.amount, props, cost);
      },
    });
    tellFacts(this, () => ({
      kind: 'MlBudget',
      details: [props.monthlyUsd === undefined ? 'from the estimate' : `${dollars(props.monthlyUsd)} USD a month`],
      ...(topic && { links: [{ to: topic, label: 'alerts' }] }),
    }));
  }

  private findings(covers: IConstruct, amount: number, props: MlBudgetProps, cost?: MlCostEstimate): string[] {
    const name = nameOf(this);
    if (!props.wholeAccount && basesOf(covers).length === 0) {
      return [
        `${name}: 'wholeAccount' must be true, because nothing in ${nameOf(covers)} stands on a base whose tag could be watched, got: ${props.wholeAccount}`,
      ];
    }
    if (amount <= 0) {
      return [
        `${name}: 'monthlyUsd' must be stated, because no known cost of ${nameOf(covers)} is watched, got: ${props.monthlyUsd}`,
      ];
    }
    if (props.monthlyUsd === undefined && props.region === undefined && isAgnostic(covers)) {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:assumedRegion',
        `${name}: the amount follows from prices of ${assumedRegion(this)}, since a region is known only at deployment; state 'region', or give each stack an env`,
      );
    }
    const machines = machinesWithoutPrice(watched(cost?.unpriced ?? [], props));
    if (machines.length > 0) {
      const remedy = "state 'monthlyUsd', or an amount that is too low is watched";
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:unpricedMachines',
        `${name}: the amount leaves out machines whose price is not known; ${remedy}: ${machines.join('; ')}`,
      );
    }
    const share = props.monthlyUsd === undefined ? `, the estimate with ${props.marginPercent ?? 20} % on top` : '';
    Annotations.of(this).addInfoV2(
      'cdk-ml-infra:monthlyBudget',
      `The budget is ${dollars(amount)} USD a month${share}.`,
    );
    return [];
  }
}

/** The amount as it is stated, else as it follows from an estimate. */
function amountOf(estimated: () => MlCostEstimate, props: MlBudgetProps): number {
  return props.monthlyUsd ?? withMargin(watched(estimated().items, props), props.marginPercent ?? 20);
}

/** What the budget sees of costs. */
function watched<T extends { readonly baseName?: string }>(costs: readonly T[], { wholeAccount }: MlBudgetProps): T[] {
  return costs.filter(({ baseName }) => wholeAccount || baseName !== undefined);
}

/** Values of the tag of bases as resources carry it, also those that only the deployment knows. */
function basesOf(covers: IConstruct): string[] {
  const values = covers.node.findAll().map((construct) => TagManager.of(construct)?.tagValues()[BASE_TAG]);
  return [...new Set(values)].filter((value) => value !== undefined).sort();
}

/**
 * Several values of a tag are watched together.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
 */
function filterOf(bases: readonly string[]): object {
  return { TagKeyValue: bases.map((base) => `user:${BASE_TAG}$${base}`) };
}

/** Up to the next cent. */
function withMargin(items: readonly MlCostItem[], marginPercent: number): number {
  const micros = items.reduce((sum, { monthlyUsd }) => sum + Math.round(monthlyUsd * 1e6), 0);
  return Math.ceil(Math.round((micros * (100 + marginPercent)) / 100) / 1e4) / 100;
}

function requireSubscribers(scope: Construct, { emails, topic }: MlBudgetProps): void {
  if (topic === undefined && (emails === undefined || emails.length === 0)) {
    fail(scope, 'emails', "given where 'topic' is not, since a budget without a reader warns nobody", emails);
  }
  if (emails !== undefined && emails.length > 0) {
    requireList(scope, 'emails', emails, 1, 10);
  }
  for (const address of emails ?? []) {
    requirePattern(scope, 'emails', address, /^[^\s@]+@[^\s@]+$/, 'mail addresses such as ml-team@example.com');
  }
  if (topic?.fifo) {
    fail(scope, 'topic', 'a standard topic, since AWS Budgets names no group of messages', topic);
  }
  const [here, there] = [Stack.of(scope).account, topic?.env.account];
  if (there !== undefined && here !== there && !Token.isUnresolved(here) && !Token.isUnresolved(there)) {
    fail(scope, 'topic', `a topic of the account of the budget, ${here}`, `one of ${there}`);
  }
}

function requireAmount(scope: Construct, { monthlyUsd, marginPercent }: MlBudgetProps): void {
  requireKnown(scope, 'monthlyUsd', monthlyUsd, 'estimates are');
  requireKnown(scope, 'marginPercent', marginPercent, 'the amount is computed with it then');
  if (monthlyUsd !== undefined && (!Number.isFinite(monthlyUsd) || monthlyUsd <= 0)) {
    fail(scope, 'monthlyUsd', 'an amount in USD that is more than 0', monthlyUsd);
  }
  if (marginPercent !== undefined && monthlyUsd !== undefined) {
    fail(
      scope,
      'marginPercent',
      "left out where 'monthlyUsd' is given, since it is added to the estimate",
      marginPercent,
    );
  }
  if (marginPercent !== undefined && !(marginPercent >= 0 && marginPercent <= 1000)) {
    fail(scope, 'marginPercent', 'a percentage from 0 to 1000', marginPercent);
  }
}

function requirePercents(scope: Construct, alertAtPercent: number[], forecastAtPercent: number[]): void {
  for (const [prop, percents] of Object.entries({ alertAtPercent, forecastAtPercent })) {
    for (const percent of percents) {
      requireKnown(scope, prop, percent, 'alerts are told apart by it');
      requireWholeNumber(scope, prop, percent, 1, 1000);
    }
    requireList(scope, prop, percents.map(String), 0, MOST_ALERTS);
  }
  const count = alertAtPercent.length + forecastAtPercent.length;
  if (count < 1 || count > MOST_ALERTS) {
    fail(scope, 'alertAtPercent', `1 to ${MOST_ALERTS} percents together with 'forecastAtPercent'`, `${count} of them`);
  }
}
