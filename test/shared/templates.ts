import * as fs from 'node:fs';
import * as path from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';

/** A resource as a template writes it. */
export interface WrittenResource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: properties differ by type
  readonly Properties: any;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** A template as a cloud assembly holds it. */
export interface WrittenTemplate {
  readonly Resources: { readonly [logicalId: string]: WrittenResource };
  readonly Parameters?: { readonly [logicalId: string]: { readonly Type: string; readonly Default?: string } };
  readonly Conditions?: { readonly [logicalId: string]: unknown };
  readonly Outputs?: { readonly [logicalId: string]: unknown };
}

/** The text of each template of an assembly by the name of its file, also of nested stacks and stages. */
export function textsOf(assembly: CloudAssembly): Map<string, string> {
  const files = fs.readdirSync(assembly.directory, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('.template.json'))
      .sort()
      .map((file) => [file, fs.readFileSync(path.join(assembly.directory, file), 'utf8')]),
  );
}

/** The resources of a type in a template, by their logical ids. */
export function resourcesIn(template: WrittenTemplate, type: string): [string, WrittenResource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** The template of a stack. */
export function templateOf(assembly: CloudAssembly, stackName: string): WrittenTemplate {
  return assembly.getStackByName(stackName).template;
}
