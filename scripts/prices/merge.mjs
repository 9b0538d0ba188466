import { UNIT_FIELDS } from './fields.mjs';
import { REGION_CODES } from './regions.mjs';

const familyOf = (type) => type.split('.')[0];

/**
 * A table with what a price map says: newer prices replace, and what the map has no longer is unknown from then on.
 * A figure that was found alone stays where the map has none.
 *
 * @param {string} id by which the table names the source
 * @param {{ service: string, source: { date: string }, regions: object }} map as read
 */
export function withPriceMap(table, id, { service, source, regions }) {
  const next = structuredClone(table);
  const isFound = ({ field }) => REGION_CODES.some((region) => field in regions[region].unit);
  const fields = UNIT_FIELDS.filter((field) => field.service === service && isFound(field)).map(({ field }) => field);
  for (const region of REGION_CODES) {
    setUnits(next, region, fields, regions[region].unit, true);
    if (service === 'sagemaker') {
      const others = exceptionsIn(next, region).filter((type) => !(type in regions[region].ml));
      next.regions[region].ml = { ...only(next.regions[region].ml, others), ...regions[region].ml };
    } else if (service === 'ec2') {
      next.regions[region].ec2 = only(regions[region].ec2, comparable(table, regions[region].ec2));
    }
  }
  if (service === 'sagemaker') {
    next.exceptions = withoutTypes(next.exceptions, (region, type) => type in regions[region].ml);
  }
  return sourced(next, id, source, [
    ...fields,
    ...(service === 'sagemaker' ? ['ml'] : []),
    ...(service === 'ec2' ? ['ec2'] : []),
  ]);
}

/**
 * A table with what bulk offers say of some regions: unit prices that no price map has, and ML instance types that the price
 * map lacks.
 */
export function withBulkOffers(table, offer, upstream, byRegion) {
  const next = structuredClone(table);
  const read = Object.keys(byRegion);
  const known = UNIT_FIELDS.filter((field) => field.offer === offer).map(({ field }) => field);
  const fields = known.filter((field) => read.some((region) => field in byRegion[region].unit));
  for (const region of read) {
    setUnits(next, region, fields, byRegion[region].unit, false);
    const others = exceptionsIn(next, region);
    const lacking = Object.entries(byRegion[region].ml).filter(
      ([type]) => !(type in next.regions[region].ml) || others.includes(type),
    );
    Object.assign(next.regions[region].ml, Object.fromEntries(lacking));
    const types = lacking.map(([type]) => type);
    next.exceptions = withoutTypes(next.exceptions, (where, type) => where === region && types.includes(type));
    if (types.length > 0) {
      next.exceptions[offer] = { ...next.exceptions[offer], [region]: types };
    }
  }
  const isPart = read.length < REGION_CODES.length && table.sources[offer];
  const dates = [...read.map((region) => byRegion[region].date), ...(isPart ? [table.sources[offer].date] : [])].sort();
  return sourced(next, offer, { date: dates[0], from: upstream, upstream }, fields);
}

function setUnits(next, region, fields, found, isWhole) {
  for (const field of fields) {
    const isAlone = next.single[field]?.[region] !== undefined;
    if (field in found) {
      next.regions[region].unit[field] = found[field];
      if (isAlone) {
        delete next.single[field][region];
      }
    } else if (isWhole && !isAlone) {
      next.regions[region].unit[field] = null;
    }
  }
}

/** With a source for fields, and without sources that nothing comes from any more. */
function sourced(next, id, source, fields) {
  next.sources[id] = source;
  Object.assign(next.fields, Object.fromEntries(fields.map((field) => [field, id])));
  const used = new Set([...Object.values(next.fields), ...Object.keys(next.exceptions)]);
  next.sources = Object.fromEntries(Object.entries(next.sources).filter(([name]) => used.has(name)));
  return next;
}

function exceptionsIn(table, region) {
  return Object.values(table.exceptions).flatMap((byRegion) => byRegion[region] ?? []);
}

function withoutTypes(exceptions, isOut) {
  const kept = Object.entries(exceptions).map(([source, byRegion]) => [
    source,
    Object.fromEntries(
      Object.entries(byRegion)
        .map(([region, types]) => [region, types.filter((type) => !isOut(region, type))])
        .filter(([, types]) => types.length > 0),
    ),
  ]);
  return Object.fromEntries(kept.filter(([, byRegion]) => Object.keys(byRegion).length > 0));
}

/** Types of families that the table has: it leaves out the others, and bare metal. */
function comparable(table, types) {
  const families = new Set(Object.values(table.regions).flatMap(({ ec2 }) => Object.keys(ec2).map(familyOf)));
  return Object.keys(types).filter((type) => families.has(familyOf(type)) && !type.includes('metal'));
}

function only(prices, types) {
  return Object.fromEntries(types.map((type) => [type, prices[type]]));
}
