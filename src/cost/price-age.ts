/** What to say of prices that are older than a year. */
export function priceAge(pricesOf: string, today: Date): string[] {
  const expiry = new Date(`${pricesOf}T00:00:00Z`);
  expiry.setUTCFullYear(expiry.getUTCFullYear() + 1);
  return today > expiry
    ? [
        `Prices are older than 12 months: the oldest are of ${pricesOf}. A newer version of the library may have newer ones.`,
      ]
    : [];
}
