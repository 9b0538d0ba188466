import { mapAddress } from './addresses.mjs';
import { UNIT_FIELDS } from './fields.mjs';
import { withPriceMap } from './merge.mjs';
import { ORIGINS } from './origins.mjs';
import { readPriceMap } from './price-map.mjs';
import { REGION_CODES } from './regions.mjs';

/** A table with the prices of the two files that it began with, and nothing else. */
export function imported(prices, instances) {
  for (const { regions } of [prices, instances]) {
    if (Object.keys(regions).sort().join() !== [...REGION_CODES].sort().join()) {
      throw new Error(`Prices must be of ${REGION_CODES.join(', ')}, got: ${Object.keys(regions).join(', ')}`);
    }
  }
  const regions = REGION_CODES.map((region) => {
    const { mlInstances, ...unit } = prices.regions[region];
    const ml = Object.entries(mlInstances).map(([type, { usdPerHour }]) => [type, usdPerHour]);
    return [region, { unit: knownUnits(unit), ml: Object.fromEntries(ml), ec2: instances.regions[region] }];
  });
  const known = prices.regions[REGION_CODES[0]];
  const fields = UNIT_FIELDS.filter(({ field, service }) => service && field in known);
  return {
    sources: ORIGINS,
    inputs: {},
    fields: {
      ...Object.fromEntries(fields.map(({ field, service }) => [field, service])),
      ml: 'sagemaker',
      ec2: 'ec2',
    },
    exceptions: { jupyterlab: jupyterLabTypes(prices) },
    single: {},
    regions: Object.fromEntries(regions),
  };
}

/** Adds extracts of price maps, except where the table has what is newer. */
export function withExtracts(table, extracts) {
  return extracts.reduce((next, [id, { service, from, licence, ...map }]) => {
    const { date, regions } = readPriceMap(service, map);
    const isOld = [id, service].some(
      (source) => hasFieldsOf(next, source, regions) && next.sources[source].date > date,
    );
    const source = { date, from, licence, upstream: mapAddress(service) };
    return isOld ? next : withPriceMap(next, id, { service, source, regions });
  }, table);
}

/** Adds figures that were found one by one, each where no price list has one. */
export function withSingleFigures(table, figures) {
  const next = structuredClone(table);
  for (const [field, byRegion] of Object.entries(figures)) {
    for (const [region, { usd, ...evidence }] of Object.entries(byRegion)) {
      const { unit } = next.regions[region];
      if (!(field in next.fields) || (unit[field] ?? null) === null || next.single[field]?.[region]) {
        unit[field] = usd;
        next.single[field] = { ...next.single[field], [region]: evidence };
      }
    }
  }
  return next;
}

function hasFieldsOf(table, source, regions) {
  const fields = Object.values(regions).flatMap(({ unit }) => Object.keys(unit));
  return fields.some((field) => table.fields[field] === source);
}

function knownUnits(unit) {
  const unknown = Object.keys(unit).filter((name) => !UNIT_FIELDS.some(({ field }) => field === name));
  if (unknown.length > 0) {
    throw new Error(`Unit prices must be known fields, got: ${unknown.join(', ')}`);
  }
  return unit;
}

/** Types that only the second source of the file has, by region. */
function jupyterLabTypes({ regions }) {
  const types = REGION_CODES.map((region) => [
    region,
    Object.entries(regions[region].mlInstances)
      .filter(([, { src }]) => src === 'B')
      .map(([type]) => type),
  ]);
  return Object.fromEntries(types.filter(([, ofRegion]) => ofRegion.length > 0));
}
