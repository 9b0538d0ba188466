import { isIntrinsic, isMap, listed, Properties } from 'cdk-ml-infra/lib/private/template';
import { Assembly, AssemblyResource, AssemblyStack } from '../assembly/model';
import { fieldsOfArn, partsOf } from './variables';

/** A resource to which a value of a template leads, and which of its values is meant. */
export interface Target {
  readonly stack: AssemblyStack;
  readonly resource: AssemblyResource;

  /** Its path, and what else tells it apart where others of its type have the same. */
  readonly name: string;

  /** Such as `Arn`; nothing for `Ref`. */
  readonly attribute?: string;
}

/** A value of a template, as far as it is known before deployment: text, and resources of the app. */
export type Piece = string | Target;

/** A value, and the stack in whose template it stands. */
interface Found {
  readonly stack: AssemblyStack;
  readonly value: unknown;
}

/** Follows references within a template, and to those of other stacks of the app. */
export class References {
  private readonly stackByPath: Map<string, AssemblyStack>;
  private readonly stacks: readonly AssemblyStack[];
  private readonly exported = new Map<string, Found[]>();
  private readonly named = new Map<string, number>();
  private readonly byId = new Map<AssemblyStack, Map<string, AssemblyResource>>();

  constructor({ stacks }: Pick<Assembly, 'stacks'>) {
    this.stacks = stacks;
    this.stackByPath = new Map(stacks.map((stack) => [stack.path, stack]));
    for (const stack of stacks) {
      this.byId.set(stack, new Map(stack.resources.map((resource) => [resource.logicalId, resource])));
      for (const { type, path } of stack.resources) {
        this.named.set(`${type} ${path}`, (this.named.get(`${type} ${path}`) ?? 0) + 1);
      }
    }
    for (const stack of stacks) {
      for (const output of Object.values(outputsOf(stack))) {
        const name = isMap(output) && isMap(output.Export) ? output.Export.Name : undefined;
        if (isMap(output) && name !== undefined) {
          const text = this.text(stack, name);
          this.exported.set(text, [...(this.exported.get(text) ?? []), { stack, value: output.Value }]);
        }
      }
    }
  }

  /** What tells a resource apart from all others of its type: its path, and more only where it must. */
  public nameOf({ name, account, region }: AssemblyStack, { type, path, logicalId }: AssemblyResource): string {
    return (this.named.get(`${type} ${path}`) ?? 0) > 1
      ? `${path} (${[logicalId, 'of', name, account, region].filter((part) => part !== undefined).join(' ')})`
      : path;
  }

  /** The resource that a value of a stack's template is. */
  public target(stack: AssemblyStack, value: unknown): Target | undefined {
    const pieces = this.pieces(stack, value);
    return pieces.length === 1 && typeof pieces[0] !== 'string' ? pieces[0] : undefined;
  }

  /** A value as text: resources by their paths, what only the deployment knows in braces. */
  public text(stack: AssemblyStack, value: unknown): string {
    return textOf(this.pieces(stack, value));
  }

