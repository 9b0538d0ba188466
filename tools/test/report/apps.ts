import type { Estimate, Item } from 'cdk-ml-infra/lib/cost/pricing';
import type { Assembly, AssemblyStack } from '../../src/assembly/model';
import { Contents, contentsOf } from '../../src/report/contents';

type Body = {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};

export interface StackOptions extends Partial<Omit<AssemblyStack, 'template' | 'resources'>> {
  readonly Resources?: { readonly [id: string]: Body };
  readonly Outputs?: { readonly [id: string]: unknown };
}

/** Names that would act on a page if they were not escaped. */
export const HOSTILE = `<script>"'&]]></td>\u202e`;

/** A stack as an assembly has it: the path of a resource is that of its stack and its logical id. */
export function stackOf(name: string, { Resources = {}, Outputs, ...options }: StackOptions = {}): AssemblyStack {
  return {
    path: name,
    name,
    template: { Resources, Outputs } as AssemblyStack['template'],
    resources: Object.entries(Resources).map(([logicalId, body]) => ({
      path: `${name}/${logicalId}`,
      logicalId,
      stack: name,
      type: body.Type,
      properties: body.Properties ?? {},
      region: options.region,
      deletionPolicy: body.DeletionPolicy,
      updateReplacePolicy: body.UpdateReplacePolicy,
      tags: tagsIn(body.Properties?.Tags),
    })),
    ...options,
  };
}

export function assemblyOf(stacks: readonly AssemblyStack[], options: Partial<Assembly> = {}): Assembly {
  return { folder: '/app/cdk.out', facts: [], findings: [], stacks, ...options };
}

export function estimateWith(options: Partial<Estimate> = {}): Estimate {
  const { items = [] } = options;
  const monthlyTotal = items.reduce((sum, { monthlyUsd }) => sum + monthlyUsd, 0);
  return { monthlyTotal, items, byUse: [], unpriced: [], assumptions: [], pricesOf: '2025-08-08', ...options };
}

export function itemOf(options: Partial<Item> = {}): Item {
  return {
    constructPath: 'Team/alice',
    resourceType: 'AWS::SageMaker::NotebookInstance',
    region: 'us-east-1',
    description: 'ml.t3.medium, always on',
    quantity: 730,
    unit: 'hour',
    unitUsd: 0.05,
    monthlyUsd: 36.5,
    stated: false,
    ...options,
  };
}

/** What the sections of a report are given. */
export function contentsWith(assembly: Assembly, options: Partial<Contents> = {}): Contents {
  const nothing = { workloads: 0, sharedUsd: 0, separateUsd: 0, savedUsd: 0, savedPercent: 0, assumptions: [] };
  const input = { assembly, estimate: estimateWith(), sharing: nothing, svg: '<svg></svg>' };
  return { ...contentsOf({ ...input, ...options }), ...options };
}

/** The text of a page without its tags. */
export function textOf(page: unknown): string {
  return String(page)
    .replace(/<wbr>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function tagsIn(tags: unknown): { [key: string]: string } {
  return Object.fromEntries((Array.isArray(tags) ? tags : []).map(({ Key, Value }) => [Key, String(Value)]));
}
