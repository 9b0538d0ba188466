import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { listed, Target, targetOf, WrittenResource, written } from './written-resource';

/** Attributes that stand for the resource as a whole, besides its id in this form. */
const WHOLE = /^(Ref|Arn|Id|PolicyArn|(Allocation|Group|Instance|InternetGateway|RouteTable|PrefixList|Subnet|Vpc)Id)$/;

const TREES = new WeakMap<IConstruct, NetworkTree>();
const WATCHED = new WeakSet<IConstruct>();

/**
 * The resources of a stage, or of an app outside of its stages, read once at each synthesis for all networks. Nothing of
 * another stage can refer to them.
 */
export class NetworkTree {
  /** The tree that a construct stands in, which has to be asked for while the core validates. */
  public static of(scope: IConstruct): NetworkTree {
    const root = rootOf(scope);
    const tree = TREES.get(root) ?? new NetworkTree(root);
    TREES.set(root, tree);
    return tree;
  }

  /** Has the tree of a construct read anew when the core validates the next time. */
  public static watch(scope: IConstruct): void {
    const root = rootOf(scope);
    if (!WATCHED.has(root)) {
      WATCHED.add(root);
      const validate = () => {
        TREES.delete(root);
        return [];
      };
      root.node.addValidation({ validate });
    }
  }

  private readonly byType = new Map<string, WrittenResource[]>();
  private readonly byPath = new Map<string, WrittenResource>();
  private pathByText?: Map<string, string>;

  private constructor(root: IConstruct) {
    this.collect(root);
  }

  /** The resources of a type. */
  public ofType(type: string): WrittenResource[] {
    return this.byType.get(type) ?? [];
  }

  /** The resource at a path. */
  public at(path: string | undefined): WrittenResource | undefined {
    return path === undefined ? undefined : this.byPath.get(path);
  }

  /**
   * The names of what a value, or each in a list, stands for: the path of a resource of this app, or the text itself. A
   * value that is neither has no name.
   */
  public namesOf(value: unknown, stack: Stack): string[] {
    return listed(value).flatMap((each) => this.nameOf(each, stack) ?? []);
  }

  /** The names of a property of a resource. */
  public namesIn({ properties, stack }: WrittenResource, property: string): string[] {
    return this.namesOf(properties[property], stack);
  }

  /** The names of a value of a construct, which may be a token. */
  public namesFor(scope: IConstruct, value: unknown): string[] {
    return this.namesOf(written(scope, value), Stack.of(scope));
  }

  /** What a value refers to, by the path where that is known. */
  public targetOf(value: unknown, stack: Stack): Target | undefined {
    const target = targetOf(value, stack);
    const path = target && this.pathOfText(target.place);
    return target && { place: path ?? target.place, attribute: target.attribute };
  }

  private nameOf(value: unknown, stack: Stack): string | undefined {
    if (typeof value === 'string') {
      return value;
    }
    const target = this.targetOf(value, stack);
    return target && (WHOLE.test(target.attribute) ? target.place : `${target.place}.${target.attribute}`);
  }

  /** Where the resource stands that a reference calls by its logical id. */
  private pathOfText(place: string): string | undefined {
    if (!place.includes(' ') || this.byPath.has(place)) {
      return undefined;
    }
    this.pathByText ??= new Map([...this.byPath.values()].map((resource) => [resource.placeOfText, resource.path]));
    return this.pathByText.get(place);
  }

  private collect(scope: IConstruct): void {
    if (CfnResource.isCfnResource(scope)) {
      const resource = new WrittenResource(scope);
      this.byPath.set(resource.path, resource);
      const ofType = this.byType.get(resource.type);
      if (ofType) {
        ofType.push(resource);
      } else {
        this.byType.set(resource.type, [resource]);
      }
    }
    for (const child of scope.node.children) {
      if (!Stage.isStage(child)) {
        this.collect(child);
      }
    }
  }
}

function rootOf(scope: IConstruct): IConstruct {
  return Stage.of(scope) ?? scope.node.root;
}
