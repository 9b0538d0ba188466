import { isMap, listed } from 'cdk-ml-infra/lib/private/template';
import { Assembly, AssemblyResource, AssemblyStack } from '../assembly/model';
import { References } from './references';
import { Document, Right, rightsIn } from './rights';

/** Stands for the name of the owner where several owners have the same rights. */
export const ANY_OWNER = '‹owner›';

/** A role of the app. */
export interface Role {
  readonly path: string;
  readonly stack: string;

  /** Value of its tag `ml-owner`. */
  readonly owner?: string;
}

/** Roles that may do the same, apart from the name of their owner. */
export interface RoleGroup {
  readonly roles: readonly Role[];

  /** With `‹owner›` for the name of the owner. */
  readonly rights: readonly Right[];

  /** The most that the roles may do whatever the rights say, where a permissions boundary sets it. */
  readonly boundary?: { readonly name: string; readonly rights: readonly Right[] };

  /** Policies that stand in no template of the app: what they allow is not known here. */
  readonly unknown: readonly string[];
}

/** The roles of an app by what they may do, as the templates say it. */
export function roleGroups(assembly: Pick<Assembly, 'stacks'>): RoleGroup[] {
  const references = new References(assembly);
  const attached = attachedPolicies(assembly, references);
  const groups = new Map<string, { roles: Role[]; policies: Policies; stack: AssemblyStack; tags: Tags }>();
  for (const stack of assembly.stacks) {
    for (const resource of stack.resources.filter(({ type }) => type === 'AWS::IAM::Role')) {
      const tags = tagsOf(stack, resource, references);
      const owner = tags['ml-owner'];
      const policies = policiesOf(stack, resource, references, attached.get(resource) ?? []);
      const key = JSON.stringify([policies.key, owner === undefined, { ...tags, 'ml-owner': '' }]);
      const group = groups.get(key) ?? { roles: [], policies, stack, tags };
      groups.set(key, group);
      group.roles.push({ path: resource.path, stack: stack.path, ...(owner !== undefined && { owner }) });
    }
  }
  return [...groups.values()].map(({ roles, policies, tags }) => described(roles, policies, tags, references));
}

/** The right of one owner, where a group's is written for any. */
export function ofOwner(right: Right, owner: string | undefined): Right {
  return owner === undefined ? right : mapped(right, (text) => text.replaceAll(ANY_OWNER, owner));
}

type Tags = { readonly [key: string]: string };

interface Policies {
  /** The same for roles with the same policies. */
  readonly key: string;
  readonly documents: readonly Document[];
  readonly boundary?: { readonly name: string; readonly document?: Document };
  readonly unknown: readonly string[];
}

function described(roles: Role[], { documents, boundary, unknown }: Policies, tags: Tags, references: References) {
  const rights = (document: Document) =>
    rightsIn(document, references).map((right) => mapped(right, (text) => withTags(text, tags)));
  return {
    roles,
    rights: documents.flatMap(rights),
    unknown,
    ...(boundary && { boundary: { name: boundary.name, rights: boundary.document ? rights(boundary.document) : [] } }),
  };
}

function mapped(right: Right, change: (text: string) => string): Right {
  return {
    ...right,
    places: right.places.map(({ kind, name, within }) => ({ kind, name: change(name), within: within.map(change) })),
    conditions: right.conditions.map(change),
  };
}

/** Puts in the tags of a role, of which IAM reads the values when it decides. */
function withTags(text: string, tags: Tags): string {
  return text.replace(/\$\{aws:PrincipalTag\/([^}]+)\}/g, (variable, key) =>
    key === 'ml-owner' && key in tags ? ANY_OWNER : (tags[key] ?? variable),
  );
}

function policiesOf(
  stack: AssemblyStack,
  { properties }: AssemblyResource,
  references: References,
  attached: readonly Attached[],
): Policies {
  const managed = listed(properties.ManagedPolicyArns).map((arn) => managedPolicy(stack, arn, references));
  const all = [...managed, ...attached];
  const known = new Map(all.filter(({ document }) => document).map((each) => [each.name, each.document as Document]));
  const inline = listed(properties.Policies).map((policy) => ({
    stack,
    content: isMap(policy) ? policy.PolicyDocument : policy,
  }));
  const { PermissionsBoundary } = properties;
  const boundary =
    PermissionsBoundary === undefined ? undefined : managedPolicy(stack, PermissionsBoundary, references);
  const unknown = all.filter(({ document }) => !document).map(({ name }) => name);
  return {
    key: JSON.stringify([[...known.keys()].sort(), unknown, inline.map(({ content }) => content), boundary?.name]),
    documents: [...known.values(), ...inline],
    unknown,
    ...(boundary && { boundary }),
  };
}

interface Attached {
  readonly name: string;
  readonly document?: Document;
}

function managedPolicy(stack: AssemblyStack, arn: unknown, references: References): Attached {
  const target = references.target(stack, arn);
  return target?.resource.type === 'AWS::IAM::ManagedPolicy'
    ? { name: target.resource.path, document: documentOf(target.stack, target.resource) }
    : { name: references.text(stack, arn) };
}

/** Policies that say themselves to which roles they are attached. */
function attachedPolicies({ stacks }: Pick<Assembly, 'stacks'>, references: References) {
  const attached = new Map<AssemblyResource, Attached[]>();
  for (const stack of stacks) {
    for (const resource of stack.resources.filter(({ type }) => ATTACHING.includes(type))) {
      const { Roles, RoleName } = resource.properties;
      for (const role of [...listed(Roles), ...listed(RoleName)]) {
        const target = references.target(stack, role);
        const policy = { name: resource.path, document: documentOf(stack, resource) };
        if (target) {
          attached.set(target.resource, [...(attached.get(target.resource) ?? []), policy]);
        }
      }
    }
  }
  return attached;
}

const ATTACHING = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];

function documentOf(stack: AssemblyStack, { properties }: AssemblyResource): Document {
  return { stack, content: properties.PolicyDocument };
}

function tagsOf(stack: AssemblyStack, { properties }: AssemblyResource, references: References): Tags {
  const pairs = listed(properties.Tags).map((tag) => (isMap(tag) ? [tag.Key, tag.Value] : []));
  return Object.fromEntries(
    pairs.filter(([key]) => typeof key === 'string').map(([key, value]) => [key, references.text(stack, value)]),
  );
}
