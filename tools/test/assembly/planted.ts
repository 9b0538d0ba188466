import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { WrittenFacts } from '../../../src/private/facts';
import { temporaryFolder } from '../command';

/** A stack of an assembly that no app synthesized. */
export interface PlantedStack {
  readonly name: string;
  readonly region?: string;
  readonly resources: Record<string, object>;
}

/** Writes files, JSON unless they are texts, into a new folder. */
export function plantedFiles(files: Record<string, unknown>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** Writes an assembly with these stacks; the path of each resource is the name of its stack and its logical id. */
export function plantedAssembly(stacks: PlantedStack[], facts: Partial<WrittenFacts>[] = []): string {
  const templates = stacks.map(({ name, resources }) => [`${name}.template.json`, { Resources: resources }]);
  const artifacts = stacks.map(({ name, region = 'us-east-1' }) => [
    name,
    {
      type: 'aws:cloudformation:stack',
      environment: `aws://unknown-account/${region}`,
      properties: { templateFile: `${name}.template.json` },
      displayName: name,
    },
  ]);
  return plantedFiles({
    'manifest.json': { artifacts: Object.fromEntries(artifacts) },
    'ml-infra.json': { schema: 1, library: '1.2.3', constructs: facts },
    ...Object.fromEntries(templates),
  });
}

/** A notebook for a template, with the tag of its owner. */
export function plantedNotebook(type: string, owner?: string): object {
  const tags = owner === undefined ? {} : { Tags: [{ Key: 'ml-owner', Value: owner }] };
  return { Type: 'AWS::SageMaker::NotebookInstance', Properties: { InstanceType: type, ...tags } };
}
