import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** List prices as the package carries them, in USD. */
export interface PriceTable {
  readonly schema: number;
  readonly currency: string;

  /** Length of the month in which monthly figures are meant. */
  readonly hoursPerMonth: number;

  /** Date of the oldest prices, such as `2025-12-05`. */
  readonly pricesOf: string;
  readonly regions: { readonly [region: string]: RegionPrices };

  /** Where single prices are from that no published table gives, by name and region. */
  readonly single?: { readonly [name: string]: { readonly [region: string]: SinglePrice } };

  /** Days of the price lists that the others are from, or months where only these are known. */
  readonly sources?: { readonly [source: string]: { readonly date: string } };

  /** Sources of unit prices by their names, and those of `ml` and `ec2`. */
  readonly fields?: { readonly [name: string]: string };

  /** Instance types of SageMaker that are from another source, by source and region. */
  readonly exceptions?: { readonly [source: string]: { readonly [region: string]: readonly string[] } };
}

/** Where a price is from that no published table gives. */
export interface SinglePrice {
  readonly confidence: string;

  /** For those who keep the table. */
  readonly evidence: string;

  /** The same in a word for those who read an estimate, where the price is doubtful. */
  readonly origin?: string;

  /** Such as `2026-10-01`; none where nobody knows it. */
  readonly date?: string | null;
}

/** Prices of a region. `null` stands for a price without a source. */
export interface RegionPrices {
  readonly unit: { readonly [name: string]: number | null };

  /** By instance type of SageMaker, per hour. */
  readonly ml: { readonly [type: string]: number };

  /** By instance type of EC2, per hour: Linux, on demand, shared tenancy. */
  readonly ec2: { readonly [type: string]: number };
}

/** Names of the prices that are not of instance types. */
export type UnitName =
  | 'interfaceEndpointPerAzHour'
  | 'interfaceEndpointPerGb'
  | 'publicIpv4Hour'
  | 's3StandardGbMonth'
  | 's3PutPerRequest'
  | 's3GetPerRequest'
  | 'kmsKeyMonth'
  | 'kmsPerRequest'
  | 'lambdaGbSecondX86'
  | 'lambdaGbSecondArm'
  | 'lambdaPerRequest'
  | 'glueDpuHour'
  | 'glueFlexDpuHour'
  | 'cwAlarmMonth'
  | 'cwCustomMetricMonth'
  | 'cwLogsIngestGb'
  | 'cwLogsIngestIaGb'
  | 'cwLogsStoredGbMonth'
  | 'cwDashboardMonth'
  | 'secretMonth'
  | 'natGatewayHour'
  | 'natGatewayPerGb'
  | 'ebsGp2GbMonth'
  | 'ebsGp3GbMonth'
  | 'mlStorageGbMonth'
  | 'endpointDataPerGb'
  | 'ecrGbMonth'
  | 'efsStandardGbMonth'
  | 'stateTransition';

const FILE = join(__dirname, '..', '..', '..', 'assets', 'cost', 'prices.json');
let table: PriceTable | undefined;

/** The prices of this version. Read when first asked for. */
export function priceTable(): PriceTable {
  table ??= JSON.parse(readFileSync(FILE, 'utf8')) as PriceTable;
  return table;
}

/** A price of a region by its name, undefined where it has no source. */
export function priceOf(prices: { readonly [name: string]: number | null } | undefined, name: string) {
  return (prices && Object.hasOwn(prices, name) ? prices[name] : undefined) ?? undefined;
}
