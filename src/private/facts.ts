import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IPolicyValidationPlugin, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { flattened } from './template';

/** What a construct tells of itself, for estimates, pictures and reports. Deploy-time values may stand in every text. */
export interface Facts {
  /** Name of its class, such as `MlNotebook`. */
  readonly kind: string;

  /** What a reader wants to know first, such as `ml.t3.medium` and `50 GiB`. */
  readonly details?: readonly string[];

  /** Values of the tags by which costs are told apart. */
  readonly identity?: Identity;

  /** What it is made of, as far as a picture shows it. */
  readonly parts?: readonly Part[];

  /** The part of another construct that it stands in, such as a subnet. */
  readonly within?: IConstruct;

  /** What it uses. */
  readonly links?: readonly Link[];

  /** How long it runs, if something limits that. */
  readonly hours?: RunningHours;

  /** How much its team says that it and all below is used. */
  readonly usage?: Usage;
}

/** Measures of use in a month, by the names of `MlUsage`. */
export type Usage = { readonly [measure: string]: number };

/** Values of the tags `ml-base`, `ml-environment`, `ml-owner` and `ml-project`. */
export interface Identity {
  readonly base?: string;
  readonly environment?: string;
  readonly owner?: string;
  readonly project?: string;
}

/** A subnet, an endpoint, a bucket. */
export interface Part {
  readonly kind: 'subnet' | 'endpoint' | 'bucket' | 'key';
  readonly construct: IConstruct;
  readonly label: string;
}

/** That one construct uses another, in the word for the arrow. */
export interface Link {
  readonly to: IConstruct;
  readonly label: string;
}

/** Hours of a month of 730 hours, and why it is not all of them. */
export interface RunningHours {
  readonly perMonth: number;
  readonly because: string;
}

/** Facts as they stand in `ml-infra.json`: constructs by their paths, deploy-time values as text. */
export interface WrittenFacts extends Omit<Facts, 'parts' | 'within' | 'links'> {
  /** Path of the construct. */
  readonly path: string;

  /** Path of its stack; empty above all stacks. */
  readonly stack: string;
  readonly parts?: readonly { readonly kind: Part['kind']; readonly path: string; readonly label: string }[];
  readonly within?: string;
  readonly links?: readonly { readonly to: string; readonly label: string }[];
}

/** What synthesis leaves in the cloud assembly for the tools. */
export interface FactsFile {
  readonly schema: 1;

  /** Version of the library. */
  readonly library: string;

  /**
   * Paths of all stacks of the app, nested ones among them. An app that does not write this file, such as one without
   * the library or one that leaves out validation, leaves that of another in the folder: then its stacks are not these.
   */
  readonly stacks: readonly string[];

  /** Packs of checks that the app was given, whether or not they found something; those of one name are one. */
  readonly checks?: readonly AddedChecks[];
  readonly constructs: readonly WrittenFacts[];
}

/** A pack of checks, with the ids of the rules that are on, in the order of the alphabet. */
export interface AddedChecks {
  readonly name: string;
  readonly rules: readonly string[];
}

/** Name of the file with the facts, at the top of the cloud assembly. */
export const FACTS_FILE = 'ml-infra.json';

/** Kind of what tells nothing of itself, such as an app, but whose use is stated. */
const USAGE_ALONE = 'MlUsage';

const FACTS = Symbol.for('cdk-ml-infra.facts');
const USAGE = Symbol.for('cdk-ml-infra.usage');
const WRITER = Symbol.for('cdk-ml-infra.factsWriter');

/** Lets a construct tell of itself. What `produce` returns is asked for late, when the app is complete. */
export function tellFacts(construct: Construct, produce: () => Facts): void {
  Object.defineProperty(construct, FACTS, { value: produce, configurable: true });
  haveWritten(construct.node.root);
}

/** Notes how much a construct of whatever kind is used, be it an app, besides what it tells of itself. */
export function stateUsage(construct: IConstruct, usage: Usage): void {
  Object.defineProperty(construct, USAGE, { value: usage, configurable: true });
  haveWritten(construct.node.root);
}

/** What is stated of the use of a construct itself. */
export function usageOf(construct: IConstruct): Usage {
  return USAGE in construct ? (construct[USAGE] as Usage) : {};
}

function haveWritten(root: IConstruct): void {
  if (WRITER in root) {
    return;
  }
  Object.defineProperty(root, WRITER, { value: true });
  // Validation of the root comes once per synthesis, when stages within are complete and aspects have been applied. A
  // custom synthesis would come too early below a stage, and a construct takes only one, which may be the app's own.
  root.node.addValidation({
    validate: () => {
      writeFacts(root);
      return [];
    },
  });
}

