import { Annotations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { fail, nameOf, requireKnown, shown } from '../private/checks';
import { factsAbove, tellFacts } from '../private/facts';
import { FLAG, Kinds, NUMBER, required, requireKinds, TEXT } from '../private/kinds';
import { alike } from './alike-costs';
import { assumedRegion, isAgnostic } from './cost-scope';
import { dollars, largestFirst, placeOf } from './cost-table';
import { machinesWithoutPrice } from './machines-without-price';
import { MlCostEstimate } from './ml-cost-estimate';

/** Costs that are named when a limit is passed; those that read alike are one. */
const NAMED = 5;

/** What lowers most bills. */
const REMEDY =
  'raise it, or let it cost less: by smaller machines, a schedule, fewer hours stated by MlUsage (notebookHours) or interface endpoints in one zone';

/** Properties of `MlCostLimit`. */
export interface MlCostLimitProps {
  /** USD per month that the estimate may reach, 0 or more. */
  readonly monthlyUsd: number;

  /**
   * Region whose prices hold for stacks that do not know their own.
   *
   * @default 'us-east-1'
   */
  readonly region?: string;

  /**
   * Fail synthesis where the price of a machine is not known, which no sum counts. By default a warning names such
   * machines.
   *
   * @default false
   */
  readonly requirePrices?: boolean;
}

const KINDS: Kinds<MlCostLimitProps> = { monthlyUsd: required(NUMBER), region: TEXT, requirePrices: FLAG };

/**
 * Fails synthesis when what it is defined in, such as an app or a stack, costs more per month than a limit. The error
 * names the largest costs. What depends on use that nobody states, and what has no known price, is not counted; where
 * the limit stands in a stack, synthesis tells the sum and what is missing in it. Machines whose price is not known, such
 * as of a type that is new in a region, are named in a warning, or fail synthesis too.
 *
 * @example
 * new MlCostLimit(this, 'Limit', { monthlyUsd: 500 });
 */
export class MlCostLimit extends Construct {
  constructor(scope: Construct, id: string, props: MlCostLimitProps) {
    super(scope, id);
    requireKinds(this, props, KINDS);
    const { monthlyUsd } = props;
    requireKnown(this, 'monthlyUsd', monthlyUsd, 'the estimate is compared with it then');
    if (!Number.isFinite(monthlyUsd) || monthlyUsd < 0) {
      fail(this, 'monthlyUsd', 'an amount in USD that is 0 or more', monthlyUsd);
    }
    requireKnown(this, 'requirePrices', props.requirePrices, 'synthesis fails by it');
    const region = assumedRegion(this, props.region);
    this.node.addValidation({ validate: () => this.findings(scope, MlCostEstimate.of(scope, { region }), props) });
    tellFacts(this, () => ({ kind: 'MlCostLimit', details: [`${dollars(monthlyUsd)} USD a month`] }));
  }

  private findings(scope: IConstruct, cost: MlCostEstimate, { monthlyUsd, requirePrices }: MlCostLimitProps): string[] {
    const [name, total] = [nameOf(this), dollars(cost.monthlyTotal)];
    Annotations.of(this).addInfoV2(
      'cdk-ml-infra:monthlyCost',
      `${nameOf(scope)} costs ${total} of at most ${dollars(monthlyUsd)} USD a month. ${notCounted(scope, cost)}`,
    );
    const machines = machinesWithoutPrice(cost.unpriced);
    if (machines.length > 0 && !requirePrices) {
      Annotations.of(this).addWarningV2(
        'cdk-ml-infra:unpricedMachines',
        `${name}: the limit does not count machines whose price is not known: ${machines.join('; ')}`,
      );
    }
    const rule = `at least ${total}, what ${nameOf(scope)} costs; ${REMEDY}`;
    return [
      ...(cost.monthlyTotal > monthlyUsd
        ? [[`${name}: 'monthlyUsd' must be ${rule}, got: ${monthlyUsd}`, ...costsOf(scope, cost)].join('\n')]
        : []),
      ...(machines.length > 0 && requirePrices
        ? [
            `${name}: 'requirePrices' must be false, or each machine one whose price is known, unlike ${machines.join('; ')}, got: true`,
          ]
        : []),
    ];
  }
}

/** What drives a sum, and what it leaves out. */
function costsOf(scope: IConstruct, cost: MlCostEstimate): string[] {
  const groups = largestFirst(alike(cost.items));
  const others = groups.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  return [
    ...groups.slice(0, NAMED).map((group) => {
      const share = Math.round((100 * group.monthlyUsd) / cost.monthlyTotal);
      const times = group.count > 1 ? `${group.count} × ` : '';
      return `    ${dollars(group.monthlyUsd)} USD (${share} %) for ${placeOf(group)}: ${times}${shown(group.description)}`;
    }),
    ...(others > 0 ? [`    and the rest for ${others} more`] : []),
    `    ${notCounted(scope, cost)}`,
  ];
}

/** What the sum leaves out. */
function notCounted(scope: IConstruct, { byUse, unpriced, pricesOf, region }: MlCostEstimate): string {
  const measures = [...new Set(byUse.map(({ measure }) => measure))].sort();
  const above = new Set(factsAbove(scope).flatMap(({ usage = {} }) => Object.keys(usage)));
  const [elsewhere, open] = [true, false].map((stated) => measures.filter((each) => above.has(each) === stated));
  const types = [...new Set(unpriced.map(({ resourceType }) => resourceType))].sort();
  const missing = [
    ...(open.length > 0 ? [`what depends on use (MlUsage takes ${open.join(', ')})`] : []),
    ...(elsewhere.length > 0 ? [`use that is stated above it, and counted there (${elsewhere.join(', ')})`] : []),
    ...(types.length > 0 ? [`what has no known price (${types.map(shown).join(', ')})`] : []),
  ];
  const assumed = isAgnostic(scope) ? `, of ${region} where only the deployment knows the region` : '';
  const prices = `Prices are of ${pricesOf}${assumed}`;
  return missing.length === 0 ? `${prices}.` : `${prices}; not counted: ${missing.join('; ')}.`;
}
