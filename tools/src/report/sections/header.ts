import type { Assembly } from '../../assembly/model';
import { counted, usd } from '../../diagram/plain-text';
import { percent } from '../amounts';
import { Contents } from '../contents';
import { Content, Html, html } from '../html';

/** The name of the app, and the figures that most readers come for. */
export function header(contents: Contents): Html {
  const { title, estimate, sharing, notebooks, owners, assembly, total, age } = contents;
  return html`<header>
<p class="kicker">Machine learning infrastructure</p>
<h1>${title}</h1>
<p class="lead">${counted(assembly.stacks.length, 'stack')}${places(contents)} · prices of ${estimate.pricesOf}${age !== undefined && html` <strong class="warn">(${age})</strong>`}${assembly.library !== undefined && html` · cdk-ml-infra ${assembly.library}`}</p>
<dl class="tiles">
${tile('Cost per month', total.amount, total.missing.join(', ') || 'in USD', total.unpriced > 0 ? 'warn' : undefined)}
${
  sharing.savedUsd > 0 &&
  tile('Saved by sharing', usd(sharing.savedUsd), `${percent(sharing.savedPercent)} of ${usd(sharing.separateUsd)}`)
}
${tile('Notebooks', notebooks.toLocaleString('en-US'), counted(owners.length, 'owner'))}
${openFindings(assembly)}
</dl>
</header>
`;
}

function places({ regions, agnostic, askedRegion }: Contents): string {
  const known = regions.length > 0 ? ` in ${regions.join(', ')}` : '';
  if (!agnostic) {
    return known;
  }
  const rest = askedRegion === undefined ? undefined : `in ${askedRegion}, as asked for`;
  return known === ''
    ? `, ${rest ?? 'in the region of the deployment'}`
    : `${known}, others ${rest ?? 'where they are deployed'}`;
}

function openFindings({ findings, checks = [], ran = [] }: Assembly): Html {
  const open = findings.filter(({ acknowledged }) => acknowledged === undefined).length;
  const rules = ran.reduce((sum, each) => sum + (each.rules ?? 0), 0);
  if (checks.length + ran.length === 0) {
    return tile('Open findings', '–', 'no checks reported');
  }
  const detail = open === 0 && rules > 0 ? `of ${counted(rules, 'rule')}` : 'of the checks that ran';
  return tile('Open findings', String(open), detail, open > 0 ? 'bad' : undefined);
}

function tile(name: string, value: Content, detail: string, mark?: string): Html {
  return html`<div class="tile${mark && ` ${mark}`}"><dt>${name}</dt><dd class="figure">${value}</dd><dd class="detail">${detail}</dd></div>`;
}
