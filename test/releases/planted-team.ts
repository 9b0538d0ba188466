import { Duration, Stack } from 'aws-cdk-lib';
import { MlNetwork, MlNotebook, type MlNotebookProps, MlSharedInfra, NotebookLifecycle } from '../../src';
import type { Define } from '../examples/synthesis';
import { keyOf } from './break';
import { type RecordedResource, type RecordedStacks, recordedStacks } from './recorded-template';
import { stackBreaks } from './stack-breaks';

/** A team that deployed a release, and what a later one may do to it. */
export interface PlantedTeam {
  readonly stackId?: string;
  readonly networkId?: string;
  readonly sharedId?: string;
  readonly lifecycleId?: string;
  readonly publishedAs?: string;
  readonly outputs?: boolean;
  readonly notebook?: Partial<MlNotebookProps>;

  /** Anything else that the app does. */
  readonly besides?: (stack: Stack, shared: MlSharedInfra) => void;
}

/** A base that is published, a lifecycle, and a notebook in a stack. */
export function defineTeam(team: PlantedTeam): Define {
  return (app) => {
    const stack = new Stack(app, team.stackId ?? 'Team');
    const shared = new MlSharedInfra(stack, team.sharedId ?? 'Shared', {
      network: new MlNetwork(stack, team.networkId ?? 'Network'),
    });
    const lifecycle = new NotebookLifecycle(stack, team.lifecycleId ?? 'Lifecycle', {
      shared,
      idleStop: Duration.hours(1),
    });
    new MlNotebook(stack, 'alice', { shared, lifecycle, owner: 'alice', ...team.notebook });
    shared.publish(team.publishedAs ?? 'team');
    if (team.outputs ?? true) {
      shared.addOutputs();
    }
    team.besides?.(stack, shared);
  };
}

/** The stacks of such a team. */
export function plantedStacks(team: PlantedTeam): RecordedStacks {
  return recordedStacks(defineTeam(team), {});
}

/** The keys of what an upgrade does to it. */
export function keysBetween(before: RecordedStacks, after: RecordedStacks): string[] {
  return stackBreaks(before, after, { release: '0.1.0', layout: 'team', flags: 'none' }).map(keyOf).sort();
}

/** The same stacks with a resource, by the path of its construct, that has other properties or other attributes. */
export function edited(
  { Team, ...others }: RecordedStacks,
  path: string,
  properties: object,
  attributes?: Partial<RecordedResource>,
): RecordedStacks {
  const [id, resource] = resourceAt({ Team }, path);
  const after = { ...resource, ...attributes, Properties: { ...resource.Properties, ...properties } };
  return { ...others, Team: { ...Team, Resources: { ...Team.Resources, [id]: after } } };
}

/** A resource of the team by the path of its construct, with its logical id. */
export function resourceAt({ Team }: RecordedStacks, path: string): [id: string, resource: RecordedResource] {
  const found = Object.entries(Team.Resources).find(([, { Path }]) => Path === path);
  if (found === undefined) {
    throw new Error(`${path} is no resource of the team`);
  }
  return found;
}
