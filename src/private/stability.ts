import {
  CfnParameter,
  DefaultTokenResolver,
  IResolvable,
  IResolveContext,
  Reference,
  Stack,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { fail } from './checks';

type PostProcessor = Parameters<DefaultTokenResolver['resolveToken']>[2];

const SSM_TYPE = 'AWS::SSM::Parameter::Value';
const DYNAMIC_REFERENCE = /\{\{resolve:[^}]*\}\}/;
const SUBSTITUTE = /\$\{([^!}.]+)[^}]*\}/g;
const REMEDY = 'write it out, or read it at synthesis with StringParameter.valueFromLookup';

/** Where a base is published. It changes its values only when the base itself does, and is checked by its readers. */
const PUBLISHED = '/ml-infra/';

/**
 * Requires a value that changes with the app alone, for a property whose change makes CloudFormation replace a resource
 * that holds data. SSM parameters, dynamic references and the list of zones are read anew at each deployment.
 */
export function requireStable(scope: IConstruct, prop: string, value: string | undefined): void {
  if (value === undefined) {
    return;
  }
  const found = Token.isUnresolved(value) ? changingPart(scope, value) : dynamicReference(value);
  if (found) {
    const rule = `a value that changes with the app alone, since a notebook for which it changes is replaced by an empty one; ${found.remedy}`;
    fail(scope, prop, rule, found.what);
  }
}

interface Finding {
  readonly what: string;
  readonly remedy: string;
}

function changingPart(scope: IConstruct, value: string): Finding | undefined {
  const resolver = new ParameterFinder();
  const content = Tokenization.resolve(value, { scope, resolver, preparing: false });
  for (const parameter of resolver.parameters) {
    const finding = ssmParameter(parameter);
    if (finding) {
      return finding;
    }
  }
  return changingContent(scope, content);
}

function changingContent(scope: IConstruct, content: unknown): Finding | undefined {
  if (typeof content === 'string') {
    return dynamicReference(content);
  }
  if (typeof content !== 'object' || content === null) {
    return undefined;
  }
  for (const [name, argument] of Object.entries(content)) {
    const finding = changingIntrinsic(scope, name, argument) ?? changingContent(scope, argument);
    if (finding) {
      return finding;
    }
  }
  return undefined;
}

function changingIntrinsic(scope: IConstruct, name: string, argument: unknown): Finding | undefined {
  switch (name) {
    case 'Fn::GetAZs':
      return { what: 'a zone by its place in Fn::GetAZs', remedy: "name it, such as 'eu-central-1a'" };
    case 'Ref':
      return parameterNamed(scope, [String(argument)]);
    case 'Fn::Sub': {
      const [text] = [argument].flat();
      return parameterNamed(
        scope,
        [...String(text).matchAll(SUBSTITUTE)].map(([, id]) => id),
      );
    }
    default:
      return undefined;
  }
}

/** A parameter that is written as text and not as a reference of the CDK, so that the template has to be searched. */
function parameterNamed(scope: IConstruct, logicalIds: string[]): Finding | undefined {
  const stack = Stack.of(scope);
  const ids = logicalIds.filter((id) => !id.startsWith('AWS::'));
  const parameters = ids.length === 0 ? [] : stack.node.findAll().filter((child) => child instanceof CfnParameter);
  return parameters
    .filter((parameter) => Stack.of(parameter) === stack && ids.includes(stack.resolve(parameter.logicalId)))
    .map(ssmParameter)
    .find((finding) => finding !== undefined);
}

function ssmParameter({ type, default: name }: CfnParameter): Finding | undefined {
  const known = typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
  return !type.startsWith(SSM_TYPE) || known?.startsWith(PUBLISHED)
    ? undefined
    : { what: `the SSM parameter ${known ?? 'of a template parameter'}`, remedy: REMEDY };
}

function dynamicReference(text: string): Finding | undefined {
  const [what] = DYNAMIC_REFERENCE.exec(text) ?? [];
  return what === undefined ? undefined : { what, remedy: REMEDY };
}

/** Finds the template parameters that a value refers to. What else it refers to is left as it is. */
class ParameterFinder extends DefaultTokenResolver {
  public readonly parameters: CfnParameter[] = [];

  constructor() {
    super({ join: (left: unknown, right: unknown) => [left, right].flat() });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: PostProcessor) {
    if (!Reference.isReference(token)) {
      return super.resolveToken(token, context, postProcessor);
    }
    if (token.target instanceof CfnParameter) {
      this.parameters.push(token.target);
    }
    return undefined;
  }
}
