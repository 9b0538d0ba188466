import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail, requireKnown } from '../private/checks';
import { tellFacts } from '../private/facts';
import { Kinds, NUMBER, required, requireKinds, TEXT } from '../private/kinds';
import { assumedRegion, nameOf } from './cost-scope';
import { dollars, largestFirst, placeOf } from './cost-table';
import { MlCostEstimate } from './ml-cost-estimate';

/** Items that are named when a limit is passed. */
const NAMED = 5;

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
}

const KINDS: Kinds<MlCostLimitProps> = { monthlyUsd: required(NUMBER), region: TEXT };

/**
 * Fails synthesis when what it is defined in, such as an app or a stack, costs more per month than a limit. The error
 * names the largest costs. What depends on use that nobody states, and what has no known price, is not counted; where
 * the limit stands in a stack, synthesis tells the sum and what is missing in it.
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
    const region = assumedRegion(this, props.region);
    this.node.addValidation({
      validate: () => {
        const cost = MlCostEstimate.of(scope, { region });
        const total = dollars(cost.monthlyTotal);
        Annotations.of(this).addInfoV2(
          'cdk-ml-infra:monthlyCost',
          `${nameOf(scope)} costs ${total} of at most ${dollars(monthlyUsd)} USD a month. ${notCounted(cost)}`,
        );
        return cost.monthlyTotal > monthlyUsd
          ? [
              [
                `${this.node.path}: 'monthlyUsd' must be at least ${total}, what ${nameOf(scope)} costs; raise it, or let it cost less, got: ${monthlyUsd}`,
                ...costsOf(cost),
              ].join('\n'),
            ]
          : [];
      },
    });
    tellFacts(this, () => ({ kind: 'MlCostLimit', details: [`${dollars(monthlyUsd)} USD a month`] }));
  }
}

/** What drives a sum, and what it leaves out. */
function costsOf(cost: MlCostEstimate): string[] {
  const [largest, others] = [largestFirst(cost.items).slice(0, NAMED), cost.items.length - NAMED];
  return [
    ...largest.map((item) => {
      const share = Math.round((100 * item.monthlyUsd) / cost.monthlyTotal);
      return `    ${dollars(item.monthlyUsd)} USD (${share} %) for ${placeOf(item)}: ${item.description}`;
    }),
    ...(others > 0 ? [`    and the rest for ${others} more`] : []),
    `    ${notCounted(cost)}`,
  ];
}

/** What the sum leaves out. */
function notCounted({ byUse, unpriced, pricesOf }: MlCostEstimate): string {
  const measures = [...new Set(byUse.map(({ measure }) => measure))].sort();
  const types = [...new Set(unpriced.map(({ resourceType }) => resourceType))].sort();
  const missing = [
    ...(measures.length > 0 ? [`what depends on use (MlUsage takes ${measures.join(', ')})`] : []),
    ...(types.length > 0 ? [`what has no known price (${types.join(', ')})`] : []),
  ];
  const prices = `Prices are of ${pricesOf}`;
  return missing.length === 0 ? `${prices}.` : `${prices}; not counted: ${missing.join('; ')}.`;
}
