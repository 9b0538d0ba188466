/** `SageMaker NotebookInstance` for `AWS::SageMaker::NotebookInstance`. */
export function typeOf({ resourceType }: { readonly resourceType: string }): string {
  return resourceType.replace(/^AWS::/, '').replaceAll('::', ' ');
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
