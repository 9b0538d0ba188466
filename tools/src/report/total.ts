import { priceAge } from 'cdk-ml-infra/lib/cost/price-age';
import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { missingIn } from '../cost/missing';
import { counted, usd } from '../diagram/plain-text';

/** A total, and what it is without. */
export interface Total {
  /** Such as `$36.50`, or `at least $36.50` where prices are missing. */
  readonly amount: string;

  /** What is missing in the total, such as `7 costs without a price` and `plus use`. */
  readonly missing: readonly string[];

  /** Costs without a price, mere costs by use aside. */
  readonly unpriced: number;

  /** How many of them are machines, which cost most. */
  readonly machines: number;
}

/** The total of an estimate, which says what it does not know. */
export function totalOf({ monthlyTotal, unpriced, byUse }: Estimate): Total {
  const fixed = missingIn({ unpriced });
  return {
    amount: `${fixed.length > 0 ? 'at least ' : ''}${usd(monthlyTotal)}`,
    missing: [
      ...(fixed.length > 0 ? [`${counted(fixed.length, 'cost')} without a price`] : []),
      ...(byUse.length > 0 || unpriced.length > fixed.length ? ['plus use'] : []),
    ],
    unpriced: fixed.length,
    machines: fixed.filter(({ machine }) => machine).length,
  };
}

/** What to say behind the date of prices that are old. */
export function ageOf({ pricesOf }: Estimate, today: Date): string | undefined {
  return priceAge(pricesOf, today).length > 0 ? 'older than 12 months' : undefined;
}
