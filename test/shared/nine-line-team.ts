import { Duration, Stack } from 'aws-cdk-lib';
import { MlSharedInfra } from '../../src';
import { MlNotebook, NotebookLifecycle } from '../../src/notebook';

/** The owners of the team in nine lines. */
export const OWNERS = ['alice', 'bob', 'charlie', 'diana', 'eve'];

/** The team that the contract and the README begin with, in one stack or with the base in a stack of its own. */
export function nineLineTeam(stack: Stack, base: Stack = stack) {
  const shared = new MlSharedInfra(base, 'Shared');
  const lifecycle = new NotebookLifecycle(stack, 'Lifecycle', { shared, idleStop: Duration.hours(1) });
  const notebooks = OWNERS.map((owner) => new MlNotebook(stack, owner, { shared, owner, lifecycle }));
  return { shared, lifecycle, notebooks };
}
