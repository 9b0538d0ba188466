import type { AssemblyResource } from '../../assembly/model';
import { counted, usd } from '../../diagram/plain-text';
import { cents, typeOf } from '../amounts';
import { Contents } from '../contents';
import { holdsData } from '../holds-data';
import { breakable, Html, html } from '../html';
import { LastingCost, LastingCosts } from '../lasting-costs';
import { Column, tableOf } from '../table';

/** What happens to data when stacks are deleted, or CloudFormation replaces a resource. */
export function kept({ assembly, estimate }: Contents): Html {
  const costs = new LastingCosts(estimate);
  const resources = assembly.stacks.flatMap((stack) => stack.resources);
  const rows = resources
    .filter((resource) => isKept(resource) || holdsData(resource))
    .map((resource) => fateOf(resource, costs));
  const goingOn = rows.flatMap(({ cost }) => cost ?? []);
  const lost = rows.filter(({ fate }) => fate === DELETED).length;
  return html`<section id="kept" aria-labelledby="kept-heading">
<h2 id="kept-heading">What stays when a stack is deleted</h2>
${
  rows.length > 0
    ? html`<p>${(rows.length - lost).toLocaleString('en-US')} of ${counted(resources.length, 'resource')} stay when their stack is deleted${lost < rows.length && going(goingOn)}. ${
        lost === 0
          ? 'No resource that is known to hold data is deleted with it.'
          : html`<strong class="bad">${counted(lost, 'resource')} ${lost === 1 ? 'is' : 'are'} deleted with ${lost === 1 ? 'its' : 'their'} data.</strong> CloudFormation deletes buckets and image repositories only when they are empty, unless the app has them emptied.`
      }</p>
${tableOf({ id: 'fates', caption: 'What stays, and what is deleted with its data', noun: 'resource', columns: COLUMNS, rows: ordered(rows), groupedBy: 1 })}`
    : html`<p>Nothing stays when a stack is deleted, and there is no resource known to hold data.</p>`
}
</section>
`;
}

const DELETED = 'deleted with its data';

interface Fate {
  readonly construct: string;
  readonly type: string;
  readonly stack: string;
  readonly fate: string;
  readonly replaced: string;

  /** Of what stays: what it costs from then on. */
  readonly cost?: LastingCost;
}

const COLUMNS: readonly Column<Fate>[] = [
  { title: 'Construct', cell: ({ construct }) => breakable(construct) },
  { title: 'Type', cell: ({ type }) => breakable(type), groups: true },
  { title: 'Stack', cell: ({ stack }) => breakable(stack), groups: true },
  { title: 'Stack deleted', cell: ({ fate, cost }) => marked(fate, cost), groups: true },
  { title: 'Replaced', cell: ({ replaced }) => marked(replaced), groups: true },
  {
    title: 'Costs on, per month',
    cell: ({ cost }) => (cost ? inUsd(cost) : '–'),
    number: ({ cost }) => cents(cost?.monthlyUsd ?? 0),
  },
];

/** What stays behind, and that it costs. */
function going(costs: readonly LastingCost[]): Html | string {
  const monthlyUsd = costs.reduce((sum, cost) => sum + cost.monthlyUsd, 0);
  const more = costs.some((cost) => cost.more);
  return costs.length === 0
    ? ', and are not known to cost anything then'
    : html`, and <strong class="warn">${costs.length.toLocaleString('en-US')} of them ${costs.length === 1 ? 'goes' : 'go'} on costing ${inUsd({ monthlyUsd, more }, ' per month')}</strong> until somebody deletes them`;
}

function inUsd({ monthlyUsd, more }: LastingCost, per = ''): string {
  return monthlyUsd === 0 ? 'by use' : `${usd(monthlyUsd)}${per}${more ? ' plus use' : ''}`;
}

function fateOf(resource: AssemblyResource, costs: LastingCosts): Fate {
  const { path: construct, type, stack, deletionPolicy, updateReplacePolicy } = resource;
  const policy = deletionPolicy ?? implied(resource);
  return {
    construct,
    type: typeOf({ resourceType: type }),
    stack,
    fate: inWords(policy, resource),
    cost: costAfter(policy, costs.of(resource)),
    replaced: inWords(updateReplacePolicy, resource),
  };
}

/** A snapshot costs its storage, and no more what it is of. */
function costAfter(policy: string, cost: LastingCost | undefined): LastingCost | undefined {
  return policy === 'Snapshot' ? { monthlyUsd: 0, more: true } : policy === 'Delete' ? undefined : cost;
}

/** What CloudFormation does where a template says nothing. */
function implied({ type, properties }: AssemblyResource): string {
  const snapshot =
    type === 'AWS::RDS::DBCluster' || (type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier === undefined);
  return snapshot ? 'Snapshot' : 'Delete';
}

function inWords(policy: string | undefined, resource: AssemblyResource): string {
  switch (policy) {
    case 'Retain':
      return 'stays';
    case 'RetainExceptOnCreate':
      return 'stays, unless its creation fails';
    case 'Snapshot':
      return 'a snapshot stays';
    default:
      return holdsData(resource) ? DELETED : 'deleted';
  }
}

function marked(fate: string, cost?: LastingCost): Html {
  const mark = fate === DELETED ? 'bad' : fate === 'deleted' ? 'plain' : cost ? 'warn' : 'good';
  return html`<span class="mark ${mark}">${fate}</span>`;
}

function isKept({ deletionPolicy = 'Delete' }: AssemblyResource): boolean {
  return deletionPolicy !== 'Delete';
}

function ordered(fates: readonly Fate[]): Fate[] {
  const rank = ({ fate }: Fate) => (fate === DELETED ? 0 : 1);
  return [...fates].sort((one, other) => rank(one) - rank(other));
}
