import { isIntrinsic, isMap } from '../../private/template';
import type { CostedResource } from './model';

/** Finds resources by what refers to them. */
export class ResourceIndex {
  private readonly byStack = new Map<string, Map<string, CostedResource>>();
  private readonly everywhere = new Map<string, CostedResource[]>();

  constructor(resources: readonly CostedResource[]) {
    for (const resource of resources) {
      const { stack, logicalId } = resource;
      const inStack = this.byStack.get(stack) ?? new Map<string, CostedResource>();
      this.byStack.set(stack, inStack.set(logicalId, resource));
      const namesakes = this.everywhere.get(logicalId) ?? [];
      namesakes.push(resource);
      this.everywhere.set(logicalId, namesakes);
    }
  }

  /**
   * The resource that a value in a stack refers to: by `Ref` or `Fn::GetAtt`, or through an output of another stack.
   * In a tree that is not synthesized yet, a reference to another stack looks like one within the stack.
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
      case 'Fn::ImportValue':
        return this.exported(textOf(argument).split(':').pop() ?? '');
      case 'Fn::GetStackOutput':
        return this.exported(textOf(isMap(argument) ? argument.OutputName : undefined));
      default:
        return undefined;
    }
  }

  private named(stack: string, logicalId: unknown): CostedResource | undefined {
    if (typeof logicalId !== 'string') {
      return undefined;
    }
    return this.byStack.get(stack)?.get(logicalId) ?? this.onlyOne(logicalId);
  }

  /** The resource of an output that the CDK named, such as `ExportsOutputRefConfigF00DF00DAB12CD34`. */
  private exported(output: string): CostedResource | undefined {
    const [, told] = /^ExportsOutput(?:Ref|FnGetAtt)(\w+)[0-9A-F]{8}$/.exec(output) ?? [];
    for (let end = told?.length ?? 0; end > 0; end--) {
      const found = this.onlyOne(told.slice(0, end));
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  private onlyOne(logicalId: string): CostedResource | undefined {
    const namesakes = this.everywhere.get(logicalId) ?? [];
    return namesakes.length === 1 ? namesakes[0] : undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
