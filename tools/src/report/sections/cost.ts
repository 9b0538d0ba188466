import type { Estimate, Item } from 'cdk-ml-infra/lib/cost/pricing';
import { counted, listedShortly, usd } from '../../diagram/plain-text';
import { cents, counts, percent, price, typeOf } from '../amounts';
import { Bar, barsOf, largest } from '../bars';
import { Contents } from '../contents';
import { breakable, Html, html } from '../html';
import { Column, tableOf } from '../table';
import { notCounted } from './uncounted';

/** Longest lists of bars: beyond that they would not be read. */
const MOST_BARS = 12;

/** More are counted, not named. */
const MOST_MACHINES = 5;

/** Owner of notebooks for which an app names none. */
const TEAM = 'team';

/** Where what has no tag is counted. */
const NONE = 'shared, without this tag';

/** What the app costs: bars, the comparison, each cost, and what is not counted. */
export function cost(contents: Contents): Html {
  const { estimate, total, age } = contents;
  return html`<section id="cost" aria-labelledby="cost-heading">
<h2 id="cost-heading">Cost</h2>
<p><strong>${total.amount.replace(/^a/, 'A')} per month</strong>${total.missing.map((each) => html`, <strong>${each}</strong>`)}, in USD, without tax and credits. Prices of ${estimate.pricesOf}${age !== undefined && html` <strong class="warn">(${age})</strong>`}.</p>
${machines(contents)}
${views(estimate)}
${comparison(contents)}
<h3>Each cost</h3>
${estimate.items.length > 0 ? costs(estimate.items) : html`<p>${total.unpriced > 0 ? 'No cost of this app has a price that is known.' : 'Nothing of this app costs anything without being used.'}</p>`}
${notCounted(estimate)}
</section>
`;
}

/** What is missing costs most of all where it is a machine. */
function machines({ estimate, total }: Contents): Html | false {
  const paths = estimate.unpriced.filter(({ machine, byUse }) => machine && !byUse).map((each) => each.constructPath);
  return (
    total.machines > 0 &&
    html`<p><strong class="bad">Not in it, for want of a price: ${counted(total.machines, 'machine')}</strong> (${breakable(
      listedShortly(paths, MOST_MACHINES),
    )}). <a href="#unpriced">Why</a></p>`
  );
}

/** Chosen by radio buttons, which need no script. */
function views({ items, monthlyTotal: total }: Estimate): Html {
  const all = VIEWS.filter(({ of }, index) => index === 0 || items.some((item) => of(item)));
  const owners = new Set(items.flatMap(({ owner }) => owner ?? []));
  const first = owners.size > 1 ? 'owner' : all[0].id;
  return html`<fieldset class="views"><legend>Cost by</legend>
${all.map(({ id, title }) => html`<input type="radio" name="view" id="by-${id}"${id === first && html` checked`}><label for="by-${id}">${title}</label>`)}
${all.map(
  ({ id, title, of }) => html`<div class="view view-${id}"><h3>By ${title}</h3>
${barsOf(
  `Cost per month by ${title}`,
  title,
  largest(items, (item) => barOf(of(item), item), MOST_BARS),
  total,
)}${id === 'owner' && owners.has(TEAM) && html`<p class="soft"><code>${TEAM}</code> stands for notebooks without an owner: they share one role.</p>`}</div>`,
)}
</fieldset>
`;
}

const VIEWS: readonly {
  readonly id: string;
  readonly title: string;
  readonly of: (item: Item) => string | undefined;
}[] = [
  { id: 'type', title: 'type', of: typeOf },
  { id: 'owner', title: 'owner', of: ({ owner }) => owner },
  { id: 'environment', title: 'environment', of: ({ environment }) => environment },
  { id: 'project', title: 'project', of: ({ project }) => project },
  { id: 'base', title: 'base', of: ({ base }) => base },
];

function barOf(name: string | undefined, { monthlyUsd }: Item): Bar {
  return { name: name ?? NONE, amount: monthlyUsd };
}

function comparison({ sharing }: Contents): Html | false {
  const bars = [
    { name: 'Shared, as it is', amount: sharing.sharedUsd },
    { name: 'Each for itself', amount: sharing.separateUsd },
  ];
  return (
    sharing.savedUsd > 0 &&
    html`<h3>Shared against separate</h3>
<p>Sharing saves <strong>${usd(sharing.savedUsd)} per month</strong>, ${percent(sharing.savedPercent)} of what ${counted(sharing.workloads, 'workload')} would cost with all for themselves.</p>
${barsOf('Cost per month, shared and separate', 'How', bars)}
<ul class="soft">${sharing.assumptions.map((each) => html`<li>${each}</li>`)}</ul>
`
  );
}

function costs(items: readonly Item[]): Html {
  const several = (of: (item: Item) => string | undefined) => new Set(items.map(of)).size > 1;
  const optional = TAGS.filter(({ of }) => several(of)).map(({ title, of }) => ({
    title,
    cell: (item: Item) => of(item) ?? '–',
    groups: true,
  }));
  const columns: Column<Item>[] = [
    { title: 'Construct', cell: ({ constructPath }) => breakable(constructPath) },
    { title: 'Per month', cell: ({ monthlyUsd }) => usd(monthlyUsd), number: ({ monthlyUsd }) => cents(monthlyUsd) },
    { title: 'Type', cell: (item) => breakable(typeOf(item)), groups: true },
    {
      title: 'What',
      cell: ({ description, stated }) => html`${description}${stated && html` <em class="tag">stated</em>`}`,
    },
    ...optional,
    {
      title: 'Quantity',
      cell: ({ quantity, unit, unitUsd }) =>
        html`${counts(quantity, unit)} <span class="soft">at ${price(unitUsd)}</span>`,
      number: ({ quantity }) => quantity,
    },
  ];
  const rows = [...items].sort((one, other) => other.monthlyUsd - one.monthlyUsd || order(one, other));
  const sum = { column: 1, write: usd };
  return tableOf({
    id: 'costs',
    caption: 'What costs how much per month',
    noun: 'cost',
    columns,
    rows,
    groupedBy: 2,
    sum,
  });
}

const TAGS: readonly { readonly title: string; readonly of: (item: Item) => string | undefined }[] = [
  { title: 'Owner', of: ({ owner }) => owner },
  { title: 'Environment', of: ({ environment }) => environment },
  { title: 'Project', of: ({ project }) => project },
  { title: 'Base', of: ({ base }) => base },
  { title: 'Region', of: ({ region }) => region },
];

function order(one: Item, other: Item): number {
  return one.constructPath < other.constructPath ? -1 : one.constructPath > other.constructPath ? 1 : 0;
}
