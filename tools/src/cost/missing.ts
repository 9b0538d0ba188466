import type { Estimate, Unpriced } from 'cdk-ml-infra/lib/cost/pricing';
import { money } from './money';

/** Costs that are named in a sentence. */
const NAMED = 5;

/** What the total lacks: costs without a price, mere costs by use aside. */
export function missingIn({ unpriced }: Pick<Estimate, 'unpriced'>): Unpriced[] {
  return unpriced.filter(({ byUse }) => !byUse);
}

/** Machines first, since they cost most, and last what only use costs. */
export function gravestFirst<Missing extends Pick<Unpriced, 'machine' | 'byUse'>>(
  unpriced: readonly Missing[],
): Missing[] {
  return [...unpriced].sort((one, other) => gravity(other) - gravity(one));
}

/** A sum, which is the least that it can be where something has no price. */
export function sumOf(usd: number, missing: number): string {
  return `${missing > 0 ? 'at least ' : ''}${money(usd)}`;
}

/** Such as `, 7 costs without a price`; empty where nothing is missing. */
export function andMissing(missing: number): string {
  return missing === 0 ? '' : `, ${missing} ${missing === 1 ? 'cost' : 'costs'} without a price`;
}

/** Where prices are missing and why, in a sentence. */
export function named(unpriced: readonly Unpriced[]): string {
  const more = unpriced.length > NAMED ? [`and ${unpriced.length - NAMED} more`] : [];
  const first = gravestFirst(unpriced).slice(0, NAMED);
  return [...first.map(({ constructPath, reason }) => `${constructPath} (${reason})`), ...more].join(', ');
}

/** What a reason says that has no price: `ml.p6.48xlarge` of one of SageMaker's, else the reason itself. */
export function subjectOf({ reason }: Unpriced): string {
  return /^no price of (.+?)(?: for SageMaker| of EC2)? in \S+ is known/.exec(reason)?.[1] ?? reason;
}

function gravity({ machine, byUse }: Pick<Unpriced, 'machine' | 'byUse'>): number {
  return machine ? 2 : byUse ? 0 : 1;
}
