import { join } from 'node:path';
import { flattened, type TemplateBody } from 'cdk-ml-infra/lib/private/template';
import { ConstructPaths, nestedStackAt, withoutResource } from './construct-paths';
import { isObject, Json, objectOf, readObject, refuseFile, textIn } from './json-files';
import { AssemblyResource, AssemblyStack } from './model';

const NESTED = 'AWS::CloudFormation::Stack';

/** What a nested stack has of the stack around it. */
interface Surroundings extends Pick<AssemblyStack, 'account' | 'region' | 'nestedIn'> {
  readonly folder: string;
  readonly paths: ConstructPaths;
  readonly tags: Json;

  /** Files of the templates around it. */
  readonly within: readonly string[];
}

/** Reads a stack and those nested in it. */
export function readStack(folder: string, id: string, artifact: Json): AssemblyStack[] {
  const properties = objectOf(artifact.properties);
  const additional = textIn(artifact.additionalMetadataFile);
  const metadata = { ...objectOf(artifact.metadata), ...(additional && readObject(join(folder, additional))) };
  const [account, region] = (textIn(artifact.environment) ?? '').replace(/^aws:\/\//, '').split('/');
  const surroundings = {
    folder,
    paths: new ConstructPaths(metadata),
    tags: objectOf(properties.tags),
    within: [],
    account: known(account),
    region: known(region),
  };
  const path = textIn(artifact.displayName) ?? id;
  return readTemplate(surroundings, path, textIn(properties.stackName) ?? id, String(properties.templateFile));
}

function readTemplate(around: Surroundings, path: string, name: string, templateFile: string): AssemblyStack[] {
  const { folder, account, region, nestedIn } = around;
  const inside = { ...around, within: [...around.within, templateFile] };
  const file = join(folder, templateFile);
  const template = readObject(file);
  const resources = Object.entries(objectOf(template.Resources)).map(([logicalId, each]) =>
    isObject(each)
      ? resourceOf(around, path, logicalId, each)
      : refuseFile(file, `a template whose resources are objects`, `${JSON.stringify(each)} as ${logicalId}`),
  );
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
  const properties = objectOf(body.Properties);
  return {
    path: withoutResource(around.paths.of(stack, logicalId, objectOf(body.Metadata))),
    logicalId,
    stack,
    type: textIn(body.Type) ?? 'unknown',
    properties,
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
  if (around.within.includes(file)) {
    refuseFile(join(around.folder, file), 'a template that is not nested in itself: run `cdk synth` again', path);
  }
  return [{ resource, stacks: readTemplate({ ...around, nestedIn: parent }, path, resource.logicalId, file) }];
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
