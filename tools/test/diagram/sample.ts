import { spawnSync } from 'node:child_process';
import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import type { Assembly, AssemblyResource, AssemblyStack } from '../../src/assembly/model';
import type { Box, Card, Picture, Scene } from '../../src/diagram/picture';

/** A notebook of a sample. */
export interface SampleNotebook {
  readonly name: string;
  readonly type?: string;
  readonly subnet?: 1 | 2;
  readonly stack?: string;
  readonly owner?: string;
  readonly usd?: number;
}

const SUBNETS = 'Lab/Shared/Network/Vpc/WorkloadSubnet';

/** The facts that a base in a stack tells, with a lifecycle and notebooks on it, as synthesis writes them. */
export function labFacts(notebooks: readonly SampleNotebook[]): WrittenFacts[] {
  const stacks = new Set(['Lab', ...notebooks.map(({ stack = 'Lab' }) => stack)]);
  const onBase = [{ to: 'Lab/Shared', label: 'stands on' }];
  return [
    {
      path: 'Lab/Shared',
      stack: 'Lab',
      kind: 'MlSharedInfra',
      parts: [{ kind: 'key', path: 'Lab/Shared/Key', label: 'key' }],
      links: [
        { to: 'Lab/Shared/Network', label: 'network' },
        { to: 'Lab/Shared/Storage', label: 'data' },
      ],
    },
    {
      path: 'Lab/Shared/Network',
      stack: 'Lab',
      kind: 'MlNetwork',
      details: ['no internet', '2 zones'],
      parts: [
        { kind: 'subnet', path: `${SUBNETS}1`, label: 'isolated subnet 1' },
        { kind: 'subnet', path: `${SUBNETS}2`, label: 'isolated subnet 2' },
        { kind: 'endpoint', path: 'Lab/Shared/Network/Endpoints/sts', label: 'sts' },
        { kind: 'endpoint', path: 'Lab/Shared/Network/Endpoints/logs', label: 'logs' },
      ],
    },
    {
      path: 'Lab/Shared/Storage',
      stack: 'Lab',
      kind: 'MlStorage',
      parts: [{ kind: 'bucket', path: 'Lab/Shared/Storage/Datasets', label: 'datasets' }],
    },
    ...[...stacks].map(
      (stack): WrittenFacts => ({
        path: `${stack}/Lifecycle`,
        stack,
        kind: 'NotebookLifecycle',
        details: ['idle stop after 1 hour'],
        links: onBase,
      }),
    ),
    ...notebooks.map(
      ({ name, type = 'ml.t3.medium', subnet = 1, stack = 'Lab', owner = name }): WrittenFacts => ({
        path: `${stack}/${name}`,
        stack,
        kind: 'MlNotebook',
        details: [type, '50 GiB'],
        identity: { owner },
        within: `${SUBNETS}${subnet}`,
        links: [...onBase, { to: `${stack}/Lifecycle`, label: 'starts with' }],
      }),
    ),
  ];
}

/** The team of the examples: five notebooks in two subnets. */
export const TEAM: readonly SampleNotebook[] = [
  { name: 'alice', usd: 43.5 },
  { name: 'bob', subnet: 2, usd: 64.5 },
  { name: 'charlie', type: 'ml.m5.xlarge', usd: 174.9 },
  { name: 'diana', type: 'ml.r5.xlarge', subnet: 2, usd: 227.46 },
  { name: 'eve', type: 'ml.g4dn.xlarge', usd: 544.57 },
];

/** An app with the base and these notebooks: facts, the resources of its stacks, and what they cost. */
export function lab(notebooks: readonly SampleNotebook[]): { assembly: Assembly; estimate: Estimate } {
  const resources = [
    resource('Lab/Shared/Key', 'AWS::KMS::Key'),
    resource('Lab/Shared/Network/Vpc', 'AWS::EC2::VPC'),
    resource(`${SUBNETS}1`, 'AWS::EC2::Subnet'),
    resource('Lab/Shared/Network/Endpoints/sts', 'AWS::EC2::VPCEndpoint'),
    resource('Lab/Shared/Storage/Datasets', 'AWS::S3::Bucket'),
    resource('Lab/Shared/Storage/AccessLogs', 'AWS::S3::Bucket'),
    resource('Lab/MlOwners-x/alice', 'AWS::IAM::Role'),
    ...notebooks.map(({ name, stack = 'Lab' }) =>
      resource(`${stack}/${name}`, 'AWS::SageMaker::NotebookInstance', { stack }),
    ),
  ];
  const costs: Record<string, number> = { 'Lab/Shared/Key': 1, 'Lab/Shared/Network/Endpoints/sts': 14.6 };
  for (const { name, stack = 'Lab', usd = 36.5 } of notebooks) {
    costs[`${stack}/${name}`] = usd;
  }
  return {
    assembly: assemblyOf(resources, labFacts(notebooks)),
    estimate: estimateWith(costs, { byUse: ['Lab/Shared/Storage/Datasets'] }),
  };
}

