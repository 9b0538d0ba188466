import {
  CfnResource,
  DefaultTokenResolver,
  IResolvable,
  IResolveContext,
  Reference,
  Stack,
  Tokenization,
} from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

type PostProcessor = Parameters<DefaultTokenResolver['resolveToken']>[2];

export type Properties = { readonly [name: string]: unknown };

/** What a value refers to: where it stands, and which of its attributes. */
export interface Target {
  /** Path of the construct; for a reference that was written as text, see `placeOfText`. */
  readonly place: string;
  readonly attribute: string;
}

/** Has the form of an intrinsic function, so that the checks of the core let it pass. */
const REFERENCE = 'Fn::Reference';

/**
 * A resource with the properties that the template will have, overrides included, but each reference by the path of
 * what it leads to. So it is the same from whichever stack, and however the core writes it in the end.
 */
export class WrittenResource {
  public readonly path: string;
  private read?: Properties;

  constructor(public readonly resource: CfnResource) {
    this.path = resource.node.path;
  }

  public get type(): string {
    return this.resource.cfnResourceType;
  }

  public get stack(): Stack {
    return Stack.of(this.resource);
  }

  public get properties(): Properties {
    this.read ??= this.write();
    return this.read;
  }

  /** How a reference that was written as text calls this resource. */
  public get placeOfText(): string {
    return placeOfText(this.stack, this.stack.resolve(this.resource.logicalId));
  }

  private write(): Properties {
    const { Resources } = written(this.resource, this.resource._toCloudFormation()) as Definition;
    const [{ Properties = {} }] = Object.values(Resources);
    return Properties;
  }
}

interface Definition {
  readonly Resources: { readonly [logicalId: string]: { readonly Properties?: Properties } };
}

/**
 * A value with each reference by the path of what it leads to. References, and lists of them, are not resolved but read,
 * since they are asked of each notebook and role: an app may have thousands.
 */
export function written(scope: IConstruct, value: unknown): unknown {
  const list = Array.isArray(value) ? elementsOf(scope, value) : undefined;
  if (list !== undefined) {
    return list.map((each) => written(scope, each));
  }
  return referenceIn(value) ?? Tokenization.resolve(value, { scope, resolver: RESOLVER, preparing: false });
}

/** The elements of a list, which may be lazy; undefined if they are known only at deployment. */
export function elementsOf(scope: IConstruct, list: unknown[]): unknown[] | undefined {
  const token = Tokenization.reverseList(list as string[]);
  if (token === undefined) {
    return list;
  }
  const resolve = (each: unknown) => written(scope, each);
  const context = { scope, preparing: false, documentPath: [], registerPostProcessor: () => undefined, resolve };
  const elements = Reference.isReference(token) ? undefined : token.resolve(context);
  return Array.isArray(elements) ? elements : undefined;
}

function referenceIn(value: unknown): Properties | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const { length, firstToken } = Tokenization.reverseString(value);
  return length === 1 && Reference.isReference(firstToken) ? nameOf(firstToken) : undefined;
}

/** What a value refers to, if it is nothing but a reference. */
export function targetOf(value: unknown, stack: Stack): Target | undefined {
  if (!isMap(value)) {
    return undefined;
  }
  if (REFERENCE in value) {
    const [place, attribute] = value[REFERENCE] as string[];
    return { place, attribute };
  }
  if (typeof value.Ref === 'string') {
    return { place: placeOfText(stack, value.Ref), attribute: 'Ref' };
  }
  const attribute = value['Fn::GetAtt'];
  const [logicalId, ...names] = typeof attribute === 'string' ? attribute.split('.') : listed(attribute);
  return logicalId === undefined
    ? undefined
    : { place: placeOfText(stack, String(logicalId)), attribute: names.join('.') };
}

/** The elements of a list, or the value alone. Of `Fn::If`, what it may come to. */
export function listed(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    return value.flatMap(listed);
  }
  if (isMap(value) && Array.isArray(value['Fn::If'])) {
    return value['Fn::If'].slice(1).flatMap(listed);
  }
  const isAbsent = value === undefined || value === null || (isMap(value) && value.Ref === 'AWS::NoValue');
  return isAbsent ? [] : [value];
}

/** The elements of a list that are maps, such as the rules of a group. */
export function maps(value: unknown): Properties[] {
  return listed(value).filter(isMap);
}

export function isMap(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function placeOfText(stack: Stack, logicalId: string): string {
  return `${stack.node.addr} ${logicalId}`;
}

class ReferenceNamer extends DefaultTokenResolver {
  constructor() {
    super({ join: (left: unknown, right: unknown) => joined(left, right) });
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: PostProcessor): unknown {
    return Reference.isReference(token) ? nameOf(token) : super.resolveToken(token, context, postProcessor);
  }
}

const RESOLVER = new ReferenceNamer();

function nameOf({ target, displayName }: Reference): Properties {
  return { [REFERENCE]: [target.node.path, displayName] };
}

function joined(left: unknown, right: unknown): unknown {
  if ([undefined, ''].includes(left as string)) {
    return right ?? left;
  }
  if ([undefined, ''].includes(right as string)) {
    return left;
  }
  return typeof left === 'string' && typeof right === 'string' ? left + right : { 'Fn::Join': ['', [left, right]] };
}
