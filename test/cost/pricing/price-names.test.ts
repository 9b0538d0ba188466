import { PRICE_NAMES } from '../../../src/cost/pricing/price-names';
import { TABLE } from '../../prices/planted-table';

describe('the names of prices', () => {
  test('are there for each single figure that an estimate may take, and told apart', () => {
    const taken = Object.keys(TABLE.single).filter((name) => name !== 'processingStorageGbMonth');

    expect(taken.filter((name) => !(name in PRICE_NAMES))).toEqual([]);
    expect(new Set(Object.values(PRICE_NAMES)).size).toBe(Object.keys(PRICE_NAMES).length);
  });
});
