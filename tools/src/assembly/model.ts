import type { CostedResource } from 'cdk-ml-infra/lib/cost/pricing';
import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import type { TemplateBody } from 'cdk-ml-infra/lib/private/template';

/** What `cdk synth` leaves in a folder, of an app in any language. */
export interface Assembly {
  /** Absolute path. */
  readonly folder: string;

  /** Version of cdk-ml-infra that the app uses; undefined if it uses none that tells facts. */
  readonly library?: string;

  /** What the constructs of the library tell of themselves. */
  readonly facts: readonly WrittenFacts[];

  /** In the order of the manifests; a nested stack follows its parent. */
  readonly stacks: readonly AssemblyStack[];

  /** What the checks of the app found; empty also where an app has no checks. */
  readonly findings: readonly Finding[];

  /** Names of the checks that ran, in the order of the report; undefined if the app has no report of checks. */
  readonly checks?: readonly Check[];

  /** Checks of the library that ran, whether or not they found something; undefined if it does not tell. */
  readonly ran?: readonly RunChecks[];

  /** What a reader must know of how the assembly was read, in sentences. */
  readonly notes?: readonly string[];
}

/** Checks of the library that ran at synthesis. */
export interface RunChecks {
  readonly name: string;

  /** How many of its rules were on. */
  readonly rules?: number;
}

/** A stack, or a nested stack. */
export interface AssemblyStack {
  /** Path of its construct, such as `Prod/Team`. */
  readonly path: string;

  /** Name in CloudFormation; of a nested stack, its logical id. */
  readonly name: string;

  /** Undefined where only the deployment knows it. */
  readonly account?: string;
  readonly region?: string;

  readonly template: TemplateBody;
  readonly resources: readonly AssemblyResource[];

  /** Path of the stack that a nested stack is part of. */
  readonly nestedIn?: string;
}

/** A resource of a template, with the path of its construct. */
export interface AssemblyResource extends CostedResource {
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;

  /** Its own tags and those of its stack; deploy-time values as `${...}`. */
  readonly tags: { readonly [key: string]: string };
}

/** A set of checks that ran at synthesis and found something, or had something acknowledged. */
export interface Check {
  readonly name: string;
  readonly version?: string;
  readonly passed: boolean;
}

/** What a check found at one construct. */
export interface Finding {
  readonly rule: string;

  /** `fatal`, `error`, `warning`, `info`, or a word of the checks' own. */
  readonly severity: string;

  /** Name of the checks. */
  readonly pack: string;

  /** Path of the construct, without the `Resource` or `Default` at its end. */
  readonly path: string;
  readonly logicalId?: string;
  readonly text: string;
  readonly fix?: string;

  /** Page that explains the rule. */
  readonly link?: string;

  /** The reason why somebody accepts it; empty if the app gives none, undefined if nobody accepts it. */
  readonly acknowledged?: string;
}
