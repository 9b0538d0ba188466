import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from './source-tree';

/** The parts of a jsii assembly that the rules read: https://github.com/aws/jsii, `packages/@jsii/spec`. */
export interface Assembly {
  readonly name: string;
  readonly types?: Record<string, ApiType>;
}

export interface ApiType {
  readonly fqn: string;
  readonly name: string;
  readonly kind: 'class' | 'interface' | 'enum';
  readonly docs?: Docs;

  /** True for a struct: an interface of which users write literals. */
  readonly datatype?: boolean;
  readonly base?: string;
  readonly interfaces?: string[];
  readonly initializer?: Callable;
  readonly properties?: Property[];
  readonly methods?: Method[];

  /** Values of an enum. */
  readonly members?: Named[];
}

export interface Named {
  readonly name: string;
  readonly docs?: Docs;

  /** Type that declared this member first. */
  readonly overrides?: string;
}

export interface Property extends Named {
  readonly type: TypeReference;
  readonly optional?: boolean;
}

export interface Callable {
  readonly parameters?: Property[];
  readonly returns?: { readonly type: TypeReference };
}

export interface Method extends Named, Callable {}

export interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: TypeReference[] };
  readonly intersection?: { readonly types: TypeReference[] };
}

export interface Docs {
  readonly summary?: string;
  readonly default?: string;
  readonly example?: string;
}

/** Reads what jsii compiled, also where `.jsii` only names a compressed file. */
export function compiledAssembly(folder = ROOT): Assembly {
  const file = join(folder, '.jsii');
  if (!existsSync(file)) {
    throw new Error(`${file} must exist: run \`npx projen compile\` first`);
  }
  const content = JSON.parse(readFileSync(file, 'utf8'));
  if (content.schema !== 'jsii/file-redirect') {
    return content;
  }
  return JSON.parse(gunzipSync(readFileSync(join(folder, content.filename))).toString());
}

export function typesOf(assembly: Assembly): ApiType[] {
  return Object.values(assembly.types ?? {});
}

/** Properties, methods and values of an enum. */
export function membersOf(type: ApiType): Named[] {
  return [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])];
}

/** Name of a type, or of a member, as the sentences of the rules spell it. */
export function spelled(type: ApiType, member?: Named): string {
  return member === undefined ? type.name : `${type.name}.${member.name}`;
}
