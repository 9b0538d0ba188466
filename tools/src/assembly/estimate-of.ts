import { type Estimate, estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { DEFAULT_REGION } from '../region';
import { Assembly } from './model';

/** What the stacks of an assembly cost per month. */
export function estimateOf(
  { stacks, facts }: Assembly,
  { region = DEFAULT_REGION }: { region?: string } = {},
): Estimate {
  return estimate({ resources: stacks.flatMap(({ resources }) => resources), facts, defaultRegion: region });
}
