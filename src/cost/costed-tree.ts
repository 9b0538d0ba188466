import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { factsAbove, factsBelow } from '../private/facts';
import { Properties } from '../private/template';
import { CostedResource, EstimateInput, isLookedUp, isPriced } from './pricing';

/** What a template says of a resource. */
interface Definition {
  readonly Resources?: { readonly [logicalId: string]: { readonly Properties?: Properties } };
}

/**
 * What there is to price at and below a construct, be it of this library or not. What is free is not resolved, budgets
 * among it, whose amount may follow from the estimate that asks.
 */
export function costedTree(scope: IConstruct, defaultRegion: string): EstimateInput {
  const { root } = scope.node;
  const isPart = (construct: IConstruct) => construct.node.scopes.includes(scope);
  const elsewhere = scope === root ? [] : resourcesBelow(root, isLookedUp);
  return {
    resources: resourcesBelow(scope, isPriced).map(costed),
    lookup: elsewhere.filter((resource) => !isPart(resource)).map(costed),
    facts: [...factsAbove(scope), ...factsBelow(scope)],
    scope: scope.node.path,
    defaultRegion,
  };
}

function resourcesBelow(scope: IConstruct, isWanted: (type: string) => boolean): CfnResource[] {
  return scope.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .filter(({ cfnResourceType }) => isWanted(cfnResourceType));
}

function costed(resource: CfnResource): CostedResource {
  const stack = Stack.of(resource);
  const { Resources = {} } = stack.resolve(resource._toCloudFormation()) as Definition;
  const [[logicalId, { Properties: properties = {} }]] = Object.entries(Resources);
  return {
    path: resource.node.path.replace(/\/(Resource|Default)$/, ''),
    logicalId,
    stack: stack.node.path,
    type: resource.cfnResourceType,
    properties,
    region: Token.isUnresolved(stack.region) ? undefined : stack.region,
  };
}
