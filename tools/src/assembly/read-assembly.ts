import { realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readFacts } from './facts-file';
import { isBelow, Json, objectOf, readObject, refuseFile } from './json-files';
import { Assembly, AssemblyStack } from './model';
import { Reading, readStack } from './read-stack';
import { readReport } from './validation-report';

/** The manifest, whose place makes a folder an assembly. */
const MANIFEST = 'manifest.json';

/** Where `cdk synth` writes in the folder of an app. */
const OUTPUT = 'cdk.out';

/**
 * Reads the cloud assembly in a folder, which `cdk synth` calls `cdk.out`; or in that folder of the folder of an app.
 *
 * @throws Refusal if there is none, or if a part of it is missing, broken or elsewhere
 */
export function readAssembly(folder: string): Assembly {
  const path = assemblyIn(resolve(folder));
  const root = realpathSync(path);
  const stacks = new Manifests(root).stacksIn(root);
  return { folder: path, ...readFacts(root, stacks), stacks, ...readReport(root) };
}

function assemblyIn(folder: string): string {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found?.isDirectory()) {
    const rule = 'the folder that `cdk synth` writes, which is cdk.out beside cdk.json: run it first, or name another';
    refuseFile(folder, rule, found ? 'a file' : 'nothing');
  }
  return (
    [folder, join(folder, OUTPUT)].find((each) => statSync(join(each, MANIFEST), { throwIfNoEntry: false })) ??
    refuseFile(
      folder,
      `a folder with a ${MANIFEST}: run \`cdk synth\` first, and name the folder that it writes`,
      'none',
    )
  );
}

/** The manifests of an assembly and of its stages, which are folders in the folder of their parent. */
class Manifests {
  private readonly reading: Reading;
  private readonly folders = new Set<string>();

  constructor(private readonly root: string) {
    this.reading = { root, paths: new Set() };
  }

  public stacksIn(folder: string): AssemblyStack[] {
    const artifacts = objectOf(readObject(join(folder, MANIFEST), this.root).artifacts);
    return Object.entries(artifacts).flatMap(([id, artifact]) => {
      const { type, properties } = objectOf(artifact);
      if (type === 'aws:cloudformation:stack') {
        return readStack(this.reading, folder, id, artifact as Json);
      }
      return type === 'cdk:cloud-assembly'
        ? this.stacksIn(this.stageIn(folder, objectOf(properties).directoryName))
        : [];
    });
  }

  /** A folder in that of its parent, wherever links lead, so the way down ends; and of one stage alone. */
  private stageIn(folder: string, name: unknown): string {
    const manifest = join(folder, MANIFEST);
    if (typeof name !== 'string' || !/^[^/\\\0]+$/.test(name) || /^\.+$/.test(name)) {
      return refuseFile(manifest, 'a manifest whose stages are folders beside it', JSON.stringify(name));
    }
    const stage = realOf(join(folder, name));
    if (!isBelow(folder, stage) || this.folders.has(stage)) {
      refuseFile(manifest, 'a manifest whose stages are folders beside it, each another', JSON.stringify(name));
    }
    this.folders.add(stage);
    return stage;
  }
}

function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch (error) {
    return refuseFile(folder, 'there, as the manifest names it: run `cdk synth` again', (error as Error).message);
  }
}
