import {
  CfnElement,
  CfnResource,
  DefaultTokenResolver,
  IResolvable,
  IResolveContext,
  Reference,
  Stack,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { factsAbove, factsBelow } from '../private/facts';
import { Properties } from '../private/template';
import { CostedResource, CostedStack, EstimateInput, isLookedUp, isPriced } from './pricing';

/** What a template says of a resource, or nothing where it leaves itself out. */
interface Definition {
  readonly Resources?: {
    readonly [logicalId: string]: {
      readonly Type: string;
      readonly Properties?: Properties;
      readonly Condition?: string;
    };
  };
}

type PostProcessor = Parameters<DefaultTokenResolver['resolveToken']>[2];

/**
 * What there is to price at and below a construct, be it of this library or not. What is free is not resolved, budgets
 * among it, whose amount may follow from the estimate that asks.
 */
export function costedTree(scope: IConstruct, defaultRegion: string): EstimateInput {
  const { root } = scope.node;
  const isPart = (construct: IConstruct) => construct.node.scopes.includes(scope);
  const elsewhere = scope === root ? [] : resourcesBelow(root, isLookedUp);
  return {
    resources: resourcesBelow(scope, isPriced).flatMap(costed),
    lookup: elsewhere.filter((resource) => !isPart(resource)).flatMap(costed),
    stacks: root.node
      .findAll()
      .filter((construct) => Stack.isStack(construct))
      .map(told),
    facts: [...factsAbove(scope), ...factsBelow(scope)],
    scope: scope.node.path,
    defaultRegion,
  };
}

function told({ node, stackName, account, region }: Stack): CostedStack {
  return { path: node.path, name: known(stackName) ?? node.id, account: known(account), region: known(region) };
}

function known(text: string): string | undefined {
  return Token.isUnresolved(text) ? undefined : text;
}

function resourcesBelow(scope: IConstruct, isWanted: (type: string) => boolean): CfnResource[] {
  return scope.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .filter((resource) => isWanted(typeOf(resource)));
}

/** The type that the template will have. The core keeps what overrides it to itself, until a resource is resolved. */
function typeOf(resource: CfnResource): string {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: Properties };
  return typeof rawOverrides?.Type === 'string' ? rawOverrides.Type : resource.cfnResourceType;
}

function costed(resource: CfnResource): CostedResource[] {
  const stack = Stack.of(resource);
  const options = { scope: resource, resolver: RESOLVER, preparing: false };
  const { Resources = {} } = Tokenization.resolve(resource._toCloudFormation(), options) as Definition;
  return Object.entries(Resources).map(([logicalId, { Type, Properties: properties = {}, Condition }]) => ({
    path: resource.node.path.replace(/\/(Resource|Default)$/, ''),
    fullPath: resource.node.path,
    logicalId,
    stack: stack.node.path,
    type: Type,
    properties,
    region: known(stack.region),
    ...(Condition !== undefined && { condition: Condition }),
  }));
}

/**
 * Lets a reference to another stack say to which one. The core would write it as one within the stack before synthesis,
 * and as what an export, a parameter or an output is called after it.
 */
class ReferenceResolver extends DefaultTokenResolver {
  constructor() {
    super({ join: joined });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: PostProcessor): unknown {
    const target = Reference.isReference(token) ? token.target : undefined;
    if (target === undefined || !CfnElement.isCfnElement(target) || Stack.of(target) === Stack.of(context.scope)) {
      return super.resolveToken(token, context, postProcessor);
    }
    const stack = Stack.of(target);
    return { 'Fn::Reference': [stack.node.path, stack.resolve(target.logicalId)] };
  }
}

const RESOLVER = new ReferenceResolver();

/** As the core joins the parts of a text. */
function joined(left: unknown, right: unknown): unknown {
  const parts = [left, right].filter((part) => part !== undefined);
  if (parts.every((part) => typeof part === 'string')) {
    return parts.join('');
  }
  return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
}
