import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attachCustomSynthesis, Stack, Stage } from 'aws-cdk-lib';
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
  readonly usage?: { readonly [measure: string]: number };
}

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

  /** Path of its stack. */
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
  readonly constructs: readonly WrittenFacts[];
}

/** Name of the file with the facts, at the top of the cloud assembly. */
export const FACTS_FILE = 'ml-infra.json';

const FACTS = Symbol.for('cdk-ml-infra.facts');
const WRITER = Symbol.for('cdk-ml-infra.factsWriter');

/** Lets a construct tell of itself. What `produce` returns is asked for late, when the app is complete. */
export function tellFacts(construct: Construct, produce: () => Facts): void {
  Object.defineProperty(construct, FACTS, { value: produce, configurable: true });
  const { root } = construct.node;
  if (!(WRITER in root)) {
    Object.defineProperty(root, WRITER, { value: construct });
    attachCustomSynthesis(construct, { onSynthesize: () => writeFacts(root) });
  }
}

/** The facts of a construct and of all below it, in the order of the tree. */
export function factsBelow(scope: IConstruct): WrittenFacts[] {
  return scope.node
    .findAll()
    .flatMap((construct) => (FACTS in construct ? [written(construct, (construct[FACTS] as () => Facts)())] : []));
}

/** The facts of a construct itself, if it tells any. */
export function factsOf(construct: IConstruct): Facts | undefined {
  return FACTS in construct ? (construct[FACTS] as () => Facts)() : undefined;
}

function writeFacts(root: IConstruct): void {
  if (!Stage.isStage(root)) {
    return;
  }
  const file: FactsFile = { schema: 1, library: version(), constructs: factsBelow(root) };
  writeFileSync(join(root.outdir, FACTS_FILE), `${JSON.stringify(file, undefined, 1)}\n`);
}

function written(construct: IConstruct, { parts, within, links, ...facts }: Facts): WrittenFacts {
  const stack = Stack.of(construct);
  return legible(stack, {
    path: construct.node.path,
    stack: stack.node.path,
    ...facts,
    ...(parts && {
      parts: parts.map(({ kind, construct: part, label }) => ({ kind, path: part.node.path, label })),
    }),
    ...(within && { within: within.node.path }),
    ...(links && { links: links.map(({ to, label }) => ({ to: to.node.path, label })) }),
  }) as WrittenFacts;
}

/** Resolves what is known, and writes the rest as `${...}`. */
function legible(stack: Stack, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => legible(stack, each));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, legible(stack, each)]));
  }
  return typeof value === 'string' ? flattened(stack.resolve(value)) : value;
}

function version(): string {
  return require('../../package.json').version;
}
