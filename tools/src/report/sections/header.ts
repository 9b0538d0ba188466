import { counted, usd } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { Content, Html, html } from '../html';

/** The name of the app, and the figures that most readers come for. */
export function header(contents: Contents): Html {
  const { title, regions, agnostic, estimate, sharing, notebooks, owners, assembly } = contents;
  const open = assembly.findings.filter(({ acknowledged }) => acknowledged === undefined).length;
  const uncounted = estimate.unpriced.length + estimate.byUse.length;
  const checked = (assembly.checks ?? []).length > 0;
  return html`<header>
<p class="kicker">Machine learning infrastructure</p>
<h1>${title}</h1>
<p class="lead">${counted(assembly.stacks.length, 'stack')}${regions.length > 0 && ` in ${regions.join(', ')}`}${
    agnostic && (regions.length > 0 ? ', others where they are deployed' : ', in the region of the deployment')
  } · prices of ${estimate.pricesOf}${assembly.library !== undefined && html` · cdk-ml-infra ${assembly.library}`}</p>
<dl class="tiles">
${tile('Cost per month', usd(estimate.monthlyTotal), uncounted > 0 ? 'without what depends on use' : 'in USD')}
${
  sharing.savedUsd > 0 &&
  tile('Saved by sharing', usd(sharing.savedUsd), `${sharing.savedPercent.toFixed(0)} % of ${usd(sharing.separateUsd)}`)
}
${tile('Notebooks', notebooks.toLocaleString('en-US'), counted(owners.length, 'owner'))}
${tile('Open findings', checked ? String(open) : '–', checked ? 'of the checks that ran' : 'no checks reported', open > 0 ? 'bad' : undefined)}
</dl>
</header>
`;
}

function tile(name: string, value: Content, detail: string, mark?: string): Html {
  return html`<div class="tile${mark && ` ${mark}`}"><dt>${name}</dt><dd class="figure">${value}</dd><dd class="detail">${detail}</dd></div>`;
}
