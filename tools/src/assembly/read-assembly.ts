import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { WrittenFacts } from 'cdk-ml-infra/lib/private/facts';
import { Json, objectOf, objectsOf, readIfThere, readObject, refuseFile, textIn } from './json-files';
import { Assembly, AssemblyStack } from './model';
import { readStack } from './read-stack';
import { readReport } from './validation-report';

/** The manifest, whose place makes a folder an assembly. */
const MANIFEST = 'manifest.json';

/** Written by the library beside the manifest of the app. */
const FACTS = 'ml-infra.json';
const FACTS_SCHEMA = 1;

/**
 * Reads the cloud assembly in a folder, which `cdk synth` calls `cdk.out`.
 *
 * @throws Refusal if there is none, or if a part of it is missing or broken
 */
export function readAssembly(folder: string): Assembly {
  const path = resolve(folder);
  requireAssembly(path);
  return { folder: path, ...readFacts(path), stacks: stacksIn(path), ...readReport(path) };
}

function requireAssembly(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const rule = 'the folder that `cdk synth` writes, which is cdk.out beside cdk.json: run it first, or name another';
    refuseFile(folder, rule, found ? 'a file' : 'nothing');
  }
  if (!statSync(join(folder, MANIFEST), { throwIfNoEntry: false })) {
    refuseFile(
      folder,
      `a folder with a ${MANIFEST}: run \`cdk synth\` first, and name the folder that it writes`,
      'none',
    );
  }
}

function stacksIn(folder: string): AssemblyStack[] {
  return Object.entries(objectOf(readObject(join(folder, MANIFEST)).artifacts)).flatMap(([id, artifact]) => {
    const { type, properties } = objectOf(artifact);
    if (type === 'aws:cloudformation:stack') {
      return readStack(folder, id, artifact as Json);
    }
    return type === 'cdk:cloud-assembly' ? stacksIn(folderIn(folder, objectOf(properties).directoryName)) : [];
  });
}

/** A stage is a folder in the folder of its parent, so the way down ends. */
function folderIn(folder: string, name: unknown): string {
  return typeof name === 'string' && /^[^/\\]+$/.test(name) && !/^\.+$/.test(name)
    ? join(folder, name)
    : refuseFile(join(folder, MANIFEST), 'a manifest whose stages are folders beside it', JSON.stringify(name));
}

function readFacts(folder: string): Pick<Assembly, 'library' | 'facts'> {
  const file = join(folder, FACTS);
  const content = readIfThere(file);
  if (content === undefined) {
    return { facts: [] };
  }
  if (content.schema !== FACTS_SCHEMA) {
    refuseFile(
      file,
      `of schema ${FACTS_SCHEMA}: use the version of cdk-ml-infra-tools that the app has of cdk-ml-infra`,
      `${JSON.stringify(content.schema)}, of version ${JSON.stringify(content.library)}`,
    );
  }
  const facts = objectsOf(content.constructs).filter(({ path, kind }) => typeof path === 'string' && textIn(kind));
  return { library: textIn(content.library), facts: facts as unknown as WrittenFacts[] };
}
