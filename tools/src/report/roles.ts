import { isMap, listed } from 'cdk-ml-infra/lib/private/template';
import { Assembly, AssemblyResource, AssemblyStack } from '../assembly/model';
import { onlyWhen } from './choices';
import { Boundary, PoliciesOfRoles, Policy } from './policies';
import { References } from './references';
import { Document, Right, rightsIn } from './rights';
import { partsOf } from './variables';

/** Stands for the name of the owner where several owners have the same rights. */
export const ANY_OWNER = '‹owner›';

/** A role of the app, or one to which it attaches policies. */
export interface Role {
  readonly path: string;
  readonly stack: string;

  /** Value of its tag `ml-owner`. */
  readonly owner?: string;

  /** Whether no template of the app holds it. */
  readonly isElsewhere?: boolean;
}

/** The most that roles may do whatever their rights say. */
export interface Limit {
  /** Undefined where there is none under these conditions. */
  readonly name?: string;

  /** Undefined where no template of the app holds them. */
  readonly rights?: readonly Right[];

  /** Conditions of the template; none where it always holds. */
  readonly when: readonly string[];
}

/** Roles that may do the same, apart from the name of their owner. */
export interface RoleGroup {
  readonly roles: readonly Role[];

  /** With `‹owner›` for the name of the owner. */
  readonly rights: readonly Right[];

  /** Permissions boundaries: none, one, or one for each choice of the template. */
  readonly limits: readonly Limit[];

  /** Policies that stand in no template of the app: what they allow is not known here. */
  readonly unknown: readonly string[];
}

/** The roles of an app by what they may do, as the templates say it. */
export function roleGroups(assembly: Pick<Assembly, 'stacks'>): RoleGroup[] {
  const references = new References(assembly);
  const policies = new PoliciesOfRoles(assembly, references);
  const groups = new Groups(references);
  for (const stack of assembly.stacks) {
    for (const resource of stack.resources.filter(({ type }) => type === 'AWS::IAM::Role')) {
      const tags = tagsOf(stack, resource, references);
      const owner = tags['ml-owner'];
      groups.add(
        { path: references.nameOf(stack, resource), stack: stack.path, ...(owner !== undefined && { owner }) },
        {
          stack,
          tags,
          policies: policies.of(stack, resource),
          boundaries: policies.boundariesOf(stack, resource),
        },
      );
    }
  }
  for (const { name, stack, policies: attached } of policies.elsewhere) {
    const role = { path: name, stack: stack.path, isElsewhere: true };
    groups.add(role, { stack, tags: {}, policies: attached, boundaries: [] });
  }
  return groups.all();
}

/** The right of one owner, where a group's is written for any. */
export function ofOwner(right: Right, owner: string | undefined): Right {
  return owner === undefined ? right : mapped(right, (text) => text.replaceAll(ANY_OWNER, () => owner));
}

type Tags = { readonly [key: string]: string };

/** What decides on what a role may do. */
interface Basis {
  readonly stack: AssemblyStack;
  readonly tags: Tags;
  readonly policies: readonly Policy[];
  readonly boundaries: readonly Boundary[];
}

/** Puts together the roles that may do the same. */
class Groups {
  private readonly found = new Map<string, { roles: Role[]; basis: Basis }>();
  private readonly rights = new Map<Document, { rights: Right[]; id: number }>();
  private readonly ids = new Map<string, number>();

  constructor(private readonly references: References) {}

  public add(role: Role, basis: Basis): void {
    const key = this.keyOf(role, basis);
    const group = this.found.get(key) ?? { roles: [], basis };
    this.found.set(key, group);
    group.roles.push(role);
  }

  public all(): RoleGroup[] {
    return [...this.found.values()].map(({ roles, basis: { tags, policies, boundaries } }) => ({
      roles,
      rights: policies.flatMap((policy) => this.rightsOf(policy, tags)),
      limits: boundaries.map(({ name, document, when }) => ({
        ...(name !== undefined && { name }),
        ...(document && { rights: this.rightsOf({ document, when: [] }, tags) }),
        when,
      })),
      unknown: policies.filter(({ document }) => !document).map(({ name, when }) => onlyWhen(name, when)),
    }));
  }

  private rightsOf({ document, when }: Boundary, tags: Tags): Right[] {
    return document ? this.read(document).rights.map((right) => withTags(under(right, when), tags)) : [];
  }

  /** The same only for what reads the same: accounts and regions go without saying, so they are part of it. */
  private keyOf({ owner, isElsewhere }: Role, { stack, tags, policies, boundaries }: Basis): string {
    const idOf = ({ name, document, when }: Boundary) => [document ? this.read(document).id : name, when];
    const limits = boundaries.map((boundary) => [...idOf(boundary), boundary.name]);
    const ids = policies.map((policy) => JSON.stringify(idOf(policy))).sort();
    const place = [stack.account, stack.region, isElsewhere, owner === undefined];
    return JSON.stringify([ids, limits, place, Object.entries({ ...tags, 'ml-owner': '' })]);
  }

  private read(document: Document) {
    const known = this.rights.get(document);
    if (known) {
      return known;
    }
    const rights = rightsIn(document, this.references);
    const text = JSON.stringify(rights);
    const id = this.ids.get(text) ?? this.ids.size;
    this.ids.set(text, id);
    this.rights.set(document, { rights, id });
    return { rights, id };
  }
}

function under(right: Right, when: readonly string[]): Right {
  return when.length > 0 ? { ...right, conditions: [...when, ...right.conditions] } : right;
}

function mapped(right: Right, change: (text: string) => string): Right {
  return {
    ...right,
    places: right.places.map(({ kind, name, within }) => ({ kind, name: change(name), within: within.map(change) })),
    conditions: right.conditions.map(change),
  };
}

/** Puts in the tags of a role, of which IAM reads the values when it decides. */
function withTags(right: Right, tags: Tags): Right {
  return mapped(right, (text) =>
    partsOf(text)
      .map(({ text: part, variable }) => {
        const key = variable?.startsWith(TAG) ? variable.slice(TAG.length) : undefined;
        if (key === undefined || !Object.hasOwn(tags, key)) {
          return part;
        }
        return key === 'ml-owner' ? ANY_OWNER : tags[key];
      })
      .join(''),
  );
}

const TAG = 'aws:PrincipalTag/';

function tagsOf(stack: AssemblyStack, { properties }: AssemblyResource, references: References): Tags {
  const pairs = listed(properties.Tags).map((tag) => (isMap(tag) ? [tag.Key, tag.Value] : []));
  return Object.fromEntries(
    pairs.filter(([key]) => typeof key === 'string').map(([key, value]) => [key, references.text(stack, value)]),
  );
}
