import { UNIT_FIELDS } from './fields.mjs';
import { REGION_CODES } from './regions.mjs';

const MAPS = 'https://b0.p.awsstatic.com/pricing/2.0/meteredUnitMaps';
const OFFERS = 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws';

const each = (property) => [...new Set(UNIT_FIELDS.map((field) => field[property]).filter(Boolean))];

/** Services whose price maps are read. */
export const MAPPED_SERVICES = [...each('service'), 'sagemaker', 'ec2'];

/** Bulk offers that are read, region by region. */
export const OFFERS_BY_REGION = each('offer').flatMap((offer) => REGION_CODES.map((region) => ({ offer, region })));

/** Where AWS publishes the price map of a service. */
export function mapAddress(service) {
  return `${MAPS}/${service}/USD/current/${mapFile(service)}`;
}

/** Where AWS publishes the bulk offer of a service for a region. */
export function offerAddress(offer, region) {
  return `${OFFERS}/${offer}/current/${region}/index.csv`;
}

/** Name of the file with a price map, in a folder of downloads as at AWS. */
export function mapFile(service) {
  return `${service === 'sagemaker' ? 'sagemaker-instances-studionotebook' : service}.json`;
}

/** Name of the file with a bulk offer in a folder of downloads. */
export function offerFile(offer, region) {
  return `${offer}-${region}.csv`;
}
