import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { priceOf, priceTable } from '../../../src/cost/pricing/prices';
import { PLANTED } from './priced';

describe('the price table', () => {
  test('is the file of the package, which is read once', () => {
    const file = join(__dirname, '..', '..', '..', 'assets', 'cost', 'prices.json');

    expect(priceTable()).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    expect(priceTable()).toBe(priceTable());
  });

  test('has every price that is asked for, known or not, in each region', () => {
    const asked = Object.keys(PLANTED.regions['eu-central-1'].unit);

    for (const { unit } of Object.values(priceTable().regions)) {
      expect(Object.keys(unit)).toEqual(expect.arrayContaining(asked));
    }
  });

  test.each([
    [{ a: 1 }, 'a', 1],
    [{ a: 0 }, 'a', 0],
    [{ a: null }, 'a', undefined],
    [{}, 'a', undefined],
    [{}, 'constructor', undefined],
    [undefined, 'a', undefined],
  ])('gives of %j the price %s', (prices, name, price) => {
    expect(priceOf(prices, name)).toBe(price);
  });
});
