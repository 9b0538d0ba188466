import { type Estimate, estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { DEFAULT_REGION } from '../region';
import { Assembly } from './model';
import { LOOP } from './read-stack';

/** What the stacks of an assembly cost per month. What a reader must know of the assembly is among the assumptions. */
export function estimateOf(
  { stacks, facts, notes = [] }: Assembly,
  { region = DEFAULT_REGION }: { region?: string } = {},
): Estimate {
  const resources = stacks.flatMap((stack) => stack.resources);
  const made = estimate({ resources, facts, stacks, defaultRegion: region });
  return {
    ...made,
    unpriced: made.unpriced.map((each) =>
      each.resourceType === LOOP ? { ...each, reason: 'loops of templates are not unfolded' } : each,
    ),
    assumptions: [...notes, ...made.assumptions],
  };
}
