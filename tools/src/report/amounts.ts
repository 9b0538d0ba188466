import { RESOURCES } from '../diagram/kinds-table';

/** What people call a type, where pictures do and no other type is called so: `Notebook`; else `EFS FileSystem`. */
export function typeOf({ resourceType }: { readonly resourceType: string }): string {
  return NAMES.get(resourceType) ?? resourceType.replace(/^AWS::/, '').replaceAll('::', ' ');
}

const NOUNS = Object.entries(RESOURCES).map(([type, { noun }]) => [type, noun] as const);

const NAMES: ReadonlyMap<string, string> = new Map(
  NOUNS.filter(([, noun]) => NOUNS.filter(([, other]) => other === noun).length === 1).map(([type, noun]) => [
    type,
    `${noun[0].toUpperCase()}${noun.slice(1)}`,
  ]),
);

/** A share of a whole, of which what is more than nothing is not written as nothing. */
export function percent(part: number): string {
  const digits = part < 10 ? 1 : 0;
  return part > 0 && part < 0.1 ? '<0.1 %' : `${part.toFixed(part === 0 ? 0 : digits)} %`;
}

/** A price of a unit, with as many digits as it has. */
export function price(usdPerUnit: number): string {
  return `$${Number(usdPerUnit.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 10 })}`;
}

/** A quantity in a unit, with no more digits than are of use: `730 hours`, `1 GB-month`. */
export function counts(quantity: number, unit: string): string {
  const plural = quantity !== 1 && /(hour|month|second|request|transition)$/.test(unit);
  return `${quantity.toLocaleString('en-US', { maximumFractionDigits: 2 })} ${unit}${plural ? 's' : ''}`;
}

/** Without the digits that only binary fractions have. */
export function cents(dollars: number): number {
  return Math.round(dollars * 10000) / 10000;
}
