import { createHash } from 'node:crypto';
import { BootstraplessSynthesizer, NestedStack, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail, requireKnown, requireWholeNumber } from '../private/checks';

/**
 * Id of the stack that holds a notebook, among `stacks` of them: rendezvous hashing, which is the stack whose id gives
 * the highest digest together with the id of the notebook. So no notebook decides on the place of another, and one
 * stack more draws notebooks to itself and moves nothing else.
 *
 * Never to be changed: a notebook in another stack is another notebook, with an empty volume.
 */
export function stackIdFor(notebookId: string, stacks: number): string {
  let highest = '';
  let chosen = '';
  for (let index = 0; index < stacks; index++) {
    const stackId = `Stack-${String(index).padStart(2, '0')}`;
    const digest = createHash('sha256').update(`${stackId}:${notebookId}`).digest('hex');
    if (digest > highest) {
      highest = digest;
      chosen = stackId;
    }
  }
  return chosen;
}

/** Where the notebooks of a fleet are defined: beside each other, or in nested stacks, of which only those in use are. */
export class FleetStacks {
  private readonly scopes = new Map<string, Construct>();

  constructor(
    private readonly fleet: Construct,
    private readonly stacks: number | undefined,
  ) {
    if (stacks === undefined) {
      return;
    }
    requireKnown(fleet, 'stacks', stacks, 'nested stacks are defined by it');
    requireWholeNumber(fleet, 'stacks', stacks, 2, 100);
    if (Stack.of(fleet).synthesizer instanceof BootstraplessSynthesizer) {
      const rule =
        'left out in a stack whose synthesizer has no bucket for assets, where templates of nested stacks lie';
      fail(fleet, 'stacks', rule, 'BootstraplessSynthesizer');
    }
  }

  /** The scope of a notebook. */
  public scopeOf(notebookId: string): Construct {
    if (this.stacks === undefined) {
      return this.fleet;
    }
    const stackId = stackIdFor(notebookId, this.stacks);
    const existing = this.scopes.get(stackId);
    if (existing) {
      return existing;
    }
    // One level below the stack, which also holds constructs of the library and of the core.
    const scope = new Construct(new NestedStack(this.fleet, stackId), 'Notebooks');
    this.scopes.set(stackId, scope);
    return scope;
  }
}