export function resource(path: string, type: string, more: Partial<AssemblyResource> = {}): AssemblyResource {
  const stack = path.split('/')[0];
  return { path, type, stack, logicalId: path.replace(/\W/g, ''), properties: {}, tags: {}, ...more };
}

export function assemblyOf(resources: readonly AssemblyResource[], facts: readonly WrittenFacts[] = []): Assembly {
  const paths = new Set([...resources, ...facts].map(({ stack }) => stack));
  const stacks = [...paths].map(
    (path): AssemblyStack => ({
      path,
      name: path,
      template: {},
      resources: resources.filter(({ stack }) => stack === path),
    }),
  );
  return { folder: '/', facts, stacks, findings: [] };
}

/** An estimate of these monthly costs by path. */
export function estimateWith(
  costs: Readonly<Record<string, number>>,
  { byUse = [], unpriced = [] }: { byUse?: string[]; unpriced?: string[] } = {},
): Estimate {
  const known = { resourceType: '', region: 'us-east-1', description: '', unit: '', unitUsd: 1 };
  return {
    items: Object.entries(costs).map(([constructPath, monthlyUsd]) => ({
      ...known,
      constructPath,
      quantity: 1,
      monthlyUsd,
      stated: false,
    })),
    byUse: byUse.map((constructPath) => ({ ...known, constructPath, measure: '' })),
    unpriced: unpriced.map((constructPath) => ({ constructPath, resourceType: '', reason: '' })),
    monthlyTotal: Object.values(costs).reduce((sum, usd) => sum + usd, 0),
    assumptions: [],
    pricesOf: '2025-12-05',
  };
}

export function card(title: string, more: Partial<Card> = {}): Card {
  const look = { letters: 'NB', hue: 'amber', lines: ['ml.t3.medium'], cost: '$36.50 / month' } as const;
  return { ...look, id: title, path: `Lab/${title}`, title, count: 1, monthlyUsd: 36.5, ...more };
}

export function box(id: string, column: Box['column'], cards: readonly Card[], more: Partial<Box> = {}): Box {
  return { id, column, tint: 'teal', title: id, cards, ...more };
}

export function scene(boxes: readonly Box[], more: Partial<Scene> = {}): Scene {
  return { id: 'Lab', title: 'Lab', monthlyUsd: 36.5, frames: [], boxes, arrows: [], ...more };
}

export function pictureWith(...scenes: readonly Scene[]): Picture {
  const heading = { title: 'Lab', region: 'us-east-1', monthlyUsd: 36.5, note: 'per month' };
  return { ...heading, pricesOf: '2025-12-05', scenes };
}

/** Texts that act on SVG, Mermaid, DOT or a terminal, if one of them lets them. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  '"]; end; click a href "javascript:x"',
  'a & b &amp; c',
  "it's `code` **bold** #35; --> b",
  '\u001b[31mred\u0007\r\nline',
  '\u202eright to left\u2066',
  'שלום עולם',
  '会社のノート🚀👩‍💻',
  '\ud800 half',
  '<<TABLE>> \\N \\G }',
  '__proto__',
];

/** Graphviz in a process of its own: jest loads no modules of its kind. */
export async function graphvizApart(graphs: readonly string[]): Promise<string[]> {
  const script = `
    const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
    const engine = await Graphviz.load();
    const graphs = JSON.parse(await new Response(process.stdin).text());
    console.log(JSON.stringify(graphs.map((graph) => engine.layout(graph, 'json', 'dot'))));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: __dirname,
    input: JSON.stringify(graphs),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (stdout === '') {
    throw new Error(stderr);
  }
  return JSON.parse(stdout);
}
