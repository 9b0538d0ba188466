import { isIntrinsic, Properties } from '../../private/template';
import { knownText, propertiesIn } from './known-values';
import type { CostedResource } from './model';
import { Indexed, StackIndex } from './stack-index';

/** Where an export is looked for. */
interface Origin {
  readonly stackName: string;
  readonly region?: string;
}

/** Finds resources by what refers to them. */
export class ResourceIndex {
  private readonly byStack = new Map<string, Map<string, CostedResource>>();
  private readonly stacks: StackIndex;

  constructor(indexed: Indexed) {
    this.stacks = new StackIndex(indexed);
    for (const resource of [...indexed.resources, ...(indexed.lookup ?? [])]) {
      const { stack, logicalId } = resource;
      const inStack = this.byStack.get(stack) ?? new Map<string, CostedResource>();
      this.byStack.set(stack, inStack.set(logicalId, resource));
    }
  }

  /**
   * The resource that a value in a stack refers to: by `Ref` or `Fn::GetAtt` within the stack, or in another stack that the
   * value names. A resource of the same name elsewhere is none that is meant.
   */
  public find(stack: string, reference: unknown): CostedResource | undefined {
    if (!isIntrinsic(reference)) {
      return undefined;
    }
    const [[name, argument]] = Object.entries(reference);
    switch (name) {
      case 'Ref':
        return this.named(stack, argument);
      case 'Fn::GetAtt':
        return this.named(stack, Array.isArray(argument) ? argument[0] : textOf(argument).split('.')[0]);
      case 'Fn::Reference':
        return Array.isArray(argument) ? this.named(argument[0], argument[1]) : undefined;
      case 'Fn::ImportValue':
        return this.imported(stack, textOf(argument));
      case 'Fn::GetStackOutput':
        return this.output(stack, propertiesIn(argument));
      default:
        return undefined;
    }
  }

  /** Whether the template of a nested stack was read, by the path of its resource in the stack around it. */
  public hasNested(path: string): boolean {
    return this.stacks.has(path.replace(/\/([^/]+)\.NestedStack\/\1\.NestedStackResource$/, '/$1'));
  }

  private named(stack: unknown, logicalId: unknown): CostedResource | undefined {
    return typeof stack === 'string' && typeof logicalId === 'string'
      ? this.byStack.get(stack)?.get(logicalId)
      : undefined;
  }

  /** What an export of the CDK stands for: its name is that of the stack, a colon, and that of the output. */
  private imported(stack: string, exportName: string): CostedResource | undefined {
    const [stackName, ...output] = exportName.split(':');
    return output.length === 1 ? this.exported(stack, { stackName }, output[0]) : undefined;
  }

  private output(stack: string, { StackName, OutputName, Region }: Properties): CostedResource | undefined {
    const region = knownText(Region);
    const isElsewhere = Region !== undefined && Region !== null && region === undefined;
    return isElsewhere ? undefined : this.exported(stack, { stackName: textOf(StackName), region }, textOf(OutputName));
  }

  /**
   * The resource of an output that the CDK named, such as `ExportsOutputRefConfigF00DF00DAB12CD34`, or
   * `ExportsOutputFnGetAttConfigF00DF00DArnAB12CD34` with an attribute at the end.
   */
  private exported(from: string, { stackName, region }: Origin, output: string): CostedResource | undefined {
    const stack = this.stacks.named(stackName, from, region)?.path;
    const [, kind, told = ''] = /^ExportsOutput(Ref|FnGetAtt)(\w+)[0-9A-F]{8}$/.exec(output) ?? [];
    if (stack === undefined || kind === 'Ref') {
      return this.named(stack, told);
    }
    for (let end = told.length - 1; end > 0; end--) {
      const found = this.named(stack, told.slice(0, end));
      if (found) {
        return found;
      }
    }
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
