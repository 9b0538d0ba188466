import { App } from 'aws-cdk-lib';
import type { Define } from '../examples/synthesis';
import type { WrittenResource } from '../shared/templates';

/** A template as a record keeps it: without what neither users nor their data can feel. */
export interface RecordedTemplate {
  readonly Parameters: { readonly [logicalId: string]: { readonly Type: string; readonly Default?: unknown } };
  readonly Mappings: { readonly [logicalId: string]: unknown };
  readonly Conditions: { readonly [logicalId: string]: unknown };
  readonly Resources: { readonly [logicalId: string]: RecordedResource };
  readonly Outputs: { readonly [logicalId: string]: { readonly Value: unknown; readonly Export?: unknown } };
}

/** A resource of such a template. */
export interface RecordedResource extends WrittenResource {
  readonly Condition?: string;

  /** Path of the construct below its stack. */
  readonly Path: string;
}

/** Templates by the names of their stacks. */
export type RecordedStacks = { readonly [stackName: string]: RecordedTemplate };

/** Who may do what is most of a template, is always updated in place, and is what the tests of rights are about. */
const RIGHTS = ['AssumeRolePolicyDocument', 'KeyPolicy', 'PolicyDocument'];

/** What an app gives under some feature flags. */
export function recordedStacks(define: Define, flags: object): RecordedStacks {
  const app = new App({
    analyticsReporting: false,
    context: { ...flags, 'aws:cdk:enable-path-metadata': true },
  });
  define(app);
  const { stacksRecursively } = app.synth();
  return Object.fromEntries(
    stacksRecursively.map(({ stackName, hierarchicalId, template }) => [stackName, recorded(template, hierarchicalId)]),
  );
}

/** A template as one line for each of its entries: small, and yet to be compared by people. */
export function textOf(template: RecordedTemplate): string {
  const sections = Object.entries(template).map(([name, entries]) => {
    const lines = Object.entries(entries).map(([id, entry]) => `${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
    return lines.length === 0 ? `"${name}": {}` : `"${name}": {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

// biome-ignore lint/suspicious/noExplicitAny: a template as the core writes it
function recorded(template: any, stackPath: string): RecordedTemplate {
  const { Parameters = {}, Mappings = {}, Conditions = {}, Resources = {}, Outputs = {} } = masked(template);
  const { BootstrapVersion: _, ...parameters } = Parameters;
  const resources = Object.entries(Resources as { [id: string]: RecordedResource & { Metadata?: object } }).map(
    ([id, { Type, Condition, DeletionPolicy, UpdateReplacePolicy, Properties = {}, Metadata = {} }]) => {
      const path = (Metadata as { [key: string]: string })['aws:cdk:path'] ?? id;
      const Path = path.startsWith(`${stackPath}/`) ? path.slice(stackPath.length + 1) : path;
      const properties = Object.fromEntries(
        Object.entries(Properties).map(([name, value]) => [name, RIGHTS.includes(name) ? { Statement: [] } : value]),
      );
      return [id, { Type, Path, Condition, DeletionPolicy, UpdateReplacePolicy, Properties: properties }];
    },
  );
  // As it is read from a file, where what is undefined is not written.
  return JSON.parse(
    JSON.stringify({ Parameters: parameters, Mappings, Conditions, Resources: Object.fromEntries(resources), Outputs }),
  );
}

/** Hashes of assets change with every byte of a script, which no user feels. */
function masked(template: object) {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, '<asset>'));
}
