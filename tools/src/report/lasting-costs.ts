import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import type { AssemblyResource } from '../assembly/model';

/** What a resource costs as long as it exists. */
export interface LastingCost {
  readonly monthlyUsd: number;

  /** Whether there is a cost besides, by use or without a price. */
  readonly more: boolean;
}

type Place = Pick<AssemblyResource, 'path' | 'type'>;

/** What resources go on costing where they outlive their stack. */
export class LastingCosts {
  private readonly known = new Map<string, number>();
  private readonly open = new Set<string>();

  /** Uses that are stated for all below a construct: nobody knows the share of one resource. */
  private readonly stated = new Set<string>();

  constructor({ items, byUse, unpriced }: Estimate) {
    for (const { constructPath: path, resourceType: type, monthlyUsd, stated } of items) {
      const key = keyOf({ path, type });
      this.known.set(key, (this.known.get(key) ?? 0) + monthlyUsd);
      if (stated) {
        this.stated.add(key);
      }
    }
    for (const { constructPath: path, resourceType: type } of [...byUse, ...unpriced]) {
      this.open.add(keyOf({ path, type }));
    }
  }

  /** Nothing where the resource is not known to cost anything. */
  public of(place: Place): LastingCost | undefined {
    const key = keyOf(place);
    const monthlyUsd = this.known.get(key) ?? 0;
    const more = this.open.has(key) || this.isStatedAbove(place);
    return monthlyUsd > 0 || more ? { monthlyUsd, more } : undefined;
  }

  private isStatedAbove({ path, type }: Place): boolean {
    const parts = path.split('/');
    return parts.some((_, index) => this.stated.has(keyOf({ path: parts.slice(0, index).join('/'), type })));
  }
}

function keyOf({ path, type }: Place): string {
  return `${type} ${path}`;
}
