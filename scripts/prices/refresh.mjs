import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { MAPPED_SERVICES, mapAddress, mapFile, OFFERS_BY_REGION, offerAddress, offerFile } from './addresses.mjs';
import { readBulkOffer } from './bulk-offer.mjs';
import { withBulkOffers, withPriceMap } from './merge.mjs';
import { readPriceMap } from './price-map.mjs';

/**
 * A table with what AWS publishes, or with what a folder of downloads has.
 *
 * @param {object} table as it is
 * @param {string | undefined} folder with files that are named as in addresses.mjs; what it lacks is left as it is
 * @param {(line: string) => void} say what is done: some bulk offers have hundreds of megabytes
 */
export async function refreshed(table, folder, say) {
  let next = table;
  for (const service of MAPPED_SERVICES) {
    const map = await mapOf(service, folder);
    if (map) {
      const { date, regions, missing } = readPriceMap(service, map);
      if (missing.length > 0) {
        throw new Error(
          `${service}: AWS names something else by now: ${missing.join(', ')}; see scripts/prices/fields.mjs`,
        );
      }
      const upstream = mapAddress(service);
      next = withPriceMap(next, service, { service, source: { date, from: upstream, upstream }, regions });
      say(`${service}: prices of ${date}`);
    }
  }
  const offers = {};
  for (const { offer, region } of OFFERS_BY_REGION) {
    const lines = await linesOf(offer, region, folder);
    if (lines) {
      const read = await readBulkOffer(offer, region, lines);
      offers[offer] = { ...offers[offer], [region]: read };
      say(
        `${offer} in ${region}: prices of ${read.date}, ${Object.keys(read.unit).join(', ') || 'none of those looked for'}`,
      );
    }
  }
  return Object.entries(offers).reduce(
    (merged, [offer, byRegion]) => withBulkOffers(merged, offer, offerAddress(offer, '<region>'), byRegion),
    next,
  );
}

async function mapOf(service, folder) {
  if (folder === undefined) {
    return (await fetched(mapAddress(service))).json();
  }
  const file = join(folder, mapFile(service));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

async function linesOf(offer, region, folder) {
  if (folder === undefined) {
    const { body } = await fetched(offerAddress(offer, region));
    return createInterface({ input: Readable.fromWeb(body) });
  }
  const file = join(folder, offerFile(offer, region));
  return existsSync(file) ? createInterface({ input: createReadStream(file) }) : undefined;
}

async function fetched(address) {
  const response = await fetch(address).catch((error) => {
    throw new Error(`${address} cannot be read: ${error.cause?.message ?? error.message}`);
  });
  if (!response.ok) {
    throw new Error(`${address} answers ${response.status}`);
  }
  return response;
}
