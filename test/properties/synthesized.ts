import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { textsOf, type WrittenResource, type WrittenTemplate } from '../shared/templates';
import { type DefinedApp, defineApp } from './define-app';
import type { AppPlan } from './plan';

/** A resource of a synthesized app, and where it stands. */
export interface PlacedResource extends WrittenResource {
  readonly logicalId: string;
  /** File of its template. */
  readonly file: string;
  readonly Metadata?: { readonly [key: string]: unknown };
}

/** What a plan comes to: templates by file, and what has to be known of the app besides. */
export interface Synthesized {
  readonly plan: AppPlan;
  readonly texts: ReadonlyMap<string, string>;
  readonly templates: ReadonlyMap<string, WrittenTemplate>;
  readonly resources: PlacedResource[];
  /** Errors that constructs left for the synthesis, as sentences. */
  readonly errors: string[];
  readonly defined: Pick<DefinedApp, 'environment' | 'baseName'>;
}

/** Spoils an app before it is synthesized, to see that a property notices. */
export type Fault = (app: App) => void;

/** The resources of some types. */
export function ofType({ resources }: Synthesized, ...types: string[]): PlacedResource[] {
  return resources.filter(({ Type }) => types.includes(Type));
}

/** Path of the construct that a resource is of. */
export function pathOf({ Metadata }: PlacedResource): string {
  return String(Metadata?.['aws:cdk:path']);
}

/** Where a resource stands, in words for a person. */
export function placeOf({ file, logicalId }: PlacedResource): string {
  return `${file.replace('.template.json', '')}/${logicalId}`;
}

/** Synthesizes the app of a plan anew. */
export function synthesize(plan: AppPlan, fault: Fault = () => undefined): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), 'properties-'));
  try {
    const { app, environment, baseName } = defineApp(plan, outdir);
    fault(app);
    const assembly = app.synth();
    const texts = textsOf(assembly);
    const templates = new Map([...texts].map(([file, text]) => [file, JSON.parse(text) as WrittenTemplate]));
    const messages = assembly.stacks.flatMap((stack) => stack.messages);
    return {
      plan,
      texts,
      templates,
      resources: [...templates].flatMap(([file, { Resources }]) =>
        Object.entries(Resources).map(([logicalId, resource]) => ({ ...resource, logicalId, file })),
      ),
      errors: messages.filter(({ level }) => level === 'error').map(({ entry }) => String(entry.data)),
      defined: { environment, baseName },
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const KNOWN = new Map<string, Synthesized>();

/** Synthesizes the app of a plan once: with one seed, all properties look at the same plans. */
export function synthesizeOnce(plan: AppPlan): Synthesized {
  const key = JSON.stringify(plan);
  const known = KNOWN.get(key) ?? synthesize(plan);
  KNOWN.set(key, known);
  return known;
}

/** Writes the templates of all apps so far into a folder, for checkers that read files. */
export function writeTemplates(folder: string): void {
  mkdirSync(folder, { recursive: true });
  [...KNOWN.values()].forEach(({ texts, plan }, index) => {
    for (const [file, text] of texts) {
      const region = plan.region ?? 'any';
      writeFileSync(join(folder, `${String(index).padStart(3, '0')}.${region}.${basename(file)}`), text);
    }
  });
}
