import type { Assembly, Check, Finding, RunChecks } from '../../assembly/model';
import { counted } from '../../diagram/plain-text';
import { Contents } from '../contents';
import { breakable, Html, html } from '../html';
import { Column, tableOf } from '../table';

/** What the checks of the app found, and what was accepted with which reason. */
export function posture({ assembly }: Contents): Html {
  return html`<section id="posture" aria-labelledby="posture-heading">
<h2 id="posture-heading">Posture</h2>
${said(assembly)}
${assembly.findings.length > 0 && findings(assembly.findings)}
</section>
`;
}

function said({ checks, findings, ran = [] }: Assembly): Html {
  const silent = ran.filter(({ name }) => !checks?.some((check) => check.name === name));
  const quiet = silent.map(nothingFound);
  if (quiet.length > 0 && (checks ?? []).length === 0) {
    return html`${quiet}`;
  }
  if (checks === undefined) {
    return html`<p>No checks ran when this app was synthesized: the cloud assembly has no validation report.</p>${remedy()}`;
  }
  if (checks.length === 0) {
    return html`<p>The validation report of this app names no checks: none were added, or those that were found nothing, not even something that is acknowledged.</p>${remedy()}`;
  }
  const open = findings.filter(({ acknowledged }) => acknowledged === undefined).length;
  return html`<p>Checks with something to report: ${checks.map(check)}. <strong>${
    open === 0 ? 'No finding is open' : `${counted(open, 'finding')} open`
  }</strong>, ${(findings.length - open).toLocaleString('en-US')} acknowledged.</p>${quiet}`;
}

function nothingFound({ name, rules }: RunChecks): Html {
  return html`<p><strong>${name}</strong>: ${rules !== undefined && `${counted(rules, 'rule')}, `}nothing found.</p>`;
}

function check({ name, version, passed }: Check, index: number): Html {
  return html`${index > 0 && ', '}<strong>${name}</strong>${version !== undefined && ` ${version}`} (${passed ? 'passed' : 'failed'})`;
}

function remedy(): Html {
  return html`<p>This adds the checks of the library, if they are not there:</p>
<pre tabindex="0"><code>import { Validations } from 'aws-cdk-lib';
import { MlComplianceChecks } from 'cdk-ml-infra';

Validations.of(app).addPlugins(new MlComplianceChecks());</code></pre>`;
}

function findings(all: readonly Finding[]): Html {
  const rows = [...all].sort((one, other) => rank(one) - rank(other));
  const columns = COLUMNS.filter(({ title }) => title !== REASON || all.some(({ acknowledged }) => acknowledged));
  return tableOf({
    id: 'findings',
    caption: 'Findings, open ones first',
    noun: 'finding',
    columns,
    rows,
    groupedBy: 1,
  });
}

const REASON = 'Reason';

const COLUMNS: readonly Column<Finding>[] = [
  { title: 'Construct', cell: ({ path: construct }) => (construct === '' ? 'the app' : breakable(construct)) },
  { title: 'Rule', cell: rule, groups: true },
  { title: 'State', cell: state, groups: true },
  { title: 'Checks', cell: ({ pack }) => pack, groups: true },
  { title: 'Severity', cell: ({ severity }) => severity, groups: true },
  {
    title: 'Finding',
    cell: ({ text, fix }) => html`${breakable(text)}${fix !== undefined && html`<br><span class="soft">${fix}</span>`}`,
  },
  { title: REASON, cell: ({ acknowledged }) => acknowledged ?? '–' },
];

/** Where checks give an address that explains a rule. */
interface Linked extends Finding {
  readonly link?: string;
}

function rule({ rule: name, link }: Linked): Html {
  return link !== undefined && /^https:\/\//.test(link)
    ? html`<a href="${link}" rel="noopener noreferrer">${name}</a>`
    : html`${name}`;
}

function state({ acknowledged }: Finding): Html {
  return acknowledged === undefined
    ? html`<span class="mark bad">open</span>`
    : html`<span class="mark good">acknowledged</span>`;
}

function rank({ acknowledged }: Finding): number {
  return acknowledged === undefined ? 0 : 1;
}
