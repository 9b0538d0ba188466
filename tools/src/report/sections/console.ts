import type { AssemblyStack } from '../../assembly/model';
import { listedShortly } from '../../diagram/plain-text';
import { Contents, distinct } from '../contents';
import { Html, html, joined } from '../html';
import { partitionOf } from '../references';

/** Pages of the AWS console for each region of the app. */
export function consolePages({ assembly, askedRegion }: Contents): Html {
  const regions = distinct(assembly.stacks.flatMap(({ region = askedRegion }) => region ?? []));
  const agnostic = assembly.stacks.filter(({ region = askedRegion }) => region === undefined);
  return html`<section id="console" aria-labelledby="console-heading">
<h2 id="console-heading">AWS console</h2>
${regions.map(
  (region) => html`<h3>${region}</h3>
${within(assembly.stacks, region)}${region === askedRegion && within(assembly.stacks, undefined, ` in ${region}, as asked for`)}
<ul class="links">${PAGES.map(({ title, path }) => html`<li><a href="${address(region, path)}" rel="noopener noreferrer">${title}</a></li>`)}</ul>
`,
)}
${
  agnostic.length > 0 &&
  html`<p>No links for ${joined(
    agnostic.slice(0, 20).map(({ path }) => html`<code>${path}</code>`),
    ', ',
  )}${agnostic.length > 20 && ` and ${agnostic.length - 20} more`}: only the deployment knows ${agnostic.length === 1 ? 'its' : 'their'} region. With <code>env: { region: '…' }</code> on the stack, or <code>ml-infra report --region …</code>, they stand here.</p>`
}
</section>
`;
}

function within(stacks: readonly AssemblyStack[], region: string | undefined, said = ''): Html | false {
  const names = stacks.filter((stack) => stack.region === region).map(({ name }) => name);
  return names.length > 0 && html`<p>${listedShortly(names, 20)}${said}</p>`;
}

/** Console pages by what stands behind the host, where `REGION` is the region. */
const PAGES = [
  { title: 'Notebook instances', path: '/sagemaker/home?region=REGION#/notebook-instances' },
  { title: 'CloudFormation stacks', path: '/cloudformation/home?region=REGION#/stacks' },
  { title: 'S3 buckets', path: '/s3/buckets?region=REGION' },
  { title: 'VPC endpoints', path: '/vpcconsole/home?region=REGION#Endpoints:' },
  { title: 'KMS keys', path: '/kms/home?region=REGION#/kms/keys' },
  { title: 'Log groups', path: '/cloudwatch/home?region=REGION#logsV2:log-groups' },
  { title: 'Budgets', path: '/costmanagement/home#/budgets' },
];

const HOSTS: { [partition: string]: string } = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** Address of a page; a region that could not be one leads to no other host. */
function address(region: string, path: string): string {
  return `https://${HOSTS[partitionOf(region)]}${path.replace('REGION', encodeURIComponent(region))}`;
}
