import { nearest } from '../diagram/ancestry';
import { Json, objectsOf, refuseFile, textIn } from './json-files';

/** Deeper than any tree that the CDK synthesizes. */
const MOST_LEVELS = 1000;

/** What a manifest says of the constructs of a stack and of the stacks nested in it. */
export class ConstructPaths {
  private readonly pathsById = new Map<string, string[]>();
  private readonly templates = new Map<string, string>();

  constructor(metadata: Json) {
    for (const [path, entries] of Object.entries(metadata)) {
      for (const { type, data } of objectsOf(entries)) {
        if (typeof data === 'string' && type === 'aws:cdk:logicalId') {
          this.pathsById.set(data, [...(this.pathsById.get(data) ?? []), path.replace(/^\//, '')]);
        } else if (typeof data === 'string' && type === 'aws:cdk:templateFile') {
          this.templates.set(path.replace(/^\//, ''), data);
        }
      }
    }
  }

  /** Path of the construct of a resource. A logical id is unique in its stack, not among the stacks nested in it. */
  public of(stack: string, logicalId: string, ownMetadata: Json): string {
    const own = textIn(ownMetadata['aws:cdk:path']);
    const paths = this.pathsById.get(logicalId)?.filter((path) => this.stackOf(path) === stack);
    return own ?? paths?.[0] ?? `${stack}/${logicalId}`;
  }

  /** Name of the file with the template of a stack. */
  public templateOf(stack: string): string | undefined {
    return this.templates.get(stack);
  }

  private stackOf(path: string): string | undefined {
    return nearest(path.slice(0, Math.max(0, path.lastIndexOf('/'))), (at) =>
      this.templates.has(at) ? at : undefined,
    );
  }
}

/** Requires that the path of a construct, which a file tells, has no more levels than can be gone through one by one. */
export function requireLevels(file: string, path: string): void {
  const levels = path.split('/').length;
  if (levels > MOST_LEVELS) {
    refuseFile(file, `a file whose constructs are at most ${MOST_LEVELS} levels deep`, `${levels} levels`);
  }
}

/** The path of what a reader knows: the construct around the resource. */
export function withoutResource(path: string): string {
  return path.replace(/\/(Resource|Default)$/, '');
}

/** Path of a nested stack, from that of its resource in the parent. */
export function nestedStackAt(path: string): string {
  return path.replace(/\/([^/]+)\.NestedStack\/\1\.NestedStackResource$/, '/$1');
}