/** A base, as facts of what stands on it name it. */
export interface ToldBase extends IConstruct {
  readonly baseName: string;
  readonly environment: { readonly name: string };

  /** Name for facts where that of the tag is only known at deployment. */
  readonly _knownName?: string;
}

/** The values of the tags of what stands on a base. */
export function identityOn(base: ToldBase): Identity {
  return { base: base._knownName ?? base.baseName, environment: base.environment.name };
}

/** That something stands on a base. */
export function standsOn(base: IConstruct): Link {
  return { to: base, label: 'stands on' };
}

/** The facts of a construct and of all below it, in the order of the tree. */
export function factsBelow(scope: IConstruct): WrittenFacts[] {
  return scope.node.findAll().flatMap(told);
}

/** The facts of the constructs around a construct, the outermost first. */
export function factsAbove(scope: IConstruct): WrittenFacts[] {
  return scope.node.scopes.slice(0, -1).flatMap(told);
}

/** The facts of a construct itself, if it tells any. */
export function factsOf(construct: IConstruct): Facts | undefined {
  return FACTS in construct ? (construct[FACTS] as () => Facts)() : undefined;
}

function writeFacts(root: IConstruct): void {
  if (!Stage.isStage(root)) {
    return;
  }
  const all = root.node.findAll();
  const checks = checksOf(all.filter((construct) => Stage.isStage(construct)));
  const file: FactsFile = {
    schema: 1,
    library: version(),
    stacks: all.filter((construct) => Stack.isStack(construct)).map(({ node }) => node.path),
    ...(checks.length > 0 && { checks }),
    constructs: all.flatMap(told),
  };
  writeFileSync(join(root.outdir, FACTS_FILE), textOf(file));
}

/**
 * The core tells nobody of checks that found nothing, and refuses checks that write into the assembly. So it is asked by
 * the name of its own field; a core without that field leaves the checks out.
 */
function checksOf(stages: Stage[]): AddedChecks[] {
  const packs = new Map<string, Set<string>>();
  for (const stage of stages) {
    const { _policyValidation: added } = stage as unknown as { readonly _policyValidation?: IPolicyValidationPlugin[] };
    for (const { name, ruleIds = [] } of added ?? []) {
      packs.set(name, new Set([...(packs.get(name) ?? []), ...ruleIds]));
    }
  }
  return [...packs].map(([name, rules]) => ({ name, rules: [...rules].sort() }));
}

/** One construct per line, so that a difference between two files names what changed. */
function textOf({ constructs, ...head }: FactsFile): string {
  const lines = constructs.map((each) => JSON.stringify(each));
  return `${JSON.stringify(head).slice(0, -1)},"constructs":[\n${lines.join(',\n')}\n]}\n`;
}

function told(construct: IConstruct): WrittenFacts[] {
  const facts = factsOf(construct);
  if (!(USAGE in construct)) {
    return facts ? [written(construct, facts)] : [];
  }
  const { usage, ...others } = facts ?? { kind: USAGE_ALONE };
  return [written(construct, { ...others, usage: { ...usage, ...usageOf(construct) } })];
}

function written(construct: IConstruct, { parts, within, links, ...facts }: Facts): WrittenFacts {
  const stack = stackAround(construct);
  const text = (value: string) => legible(stack, value) as string;
  return {
    path: construct.node.path,
    stack: stack?.node.path ?? '',
    ...(legible(stack, facts) as typeof facts),
    ...(parts && {
      parts: parts.map(({ kind, construct: part, label }) => ({ kind, path: part.node.path, label: text(label) })),
    }),
    ...(within && { within: within.node.path }),
    ...(links && { links: links.map(({ to, label }) => ({ to: to.node.path, label: text(label) })) }),
  };
}

function stackAround(construct: IConstruct): Stack | undefined {
  let scope: IConstruct | undefined = construct;
  while (scope !== undefined && !Stack.isStack(scope)) {
    scope = scope.node.scope;
  }
  return scope;
}

/** Resolves what is known, and writes the rest as `${...}`. Outside of stacks, nothing can be resolved. */
function legible(stack: Stack | undefined, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => legible(stack, each));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, legible(stack, each)]));
  }
  return Token.isUnresolved(value) ? (stack ? flattened(stack.resolve(value)) : '${...}') : value;
}

function version(): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')).version;
}
