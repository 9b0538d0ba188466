import { shown } from '../private/checks';
import { placeOf } from './cost-table';
import { MlUnpricedCost } from './ml-cost-estimate';

/** Machines that are named, beyond which they are counted. */
const NAMED = 5;

/** Which machines a sum leaves out and why, as parts of a sentence. */
export function machinesWithoutPrice(unpriced: readonly MlUnpricedCost[]): string[] {
  const machines = unpriced.filter(({ machine }) => machine);
  const others = machines.length - NAMED;
  return [
    ...machines.slice(0, NAMED).map((each) => `${placeOf(each)} (${shown(each.reason)})`),
    ...(others > 0 ? [`and ${others} more`] : []),
  ];
}
