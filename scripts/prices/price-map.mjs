import { UNIT_FIELDS } from './fields.mjs';
import { REGION_CODES, regionsNamed } from './regions.mjs';

const EC2_LINUX = 'OnDemand Linux-instancetype-';
const STUDIO = 'Studio-Notebook';

/**
 * Prices in a price map of AWS (`meteredUnitMaps`): unit prices by their keys, instance types where the map is of instances.
 *
 * @param {string} service as in the address of the map, such as `vpc`
 * @param {{ manifest: object, regions: object }} map
 * @returns the day of publication, prices by region, and keys that stand in no region
 */
export function readPriceMap(service, { manifest, regions: byName }) {
  if (manifest?.currencyCode !== 'USD' || !/^\d{4}-\d\d-\d\dT/.test(manifest.hawkFilePublicationDate ?? '')) {
    throw new Error(`${service}: the manifest must have prices in USD and a day of publication`);
  }
  const regions = Object.fromEntries(REGION_CODES.map((region) => [region, { unit: {}, ml: {}, ec2: {} }]));
  const wanted = UNIT_FIELDS.filter((field) => field.service === service);
  for (const [name, entries] of Object.entries(byName)) {
    for (const region of regionsNamed(name)) {
      for (const { list, key, entry } of priced(service, wanted, entries)) {
        const usd = amount(`${service}: ${key} in ${name}`, entry.price);
        const known = regions[region][list];
        if ((known[key] ?? usd) !== usd) {
          throw new Error(`${service}: ${key} in ${name} has two prices, ${known[key]} and ${usd}`);
        }
        known[key] = usd;
      }
    }
  }
  const isMissing = ({ field }) => REGION_CODES.every((region) => !(field in regions[region].unit));
  return {
    date: manifest.hawkFilePublicationDate.slice(0, 10),
    regions,
    missing: wanted.filter(isMissing).map(({ key }) => key),
  };
}

/** Entries of a region that the table has a place for. */
function* priced(service, wanted, entries) {
  for (const { field, key } of wanted) {
    if (entries[key]) {
      yield { list: 'unit', key: field, entry: entries[key] };
    }
  }
  for (const [key, entry] of Object.entries(entries)) {
    if (service === 'sagemaker' && entry.Component === STUDIO && entry.Instance) {
      yield { list: 'ml', key: entry.Instance, entry };
    } else if (service === 'ec2' && key.startsWith(EC2_LINUX)) {
      yield { list: 'ec2', key: key.slice(EC2_LINUX.length), entry };
    }
  }
}

/** A price as AWS writes it, such as `0.0100000000`. */
export function amount(what, text) {
  if (!/^\d+(\.\d+)?$/.test(text ?? '')) {
    throw new Error(`${what} must be a decimal number, got: ${text}`);
  }
  return Number(text);
}
