import type { AssemblyResource } from '../../assembly/model';
import { counted } from '../../diagram/plain-text';
import { typeOf } from '../amounts';
import { Contents } from '../contents';
import { breakable, Html, html } from '../html';
import { Column, tableOf } from '../table';

/** What happens to data when stacks are deleted, or CloudFormation replaces a resource. */
export function kept({ assembly }: Contents): Html {
  const resources = assembly.stacks.flatMap((stack) => stack.resources);
  const rows = resources.filter((resource) => isKept(resource) || holdsData(resource)).map(fateOf);
  const lost = rows.filter(({ fate }) => fate === DELETED).length;
  return html`<section id="kept" aria-labelledby="kept-heading">
<h2 id="kept-heading">What stays when a stack is deleted</h2>
${
  rows.length > 0
    ? html`<p>${(rows.length - lost).toLocaleString('en-US')} of ${counted(resources.length, 'resource')} stay when their stack is deleted, and cost what they cost until somebody deletes them. ${
        lost === 0
          ? 'No resource of this app is deleted with its data.'
          : html`<strong class="bad">${counted(lost, 'resource')} ${lost === 1 ? 'is' : 'are'} deleted with ${lost === 1 ? 'its' : 'their'} data.</strong> CloudFormation deletes buckets and image repositories only when they are empty, unless the app has them emptied.`
      }</p>
${tableOf({ id: 'fates', caption: 'What stays, and what is deleted with its data', noun: 'resource', columns: COLUMNS, rows: ordered(rows), groupedBy: 1 })}`
    : html`<p>Nothing stays, and nothing here holds data: a deleted stack leaves nothing behind.</p>`
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
}

const COLUMNS: readonly Column<Fate>[] = [
  { title: 'Construct', cell: ({ construct }) => breakable(construct) },
  { title: 'Type', cell: ({ type }) => type, groups: true },
  { title: 'Stack', cell: ({ stack }) => stack, groups: true },
  { title: 'Stack deleted', cell: ({ fate }) => marked(fate), groups: true },
  { title: 'Replaced', cell: ({ replaced }) => marked(replaced), groups: true },
];

function fateOf(resource: AssemblyResource): Fate {
  const { path: construct, type, stack, deletionPolicy, updateReplacePolicy } = resource;
  return {
    construct,
    type: typeOf({ resourceType: type }),
    stack,
    fate: inWords(deletionPolicy ?? implied(resource), resource),
    replaced: inWords(updateReplacePolicy, resource),
  };
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

function marked(fate: string): Html {
  return html`<span class="mark ${fate === DELETED ? 'bad' : fate === 'deleted' ? 'plain' : 'good'}">${fate}</span>`;
}

function isKept({ deletionPolicy = 'Delete' }: AssemblyResource): boolean {
  return deletionPolicy !== 'Delete';
}

function holdsData({ type }: AssemblyResource): boolean {
  return DATA.has(type);
}

function ordered(fates: readonly Fate[]): Fate[] {
  const rank = ({ fate }: Fate) => (fate === DELETED ? 0 : 1);
  return [...fates].sort((one, other) => rank(one) - rank(other));
}

/** Types whose deletion loses what nobody can define again. */
const DATA = new Set([
  'AWS::S3::Bucket',
  'AWS::EFS::FileSystem',
  'AWS::FSx::FileSystem',
  'AWS::EC2::Volume',
  'AWS::SageMaker::NotebookInstance',
  'AWS::SageMaker::Domain',
  'AWS::SageMaker::UserProfile',
  'AWS::SageMaker::Space',
  'AWS::SageMaker::FeatureGroup',
  'AWS::SageMaker::ModelPackageGroup',
  'AWS::ECR::Repository',
  'AWS::CodeCommit::Repository',
  'AWS::DynamoDB::Table',
  'AWS::DynamoDB::GlobalTable',
  'AWS::RDS::DBCluster',
  'AWS::RDS::DBInstance',
  'AWS::OpenSearchService::Domain',
  'AWS::Logs::LogGroup',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
]);
