import type { CostedResource, CostedStack, EstimateInput } from './model';

/** What an index is made of. */
export type Indexed = Pick<EstimateInput, 'resources' | 'lookup' | 'stacks'>;

/** Finds stacks by their names, and tells which of them were read. */
export class StackIndex {
  private readonly byPath = new Map<string, CostedStack>();
  private readonly byName = new Map<string, CostedStack[]>();

  constructor({ resources, lookup = [], stacks = [] }: Indexed) {
    for (const stack of [...stacks, ...[...resources, ...lookup].map(stackOf)]) {
      if (!this.byPath.has(stack.path)) {
        this.byPath.set(stack.path, stack);
        this.byName.set(stack.name, [...(this.byName.get(stack.name) ?? []), stack]);
      }
    }
  }

  /**
   * The stack of a name in the account of another, and in its region unless one is given. Undefined where none or several
   * may be meant.
   */
  public named(name: string, from: string, region = this.byPath.get(from)?.region): CostedStack | undefined {
    const account = this.byPath.get(from)?.account;
    const meant = (this.byName.get(name) ?? []).filter(
      (stack) => agree(stack.account, account) && agree(stack.region, region),
    );
    return meant.length === 1 ? meant[0] : undefined;
  }

  /** Whether there is a stack at a path. */
  public has(path: string): boolean {
    return this.byPath.has(path);
  }
}

function stackOf({ stack, region }: CostedResource): CostedStack {
  return { path: stack, name: stack.replaceAll('/', '-'), region };
}

/** What only the deployment knows may be the same. */
function agree(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
