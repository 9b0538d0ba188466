import { isMap, listed, Properties } from 'cdk-ml-infra/lib/private/template';
import { Assembly, AssemblyResource, AssemblyStack } from '../assembly/model';

/** A resource to which a value of a template leads, and which of its values is meant. */
export interface Target {
  readonly stack: AssemblyStack;
  readonly resource: AssemblyResource;

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
  private readonly stackByName: Map<string, AssemblyStack>;
  private readonly stackByPath: Map<string, AssemblyStack>;
  private readonly stacks: readonly AssemblyStack[];
  private readonly exported = new Map<string, Found>();
  private readonly byId = new Map<AssemblyStack, Map<string, AssemblyResource>>();

  constructor({ stacks }: Pick<Assembly, 'stacks'>) {
    this.stacks = stacks;
    this.stackByName = new Map(stacks.map((stack) => [stack.name, stack]));
    this.stackByPath = new Map(stacks.map((stack) => [stack.path, stack]));
    for (const stack of stacks) {
      this.byId.set(stack, new Map(stack.resources.map((resource) => [resource.logicalId, resource])));
    }
    for (const stack of stacks) {
      for (const output of Object.values(outputsOf(stack))) {
        const name = isMap(output) && isMap(output.Export) ? output.Export.Name : undefined;
        if (isMap(output) && name !== undefined) {
          this.exported.set(this.text(stack, name), { stack, value: output.Value });
        }
      }
    }
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
    if (!isMap(value) || depth > 20) {
      return [typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')];
    }
    const [[name, argument] = ['', undefined]] = Object.entries(value);
    const read = (of: unknown, within = stack) => this.read(within, of, depth + 1);
    switch (name) {
      case 'Ref':
        return this.named(stack, String(argument), '', depth);
      case 'Fn::GetAtt': {
        const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : listed(argument).map(String);
        return this.named(stack, id, attribute.join('.'), depth);
      }
      case 'Fn::Join': {
        const [separator, parts] = listed(argument);
        return listed(parts).flatMap((part, index) => (index === 0 ? read(part) : [String(separator), ...read(part)]));
      }
      case 'Fn::Sub':
        return this.substituted(stack, argument, depth);
      case 'Fn::ImportValue': {
        const exported = this.exported.get(textOf(read(argument)));
        return exported ? read(exported.value, exported.stack) : [`{import ${textOf(read(argument))}}`];
      }
      case 'Fn::GetStackOutput': {
        const output = isMap(argument) ? argument : {};
        const from = this.stackByName.get(textOf(read(output.StackName)));
        const found = from && outputsOf(from)[String(output.OutputName)];
        return from && isMap(found) ? read(found.Value, from) : [`{output ${String(output.OutputName)}}`];
      }
      default:
        return [`{${JSON.stringify(value)}}`];
    }
  }

  private substituted(stack: AssemblyStack, argument: unknown, depth: number): Piece[] {
    const [text, variables] = listed(argument);
    return String(text)
      .split(/(\$\{[^}]*\})/)
      .flatMap((part): Piece[] => {
        const name = /^\$\{(.*)\}$/.exec(part)?.[1];
        if (name === undefined) {
          return [part];
        }
        if (name.startsWith('!')) {
          return [`\${${name.slice(1)}}`];
        }
        if (isMap(variables) && name in variables) {
          return this.read(stack, variables[name], depth + 1);
        }
        const [id, ...attribute] = name.split('.');
        return this.named(stack, id, attribute.join('.'), depth);
      });
  }

  private named(stack: AssemblyStack, id: string, attribute: string, depth: number): Piece[] {
    const resource = this.byId.get(stack)?.get(id);
    if (resource) {
      return [{ stack, resource, ...(attribute && { attribute }) }];
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
    const parameters = stack?.template.Resources?.[name]?.Properties?.Parameters;
    return stack && isMap(parameters) && id in parameters ? { stack, value: parameters[id] } : undefined;
  }

  /** What a nested stack gives the one around it. */
  private outputOf({ path }: AssemblyStack, id: string, attribute: string): Found | undefined {
    const stack = this.stacks.find(({ nestedIn, name }) => nestedIn === path && name === id);
    const output = stack && outputsOf(stack)[attribute.replace(/^Outputs\./, '')];
    return stack && isMap(output) ? { stack, value: output.Value } : undefined;
  }
}

function withAttribute(id: string, attribute: string): string {
  return attribute ? `${id}.${attribute}` : id;
}

/** Pieces as one text. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.resource.path)).join('');
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
