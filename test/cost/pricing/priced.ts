import {
  type CostedResource,
  type Estimate,
  type EstimateInput,
  estimate,
  type PriceTable,
} from '../../../src/cost/pricing';
import type { UnitName } from '../../../src/cost/pricing/prices';
import type { WrittenFacts } from '../../../src/private/facts';
import type { Properties } from '../../../src/private/template';

/** What a test says of a resource; the rest is that of one in Frankfurt. */
export type Described = Partial<CostedResource> & Pick<CostedResource, 'type'>;

/** Prices that are told apart at sight, and do not change with the table of the package. */
const UNIT: { readonly [name in UnitName]: number } = {
  interfaceEndpointPerAzHour: 0.01,
  interfaceEndpointPerGb: 0.02,
  publicIpv4Hour: 0.005,
  s3StandardGbMonth: 0.023,
  s3PutPerRequest: 0.000005,
  s3GetPerRequest: 0.0000004,
  kmsKeyMonth: 1,
  kmsPerRequest: 0.000003,
  lambdaGbSecondX86: 0.000016,
  lambdaGbSecondArm: 0.000013,
  lambdaPerRequest: 0.0000002,
  glueDpuHour: 0.44,
  glueFlexDpuHour: 0.29,
  cwAlarmMonth: 0.1,
  cwCustomMetricMonth: 0.3,
  cwLogsIngestGb: 0.5,
  cwLogsIngestIaGb: 0.25,
  cwLogsStoredGbMonth: 0.03,
  cwDashboardMonth: 3,
  secretMonth: 0.4,
  natGatewayHour: 0.045,
  natGatewayPerGb: 0.046,
  ebsGp2GbMonth: 0.1,
  ebsGp3GbMonth: 0.08,
  mlStorageGbMonth: 0.14,
  endpointDataPerGb: 0.016,
  ecrGbMonth: 0.11,
  efsStandardGbMonth: 0.3,
  stateTransition: 0.000025,
};

/** Two regions with all prices, and Oregon without any. */
export const PLANTED: PriceTable = {
  schema: 1,
  currency: 'USD',
  hoursPerMonth: 730,
  pricesOf: '2026-01-02',
  regions: {
    'eu-central-1': { unit: UNIT, ml: { 'ml.t3.medium': 0.06, 'ml.m5.large': 0.2 }, ec2: { 't3.medium': 0.04 } },
    'us-east-1': { unit: { ...UNIT, interfaceEndpointPerGb: 0.03 }, ml: { 'ml.t3.medium': 0.05 }, ec2: {} },
    'us-west-2': { unit: Object.fromEntries(Object.keys(UNIT).map((name) => [name, null])), ml: {}, ec2: {} },
  },
};

/** A resource at `Stack/It`, unless its stack or logical id is another. */
export function resource({ type, logicalId = 'It', stack = 'Stack', ...others }: Described): CostedResource {
  return { path: `${stack}/${logicalId}`, logicalId, stack, type, properties: {}, region: 'eu-central-1', ...others };
}

/** What resources cost at the planted prices. */
export function estimateOf(
  resources: readonly Described[],
  { prices = PLANTED, ...others }: Partial<EstimateInput> & { readonly prices?: PriceTable } = {},
): Estimate {
  return estimate({ resources: resources.map(resource), facts: [], defaultRegion: 'us-east-1', ...others }, prices);
}

/** What one resource costs, beside others that it may refer to. */
export function costOf(type: string, properties: Properties = {}, others: readonly Described[] = []): Estimate {
  return estimateOf([{ type, properties }], { lookup: others.map(resource) });
}

/** What one resource costs in a region whose prices have no source. */
export function costWithoutPrices(type: string, properties: Properties = {}): Estimate {
  return estimateOf([{ type, properties, region: 'us-west-2' }]);
}

/** Facts of a construct, in short. */
export function facts(path: string, told: Partial<WrittenFacts>): WrittenFacts {
  return { path, stack: 'Stack', kind: 'Told', ...told };
}

/** What an estimate counts: its amounts by their descriptions. */
export function amounts({ items }: Estimate): { [description: string]: number } {
  return Object.fromEntries(items.map(({ description, monthlyUsd }) => [description, monthlyUsd]));
}

/** Why an estimate leaves out what it leaves out. */
export function reasons({ unpriced }: Estimate): string[] {
  return unpriced.map(({ reason }) => reason);
}

/** What an estimate offers by use: what a unit costs, by measures. */
export function offers({ byUse }: Estimate): { [measure: string]: number } {
  return Object.fromEntries(byUse.map(({ measure, unitUsd }) => [measure, unitUsd]));
}
