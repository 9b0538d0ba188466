import { FREE_TYPES } from './free-table';
import { UNPRICED_TYPES } from './reasons-table';
import { alarmPricers } from './services/alarms';
import { endpointPricers } from './services/endpoints';
import { functionPricers } from './services/functions';
import { gatewayPricers } from './services/gateways';
import { gluePricers } from './services/glue';
import { hostingPricers } from './services/hosting';
import { logPricers } from './services/logs';
import { machinePricers } from './services/machines';
import { nestedStackPricers } from './services/nested-stacks';
import { notebookPricers } from './services/notebooks';
import { secretPricers } from './services/secrets';
import { storePricers } from './services/stores';
import { studioPricers } from './services/studio';
import { volumePricers } from './services/volumes';
import { Pricer, Pricers, unknown, unknownMachine } from './subject';
import { isMachine } from './workloads';

const PRICERS: Pricers = {
  ...nestedStackPricers,
  ...notebookPricers,
  ...hostingPricers,
  ...studioPricers,
  ...endpointPricers,
  ...gatewayPricers,
  ...machinePricers,
  ...volumePricers,
  ...storePricers,
  ...secretPricers,
  ...alarmPricers,
  ...logPricers,
  ...functionPricers,
  ...gluePricers,
};

/** Types that a pricer looks at, free and unpriced ones aside. */
export const PRICED_TYPES: readonly string[] = Object.keys(PRICERS);

/** What prices resources of a type, undefined for a type that this version does not know. */
export function pricerOf(type: string): Pricer | undefined {
  if (Object.hasOwn(UNPRICED_TYPES, type)) {
    return () => [(isMachine(type) ? unknownMachine : unknown)(UNPRICED_TYPES[type])];
  }
  return Object.hasOwn(PRICERS, type) ? PRICERS[type] : undefined;
}

/** Whether resources of a type cost nothing by themselves. What answers for a custom resource is a function of its own. */
export function isFree(type: string): boolean {
  return FREE_TYPES.has(type) || type.startsWith('Custom::');
}

/** Whether a resource of a type has to be resolved at all: for its own price or for that of others. */
export function isPriced(type: string): boolean {
  return !isFree(type) || isLookedUp(type);
}

/** Whether the price of others follows from a resource of a type, such as a launch template. */
export function isLookedUp(type: string): boolean {
  return LOOKED_UP.has(type);
}

const LOOKED_UP: ReadonlySet<string> = new Set([
  'AWS::SageMaker::EndpointConfig',
  'AWS::EC2::LaunchTemplate',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::Subnet',
]);
