import type { Stack } from 'aws-cdk-lib';
import { type IMlSharedInfra, MlInstanceType, type NotebookLifecycle } from '../../src';
import { NotebookBoundary } from '../../src/notebook/notebook-boundary';
import type { Caller, NamedPolicy } from './scene';

/** Two sizes of machine and some lifecycles to choose from. */
export function selfService(scope: Stack, shared: IMlSharedInfra, lifecycles: NotebookLifecycle[]): NotebookBoundary {
  const instanceTypes = [MlInstanceType.T3_MEDIUM, MlInstanceType.M5_XLARGE];
  return new NotebookBoundary(scope, 'SelfService', { shared, lifecycles, instanceTypes });
}

/** Who the people are that create notebooks themselves on `dev`, and how each may do so. */
export interface Admission {
  /** The tags of alice. */
  readonly tags: Caller['tags'];

  /** Somebody who was given the rights of the boundary. */
  readonly granted: Caller;

  /** The boundary, and what an administrator may do within it. */
  readonly boundary: NamedPolicy;
  readonly everything: NamedPolicy;
  readonly otherBase: string;
}

/** People by the names that the tables use, such as `bounded-alice@dev` and `granted-alice@dev`. */
export function selfServicePeople({ tags, granted, boundary, everything, otherBase }: Admission): [string, Caller][] {
  const people: Record<string, Caller['tags']> = {
    alice: tags,
    bob: { ...tags, 'ml-owner': 'bob' },
    star: { ...tags, 'ml-owner': '*' },
    empty: { ...tags, 'ml-owner': '' },
    untagged: {},
    homeless: { 'ml-owner': 'alice' },
    ownerless: { 'ml-base': tags['ml-base'] },
    stranger: { ...tags, 'ml-base': otherBase },
  };
  return Object.entries(people).flatMap(([name, own]): [string, Caller][] => [
    [`bounded-${name}@dev`, { ...granted, tags: own, policies: [everything], boundary }],
    [`granted-${name}@dev`, { ...granted, tags: own }],
  ]);
}
