const MONEY = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const PRICE = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6, maximumFractionDigits: 12 });
const HALF_A_CENT = 0.005;

/** USD with two decimals, such as `1,234.50`. Nothing is `0.00`, on whichever side of it rounding came from. */
export function money(usd: number): string {
  return MONEY.format(Math.abs(usd) < HALF_A_CENT ? 0 : usd);
}

/** A difference, which always has a sign unless it is nothing. */
export function signedMoney(usd: number): string {
  return usd >= HALF_A_CENT ? `+${money(usd)}` : money(usd);
}

/** A price of one unit: at least two decimals, and as many more as one far below a cent takes. */
export function unitMoney(usd: number): string {
  const price = PRICE.format(usd);
  return /\.\d\d/.test(price) ? price : money(usd);
}

/** Whether two sums differ in what is printed of them. */
export function differs(before: number, after: number): boolean {
  return Math.abs(after - before) >= HALF_A_CENT;
}
