import { join } from 'node:path';
import { flattened, type TemplateBody } from 'cdk-ml-infra/lib/private/template';
import { ConstructPaths, nestedStackAt, requireLevels, withoutResource } from './construct-paths';
import { isObject, Json, objectOf, readObject, refuseFile, textIn } from './json-files';
import { AssemblyResource, AssemblyStack } from './model';
import { parametersFor, withParameters } from './parameters';

const NESTED = 'AWS::CloudFormation::Stack';

/** Type by which a loop of a template stands among the resources: what it makes is known to CloudFormation alone. */
export const LOOP = 'Fn::ForEach';

/** CloudFormation deploys as many resources of nested stacks in one operation. */
const MOST_NESTED = 2500;
const MOST_DEPTH = 20;

/** Properties that hold the tags of a resource. */
const TAGS = ['Tags', 'FileSystemTags'];

/** What is read of one assembly. */
export interface Reading {
  /** Folder that nothing may lead out of. */
  readonly root: string;

  /** Paths of its nested stacks so far. */
  readonly paths: Set<string>;
}

/** What a nested stack has of the stack around it. */
interface Surroundings extends Pick<AssemblyStack, 'account' | 'region' | 'nestedIn'> {
  readonly reading: Reading;

  /** Path of the stack that is nested in none. */
  readonly outermost: string;
  readonly folder: string;
  readonly paths: ConstructPaths;
  readonly tags: Json;

  /** Files of the templates around it. */
  readonly within: readonly string[];

  /** What is passed for the parameters of its template. */
  readonly parameters: Json;
}

/** Reads a stack and those nested in it. */
export function readStack(reading: Reading, folder: string, id: string, artifact: Json): AssemblyStack[] {
  const properties = objectOf(artifact.properties);
  const additional = textIn(artifact.additionalMetadataFile);
  const metadata = {
    ...objectOf(artifact.metadata),
    ...(additional && readObject(join(folder, additional), reading.root)),
  };
  const [account, region] = (textIn(artifact.environment) ?? '').replace(/^aws:\/\//, '').split('/');
  const path = textIn(artifact.displayName) ?? id;
  const surroundings: Surroundings = {
    reading,
    outermost: path,
    folder,
    paths: new ConstructPaths(metadata),
    tags: objectOf(properties.tags),
    within: [],
    parameters: {},
    account: known(account),
    region: known(region),
  };
  return readTemplate(surroundings, path, textIn(properties.stackName) ?? id, String(properties.templateFile));
}

function readTemplate(around: Surroundings, path: string, name: string, templateFile: string): AssemblyStack[] {
  const { folder, account, region, nestedIn } = around;
  const inside = { ...around, within: [...around.within, templateFile] };
  const file = join(folder, templateFile);
  const template = readObject(file, around.reading.root);
  const resources = Object.entries(objectOf(template.Resources)).map(([logicalId, each]) => {
    if (!isObject(each) && !isLoop(logicalId)) {
      refuseFile(file, `a template whose resources are objects`, `${JSON.stringify(each)} as ${logicalId}`);
    }
    const resource = resourceOf(around, path, logicalId, isObject(each) ? each : { Type: LOOP });
    requireLevels(file, resource.path);
    return resource;
  });
  const nested = resources.flatMap((resource) => nestedStacks(inside, path, resource, objectOf(template.Resources)));
  const read = nested.map(({ resource }) => resource);
  return [
    {
      path,
      name,
      account,
      region,
      template: template as TemplateBody,
      resources: resources.filter((resource) => !read.includes(resource)),
      nestedIn,
    },
    ...nested.flatMap(({ stacks }) => stacks),
  ];
}

function resourceOf(around: Surroundings, stack: string, logicalId: string, body: Json): AssemblyResource {
  const properties = withTags(objectOf(body.Properties), around.parameters);
  const fullPath = around.paths.of(stack, logicalId, objectOf(body.Metadata));
  return {
    path: withoutResource(fullPath),
    fullPath,
    logicalId,
    stack,
    type: textIn(body.Type) ?? 'unknown',
    properties,
    condition: textIn(body.Condition),
    region: around.region,
    deletionPolicy: textIn(body.DeletionPolicy),
    updateReplacePolicy: textIn(body.UpdateReplacePolicy),
    tags: { ...tagsOf(around.tags), ...tagsOf(properties.Tags) },
  };
}

/** The stacks that a resource stands for, if their templates are in the assembly: its place in the list is theirs. */
function nestedStacks(around: Surroundings, parent: string, resource: AssemblyResource, bodies: Json) {
  if (resource.type !== NESTED) {
    return [];
  }
  const path = nestedStackAt(resource.path);
  const metadata = objectOf(objectOf(bodies[resource.logicalId]).Metadata);
  const file = textIn(metadata['aws:asset:path']) ?? around.paths.templateOf(path);
  if (file === undefined) {
    return [];
  }
  requireNested(around, path, file);
  const parameters = parametersFor(objectOf(resource.properties.Parameters), around.parameters);
  const inside = { ...around, nestedIn: parent, parameters };
  return [{ resource, stacks: readTemplate(inside, path, resource.logicalId, file) }];
}

/** Requires that the way from stack to nested stack ends, and soon. */
function requireNested(around: Surroundings, path: string, templateFile: string): void {
  const { within, outermost } = around;
  const { paths } = around.reading;
  const file = join(around.folder, templateFile);
  if (within.includes(templateFile)) {
    refuseFile(file, 'a template that is not nested in itself: run `cdk synth` again', path);
  }
  if (within.length > MOST_DEPTH) {
    refuseFile(file, `nested in at most ${MOST_DEPTH} stacks`, `${within.length} around ${path}`);
  }
  if (path === outermost || paths.has(path)) {
    refuseFile(file, 'a template whose nested stack has a path of its own: run `cdk synth` again', path);
  }
  paths.add(path);
  if (paths.size > MOST_NESTED) {
    refuseFile(file, `one of at most ${MOST_NESTED} nested stacks of an app`, 'more');
  }
}

/** CloudFormation takes lists only for its loops, such as `Fn::ForEach::Topics`. */
function isLoop(logicalId: string): boolean {
  return logicalId.startsWith(`${LOOP}::`);
}

/** Properties whose tags say what was passed for parameters. */
function withTags(properties: Json, parameters: Json): Json {
  const tags = TAGS.filter((name) => name in properties);
  return {
    ...properties,
    ...Object.fromEntries(tags.map((name) => [name, withParameters(properties[name], parameters)])),
  };
}

/** Tags, which some types have as a list and others as a map. */
function tagsOf(tags: unknown): Record<string, string> {
  const pairs = Array.isArray(tags)
    ? tags.map((tag) => [objectOf(tag).Key, objectOf(tag).Value])
    : Object.entries(objectOf(tags));
  return Object.fromEntries(
    pairs.filter(([key]) => typeof key === 'string').map(([key, value]) => [key, flattened(value)]),
  );
}

function known(part: string | undefined): string | undefined {
  return part === undefined || part === '' || part.startsWith('unknown-') ? undefined : part;
}
