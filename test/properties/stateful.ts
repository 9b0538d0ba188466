import { RemovalPolicy } from 'aws-cdk-lib';
import { ownerOf } from './define-app';
import { ofType, type PlacedResource, pathOf, placeOf, type Synthesized } from './synthesized';

/** What holds data of the team, and would be gone with it. */
const HOLDS_DATA = [
  'AWS::CloudTrail::Trail',
  'AWS::EC2::Volume',
  'AWS::EFS::FileSystem',
  'AWS::KMS::Key',
  'AWS::Logs::LogGroup',
  'AWS::S3::Bucket',
  'AWS::SageMaker::Domain',
  'AWS::SageMaker::FeatureGroup',
];

/** A key that only encrypts messages on their way may go with its topic. */
const OF_MESSAGES = /\/Alarms\/TopicKey\//;

/** Keys of the app itself, which the library leaves alone. */
const OF_APP = /^[A-Za-z]+\/(Key|OwnKey|StorageKey)\//;

const WRITTEN = {
  [RemovalPolicy.RETAIN]: 'Retain',
  [RemovalPolicy.DESTROY]: 'Delete',
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE]: 'RetainExceptOnCreate',
  [RemovalPolicy.SNAPSHOT]: 'Snapshot',
};

/** Data is kept, unless the environment and the context key of the app both give it up. */
export function keepsData(app: Synthesized): string[] {
  const givenUp = isGivenUp(app);
  return ofType(app, ...HOLDS_DATA).flatMap((resource) => {
    const path = pathOf(resource);
    if (OF_MESSAGES.test(path)) {
      return [];
    }
    const expected = givenUp && !OF_APP.test(path) ? 'Delete' : 'Retain';
    const { DeletionPolicy, UpdateReplacePolicy } = resource;
    return DeletionPolicy === expected && UpdateReplacePolicy === expected
      ? []
      : [`${placeOf(resource)} must be ${expected}, is ${DeletionPolicy} and ${UpdateReplacePolicy}`];
  });
}

/** Whether both keys allow data to be removed. */
export function isGivenUp({ plan, defined }: Synthesized): boolean {
  return plan.removeData && defined.environment.allowDataRemoval;
}

/** A notebook that an update replaces stays; one that is removed goes as its own prop or its environment says. */
export function keepsNotebooks(app: Synthesized): string[] {
  const { plan, defined } = app;
  return plan.notebooks.flatMap(({ id, removalPolicy }) => {
    const asked = removalPolicy === 'destroy' ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    const expected = WRITTEN[removalPolicy === undefined ? defined.environment.removalPolicy : asked];
    const { DeletionPolicy, UpdateReplacePolicy } = notebookOf(app, id) ?? {};
    return DeletionPolicy === expected && UpdateReplacePolicy === 'Retain'
      ? []
      : [`${id} must be ${expected} and Retain, is ${DeletionPolicy} and ${UpdateReplacePolicy}`];
  });
}

/** Rights follow from these tags, whatever tags the app sets. */
export function keepsTagsOfIdentity(app: Synthesized): string[] {
  const { plan } = app;
  const faults = (what: string, resource: PlacedResource | undefined, owner: string) => {
    const tags = tagsOf(resource);
    const expected = { 'ml-owner': owner, ...tagsOfBase(app, resource) };
    return Object.entries(expected)
      .filter(([key, value]) => value === undefined || JSON.stringify(tags[key]) !== JSON.stringify(value))
      .map(([key, value]) => `${what} must have ${key} ${JSON.stringify(value)}, has ${JSON.stringify(tags[key])}`);
  };
  const owners = new Map(plan.notebooks.map((notebook) => [notebook.id, ownerOf(plan, notebook) ?? 'team']));
  const ofNotebooks = [...owners].flatMap(([id, owner]) => faults(id, notebookOf(app, id), owner));
  const ofRoles = ofType(app, 'AWS::IAM::Role')
    .filter(({ Properties }) => Properties.Path !== undefined)
    .flatMap((role) => faults(placeOf(role), role, ownerOfRole(role)));
  return [...ofNotebooks, ...ofRoles];
}

/** The notebook of an id. */
export function notebookOf(app: Synthesized, id: string): PlacedResource | undefined {
  return ofType(app, 'AWS::SageMaker::NotebookInstance').find((each) => pathOf(each).split('/').at(-2) === id);
}

/** A reader of a published base knows the base as parameters alone, and says the environment of its notebooks itself. */
function tagsOfBase({ plan, defined, templates }: Synthesized, resource?: PlacedResource): { [key: string]: unknown } {
  const environment = defined.environment.name;
  if (plan.layout !== 'published base' || resource?.file !== 'Notebooks.template.json') {
    return { 'ml-base': defined.baseName, 'ml-environment': environment };
  }
  const { Parameters = {} } = templates.get(resource.file) ?? {};
  const read = (value: string) => {
    const [id] = Object.entries(Parameters).find(([, { Default }]) => Default === `/ml-infra/team/${value}`) ?? [];
    return id && { Ref: id };
  };
  const isRole = resource.Type === 'AWS::IAM::Role';
  return { 'ml-base': read('base-name'), 'ml-environment': isRole ? read('environment') : environment };
}

/** The last part of a path, such as `/ml-infra/<base>/alice/`. */
function ownerOfRole({ Properties }: PlacedResource): string {
  const { Path: path } = Properties;
  const text: string = typeof path === 'string' ? path : path['Fn::Join'][1].at(-1);
  return text.split('/').at(-2) ?? '';
}

function tagsOf(resource: PlacedResource | undefined): { [key: string]: unknown } {
  const tags: { Key: string; Value: unknown }[] = resource?.Properties.Tags ?? [];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
