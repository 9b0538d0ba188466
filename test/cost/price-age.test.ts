import { priceAge } from '../../src/cost/price-age';

describe('priceAge', () => {
  test.each(['2025-12-05', '2026-06-01', '2026-12-05'])('has nothing to say on %s of prices of 2025-12-05', (today) => {
    expect(priceAge('2025-12-05', new Date(today))).toEqual([]);
  });

  test.each(['2026-12-06', '2030-01-01'])('warns on %s, more than 12 months after', (today) => {
    expect(priceAge('2025-12-05', new Date(today))).toEqual([
      expect.stringContaining('older than 12 months: the oldest are of 2025-12-05'),
    ]);
  });
});
