import { Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { fail, requireKnown, requirePattern } from '../private/checks';

/** Prices stacks whose region only the deployment knows: the region in which AWS gives prices first. */
const ASSUMED_REGION = 'us-east-1';

/** Requires what can be priced: a construct, which plain JavaScript may leave out. `where` is the class that asks. */
export function requireConstruct(where: string, scope: IConstruct): void {
  if (!Construct.isConstruct(scope)) {
    const path = { node: { path: where } } as IConstruct;
    fail(path, 'scope', 'a construct, such as an app, a stack or a notebook', scope);
  }
}

/** The region for stacks that do not know theirs. */
export function assumedRegion(scope: IConstruct, region = ASSUMED_REGION): string {
  requireKnown(scope, 'region', region, 'costs are summed up then');
  requirePattern(scope, 'region', region, /^[a-z]{2}(-[a-z]+)+-\d+$/, 'a region such as eu-central-1');
  return region;
}

/** Whether something at, above or below a construct does not know its region. */
export function isAgnostic({ node }: IConstruct): boolean {
  const stacks = [...node.scopes, ...node.findAll()].filter((construct) => Stack.isStack(construct));
  return stacks.some(({ region }) => Token.isUnresolved(region));
}
