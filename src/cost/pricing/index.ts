export { estimate } from './estimate';
export type { ByUse, CostedResource, CostedStack, Estimate, EstimateInput, Item, Unpriced } from './model';
export { type PriceTable, priceTable, type RegionPrices } from './prices';
export { isLookedUp, isPriced } from './registry';
export { type Sharing, sharing } from './sharing';
