import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import type { Define } from '../examples/example-apps';
import type { WrittenResource } from '../shared/templates';

/** A template as a record keeps it: without what neither users nor their data can feel. */
export interface RecordedTemplate {
  readonly Parameters: { readonly [logicalId: string]: { readonly Type: string; readonly Default?: unknown } };
  readonly Mappings: { readonly [logicalId: string]: unknown };
  readonly Conditions: { readonly [logicalId: string]: unknown };
  readonly Resources: { readonly [logicalId: string]: RecordedResource };
  readonly Outputs: { readonly [logicalId: string]: RecordedOutput };

  /** What the stack has beside its template. Nested stacks have that of the stack around them. */
  readonly Stack?: RecordedTerms;
}

/** On which terms a stack is deployed. */
export interface RecordedTerms {
  /** Account and region, such as `aws://111111111111/eu-central-1`. */
  readonly Environment: string;
  readonly Tags: { readonly [key: string]: string };
  readonly TerminationProtection: boolean;
}

/** Account and region in which an app is synthesized. */
export interface RecordedEnvironment {
  readonly account: string;
  readonly region: string;
}

/** An output of such a template. */
export interface RecordedOutput {
  readonly Value: unknown;
  readonly Export?: unknown;
  readonly Condition?: string;
}

/** A resource of such a template. */
export interface RecordedResource extends WrittenResource {
  readonly Condition?: string;

  /** Path of the construct below its stack. */
  readonly Path: string;
}

/** Templates by the names of their stacks. A nested stack goes by its path, with dots: no name of a stack has one. */
export type RecordedStacks = { readonly [stackName: string]: RecordedTemplate };

/** Who may do what is most of a template, is always updated in place, and is what the tests of rights are about. */
const RIGHTS = ['AssumeRolePolicyDocument', 'KeyPolicy', 'PolicyDocument'];

/** What an app gives under some feature flags, nested stacks included; where it is known, in an account and region. */
export function recordedStacks(define: Define, flags: object, env?: RecordedEnvironment): RecordedStacks {
  const app = appOf(define, flags, env);
  const { stacksRecursively, manifest } = app.synth();
  if (manifest.missing?.length) {
    throw new Error(`what is recorded may look nothing up, looks up: ${JSON.stringify(manifest.missing)}`);
  }
  const top = stacksRecursively.map(
    ({ stackName, hierarchicalId, template, tags, terminationProtection, environment }) => {
      const terms = {
        Environment: environment.name,
        Tags: tags,
        TerminationProtection: terminationProtection ?? false,
      };
      return [stackName, { ...recorded(template, hierarchicalId), Stack: terms }] as const;
    },
  );
  return Object.fromEntries([...top, ...nestedIn(app).map((stack) => [dottedName(stack), recordedNested(stack)])]);
}

/** The names of the stacks of an app, as a record has them. */
export function stackNames(define: Define, flags: object, env?: RecordedEnvironment): string[] {
  const app = appOf(define, flags, env);
  const top = app.node.findAll().filter(Stack.isStack).filter(isTop);
  return [...top.map(({ stackName }) => stackName), ...nestedIn(app).map(dottedName)];
}

/** A template as one line for each of its entries: small, and yet to be compared by people. */
export function textOf(template: RecordedTemplate): string {
  const sections = Object.entries(template).map(([name, entries]) => {
    const lines = Object.entries(entries).map(([id, entry]) => `${JSON.stringify(id)}: ${JSON.stringify(entry)}`);
    return lines.length === 0 ? `"${name}": {}` : `"${name}": {\n${lines.join(',\n')}\n}`;
  });
  return `{\n${sections.join(',\n')}\n}\n`;
}

function appOf(define: Define, flags: object, env?: RecordedEnvironment): App {
  const zones = env && {
    [`availability-zones:account=${env.account}:region=${env.region}`]: ['a', 'b', 'c'].map((id) => env.region + id),
  };
  const app = new App({
    analyticsReporting: false,
    context: { ...flags, ...zones, 'aws:cdk:enable-path-metadata': true },
  });
  define(app, env);
  return app;
}

function isTop(stack: Stack): boolean {
  return stack.nestedStackParent === undefined;
}

function nestedIn(app: App): Stack[] {
  return app.node
    .findAll()
    .filter(Stack.isStack)
    .filter((stack) => !isTop(stack));
}

function dottedName(stack: Stack): string {
  const parent = stack.nestedStackParent;
  const below = stack.node.path.slice((parent?.node.path.length ?? 0) + 1);
  return parent === undefined ? stack.stackName : `${dottedName(parent)}.${below.replaceAll('/', '.')}`;
}

/** What the stack around it hands to a nested stack stands in the place of the defaults; only that stack reads outputs. */
function recordedNested(stack: Stack): RecordedTemplate {
  const [resource, parent] = [stack.nestedStackResource, stack.nestedStackParent];
  const handed =
    parent && resource && rawTemplateOf(parent).Resources[parent.getLogicalId(resource)].Properties.Parameters;
  const { Parameters, ...others } = recorded(rawTemplateOf(stack), stack.node.path);
  const known = Object.entries(Parameters).map(([id, parameter]) => {
    const value = masked(handed?.[id] ?? parameter.Default ?? null);
    return [id, { ...parameter, Default: typeof value === 'string' ? value : JSON.stringify(value) }];
  });
  return { ...others, Parameters: Object.fromEntries(known), Outputs: {} };
}

// biome-ignore lint/suspicious/noExplicitAny: a template as the core writes it
function rawTemplateOf(stack: Stack): any {
  return JSON.parse(readFileSync(join(Stage.of(stack)?.outdir ?? '', stack.templateFile), 'utf8'));
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
// biome-ignore lint/suspicious/noExplicitAny: any JSON
function masked(template: unknown): any {
  return JSON.parse(JSON.stringify(template).replace(/[0-9a-f]{64}/g, '<asset>'));
}
