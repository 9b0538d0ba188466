import type { Estimate } from 'cdk-ml-infra/lib/cost/pricing';
import { gravestFirst } from '../../cost/missing';
import { counted } from '../../diagram/plain-text';
import { price, typeOf } from '../amounts';
import { breakable, Html, html } from '../html';

/** Constructs that are named where many have the same cost by use. */
const MOST_NAMES = 40;

/** What the total does not hold, and what it rests on. */
export function notCounted({ byUse, unpriced, assumptions }: Estimate): Html {
  return html`<h3>By use, not counted</h3>
${byUse.length > 0 ? usage(byUse) : html`<p>Nothing here depends on use of which nothing is stated.</p>`}
<h3 id="unpriced">Without a price, not counted</h3>
${unpriced.length > 0 ? withoutPrice(unpriced) : html`<p>Everything in this app has a known price or is free.</p>`}
<h3>What the figures rest on</h3>
<ul>${assumptions.map((each) => html`<li>${each}</li>`)}</ul>
`;
}

function usage(byUse: Estimate['byUse']): Html {
  const groups = together(byUse, (each) => [
    each.measure,
    typeOf(each),
    each.description,
    each.unit,
    String(each.unitUsd),
    each.region,
  ]);
  return html`<p>These depend on how much the app is used. State it with <code>MlUsage</code>, and they are counted.</p>
<div class="scroll" role="region" aria-label="Costs by use" tabindex="0"><table><caption class="unseen">Costs by use, with the price of a unit</caption>
<thead><tr><th scope="col">What</th><th scope="col">Type</th><th scope="col">Price</th><th scope="col">State it as</th><th scope="col">Of</th></tr></thead>
<tbody>${groups.map(
    ([
      first,
      ...more
    ]) => html`<tr><th scope="row">${first.description}</th><td>${breakable(typeOf(first))}</td><td>${price(first.unitUsd)} per ${first.unit}</td><td><code>${first.measure}</code></td><td>${names([first, ...more])}</td></tr>
`,
  )}</tbody></table></div>
`;
}

function withoutPrice(unpriced: Estimate['unpriced']): Html {
  const groups = together(gravestFirst(unpriced), (each) => [each.resourceType, each.reason]);
  return html`<div class="scroll" role="region" aria-label="Costs without a price" tabindex="0"><table><caption class="unseen">What costs something that is not known</caption>
<thead><tr><th scope="col">Type</th><th scope="col">Why</th><th scope="col">Of</th></tr></thead>
<tbody>${groups.map(
    ([
      first,
      ...more
    ]) => html`<tr><th scope="row">${breakable(typeOf(first))} ${weight(first)}</th><td>${first.reason}</td><td>${names([first, ...more])}</td></tr>
`,
  )}</tbody></table></div>
`;
}

function weight({ machine, byUse }: Estimate['unpriced'][number]): Html | false {
  return machine
    ? html`<span class="mark bad">machine</span>`
    : !!byUse && html`<span class="mark plain">by use</span>`;
}

function names(all: readonly { readonly constructPath: string }[]): Html {
  const paths = all.map(({ constructPath }) => constructPath);
  if (paths.length === 1) {
    return breakable(paths[0]);
  }
  const more = paths.length - MOST_NAMES;
  return html`<details><summary>${counted(paths.length, 'construct')}</summary><ul>${paths
    .slice(0, MOST_NAMES)
    .map(
      (path) => html`<li>${breakable(path)}</li>`,
    )}${more > 0 && html`<li>and ${more.toLocaleString('en-US')} more</li>`}</ul></details>`;
}

/** Those that differ in nothing that is shown, in the order of the first of each. */
function together<Row>(rows: readonly Row[], key: (row: Row) => readonly string[]): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = JSON.stringify(key(row));
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(row);
  }
  return [...groups.values()];
}