  /** A value taken apart; text that follows text is one piece. */
  public pieces(stack: AssemblyStack, value: unknown): Piece[] {
    const pieces: Piece[] = [];
    for (const piece of this.read(stack, value, 0)) {
      const last = pieces.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') {
        pieces[pieces.length - 1] = last + piece;
      } else if (piece !== '') {
        pieces.push(piece);
      }
    }
    return pieces;
  }

  private read(stack: AssemblyStack, value: unknown, depth: number): Piece[] {
    if (!isIntrinsic(value) || depth > 20) {
      return [typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')];
    }
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    const read = (of: unknown, within = stack) => this.read(within, of, depth + 1);
    switch (name) {
      case 'Ref':
        return this.resourceOr(stack, String(argument), '', depth);
      case 'Fn::GetAtt': {
        const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : listed(argument).map(String);
        return this.resourceOr(stack, id, attribute.join('.'), depth);
      }
      case 'Fn::Join': {
        const [separator, parts] = listed(argument);
        return listed(parts).flatMap((part, index) => (index === 0 ? read(part) : [String(separator), ...read(part)]));
      }
      case 'Fn::Sub':
        return this.substituted(stack, argument, depth);
      case 'Fn::ImportValue': {
        const exported = this.only(this.exported.get(textOf(read(argument))) ?? [], stack);
        return exported ? read(exported.value, exported.stack) : [`{import ${textOf(read(argument))}}`];
      }
      case 'Fn::GetStackOutput': {
        const output = isMap(argument) ? argument : {};
        const of = (part: unknown) => (part === undefined ? undefined : textOf(read(part)));
        const from = this.outputsNamed(String(of(output.StackName)), String(output.OutputName));
        const account = of(output.RoleArn);
        const region = of(output.Region) ?? stack.region;
        const found = this.only(from, {
          account: account === undefined ? stack.account : (fieldsOfArn(account)?.[4] ?? account),
          region,
        });
        return found ? read(found.value, found.stack) : [`{output ${String(output.OutputName)}}`];
      }
      default:
        return [`{${JSON.stringify(value)}}`];
    }
  }

  private substituted(stack: AssemblyStack, argument: unknown, depth: number): Piece[] {
    const [text, variables] = listed(argument);
    return partsOf(String(text)).flatMap(({ text: part, variable }): Piece[] => {
      if (variable === undefined) {
        return [part];
      }
      if (variable.startsWith('!')) {
        return [`\${${variable.slice(1)}}`];
      }
      if (isMap(variables) && Object.hasOwn(variables, variable)) {
        return this.read(stack, variables[variable], depth + 1);
      }
      const [id, ...attribute] = variable.split('.');
      return this.resourceOr(stack, id, attribute.join('.'), depth);
    });
  }

  private resourceOr(stack: AssemblyStack, id: string, attribute: string, depth: number): Piece[] {
    const resource = this.byId.get(stack)?.get(id);
    if (resource) {
      return [{ stack, resource, name: this.nameOf(stack, resource), ...(attribute && { attribute }) }];
    }
    const known = pseudo(stack, id);
    if (known !== undefined) {
      return [known];
    }
    const elsewhere = this.parameterOf(stack, id) ?? this.outputOf(stack, id, attribute);
    return elsewhere ? this.read(elsewhere.stack, elsewhere.value, depth + 1) : [`{${withAttribute(id, attribute)}}`];
  }

  /** What the stack around a nested one gives it. */
  private parameterOf({ nestedIn, name }: AssemblyStack, id: string): Found | undefined {
    const stack = nestedIn === undefined ? undefined : this.stackByPath.get(nestedIn);
    const body = own(stack?.template.Resources, name);
    const properties = isMap(body) ? body.Properties : undefined;
    const parameters = isMap(properties) ? properties.Parameters : undefined;
    return stack && isMap(parameters) && Object.hasOwn(parameters, id) ? { stack, value: parameters[id] } : undefined;
  }

  /** What a nested stack gives the one around it. */
  private outputOf({ path }: AssemblyStack, id: string, attribute: string): Found | undefined {
    const stack = this.stacks.find(({ nestedIn, name }) => nestedIn === path && name === id);
    const output = stack && own(outputsOf(stack), attribute.replace(/^Outputs\./, ''));
    return stack && isMap(output) ? { stack, value: output.Value } : undefined;
  }

  private outputsNamed(stackName: string, outputName: string): Found[] {
    return this.stacks
      .filter(({ name, nestedIn }) => nestedIn === undefined && name === stackName)
      .flatMap((stack) => {
        const output = own(outputsOf(stack), outputName);
        return isMap(output) ? [{ stack, value: output.Value }] : [];
      });
  }

  /** What stands in an account and region; nothing where that is not certain, rather than another. */
  private only(found: readonly Found[], at: Pick<AssemblyStack, 'account' | 'region'>): Found | undefined {
    const same = found.filter(({ stack }) => stack.account === at.account && stack.region === at.region);
    const possible = found.filter(
      ({ stack }) => couldBe(stack.account, at.account) && couldBe(stack.region, at.region),
    );
    const certain = same.length > 0 ? same : possible;
    return certain.length === 1 ? certain[0] : undefined;
  }
}

function withAttribute(id: string, attribute: string): string {
  return attribute ? `${id}.${attribute}` : id;
}

/** Pieces as one text. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.name)).join('');
}

/** Whether two are the same as far as they are known. */
function couldBe(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** What a map of a template itself holds, whatever a name is. */
function own(map: Properties | undefined, name: string): unknown {
  return map !== undefined && Object.hasOwn(map, name) ? map[name] : undefined;
}

function outputsOf({ template }: AssemblyStack): Properties {
  const { Outputs } = template as { Outputs?: Properties };
  return Outputs ?? {};
}

function pseudo({ account, region }: AssemblyStack, name: string): string | undefined {
  const cloud = partitionOf(region);
  switch (name) {
    case 'AWS::Region':
      return region ?? '{region}';
    case 'AWS::AccountId':
      return account ?? '{account}';
    case 'AWS::Partition':
      return cloud;
    case 'AWS::URLSuffix':
      return cloud === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
      return undefined;
  }
}

/** The partition of a region; that of most regions where none is known. */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
