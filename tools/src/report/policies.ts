import { isMap } from 'cdk-ml-infra/lib/private/template';
import { Assembly, AssemblyResource, AssemblyStack } from '../assembly/model';
import { choicesOf, entriesOf } from './choices';
import { References } from './references';
import { Document } from './rights';

/** A policy of a role. */
export interface Policy {
  readonly name: string;

  /** Undefined where no template of the app holds it. */
  readonly document?: Document;

  /** Conditions of the template under which the role has it. */
  readonly when: readonly string[];
}

/** A permissions boundary that a role may have; without a name where it then has none. */
export type Boundary = Partial<Policy> & Pick<Policy, 'when'>;

/** A role that no template of the app holds, and what the app attaches to it. */
export interface RoleElsewhere {
  /** As the template says it. */
  readonly name: string;
  readonly stack: AssemblyStack;
  readonly policies: Policy[];
}

/** The policies of the roles of an app. */
export class PoliciesOfRoles {
  /** Roles to which the app attaches policies, and which it does not define. */
  public readonly elsewhere: readonly RoleElsewhere[];

  private readonly attached = new Map<AssemblyResource, Policy[]>();
  private readonly documents = new Map<AssemblyResource, Document>();
  private readonly roles: readonly NamedRole[];

  constructor(
    { stacks }: Pick<Assembly, 'stacks'>,
    private readonly references: References,
  ) {
    this.roles = stacks.flatMap((stack) => namedRoles(stack, references));
    const elsewhere = new Map<string, RoleElsewhere>();
    for (const stack of stacks) {
      for (const resource of stack.resources.filter(({ type }) => ATTACHING.includes(type))) {
        this.attach(stack, resource, elsewhere);
      }
    }
    this.elsewhere = [...elsewhere.values()];
  }

  /** Each policy of a role once. */
  public of(stack: AssemblyStack, role: AssemblyResource): Policy[] {
    const { ManagedPolicyArns, Policies } = role.properties;
    const managed = entriesOf(ManagedPolicyArns).map(({ value, when }) => this.managed(stack, value, when));
    const seen = new Set<string>();
    const ids = new Map<Document | undefined, number>();
    const once = [...managed, ...(this.attached.get(role) ?? [])].filter(({ name, document, when }) => {
      const id = ids.get(document) ?? ids.size;
      ids.set(document, id);
      const key = JSON.stringify([document ? id : name, when]);
      return !seen.has(key) && seen.add(key);
    });
    const inline = entriesOf(Policies).map(({ value, when }) => ({
      name: 'inline',
      document: { stack, content: documentIn(value) },
      when,
    }));
    return [...once, ...inline];
  }

  /** What a role has as its boundary: several where conditions decide, none where it never has one. */
  public boundariesOf(stack: AssemblyStack, role: AssemblyResource): Boundary[] {
    const boundaries = choicesOf(role.properties.PermissionsBoundary).map(({ value, when }) =>
      value === undefined ? { when } : this.managed(stack, value, when),
    );
    return boundaries.some((boundary) => 'name' in boundary) ? boundaries : [];
  }

  private managed(stack: AssemblyStack, arn: unknown, when: readonly string[]): Policy {
    const target = this.references.target(stack, arn);
    return target?.resource.type === 'AWS::IAM::ManagedPolicy'
      ? this.policyOf(target.stack, target.resource, when)
      : { name: this.references.text(stack, arn), when };
  }

  private policyOf(stack: AssemblyStack, resource: AssemblyResource, when: readonly string[]): Policy {
    const document = this.documents.get(resource) ?? { stack, content: resource.properties.PolicyDocument };
    this.documents.set(resource, document);
    return { name: this.references.nameOf(stack, resource), document, when: withOwn(stack, resource, when) };
  }

  /** Notes a policy that says itself to which roles it is attached. */
  private attach(stack: AssemblyStack, resource: AssemblyResource, elsewhere: Map<string, RoleElsewhere>): void {
    const { Roles, RoleName } = resource.properties;
    for (const { value, when } of [...entriesOf(Roles), ...entriesOf(RoleName)]) {
      const target = this.references.target(stack, value);
      const name = this.references.text(stack, value);
      const roles = target ? [{ resource: target.resource, when: [] }] : this.named(stack, name);
      for (const role of roles.filter((each) => each.resource.type === ROLE)) {
        const policies = this.attached.get(role.resource) ?? [];
        this.attached.set(role.resource, policies);
        policies.push(this.policyOf(stack, resource, [...when, ...role.when]));
      }
      if (!roles.some((each) => each.resource.type === ROLE)) {
        const key = JSON.stringify([stack.account ?? stack.path, name]);
        const role = elsewhere.get(key) ?? { name, stack, policies: [] };
        elsewhere.set(key, role);
        role.policies.push(this.policyOf(stack, resource, when));
      }
    }
  }

  /** Roles with a literal name: those of the own stack, else those that may be of the same account. */
  private named(stack: AssemblyStack, name: string) {
    const same = this.roles.filter((role) => role.name === name);
    const own = same.filter((role) => role.stack === stack);
    const others = same.filter(
      (role) => role.stack.account === undefined || stack.account === undefined || role.stack.account === stack.account,
    );
    return (own.length > 0 ? own : others).map((role) => {
      const isCertain = role.stack === stack || (stack.account !== undefined && role.stack.account === stack.account);
      const account = `if ${stack.path} and ${role.stack.path} are in one account`;
      return { resource: role.resource, when: isCertain ? role.when : [...role.when, account] };
    });
  }
}

const ROLE = 'AWS::IAM::Role';
const ATTACHING = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::RolePolicy'];

/** A role that has its name from the template. */
interface NamedRole {
  readonly name: string;
  readonly stack: AssemblyStack;
  readonly resource: AssemblyResource;
  readonly when: readonly string[];
}

function namedRoles(stack: AssemblyStack, references: References): NamedRole[] {
  return stack.resources
    .filter(({ type }) => type === ROLE)
    .flatMap((resource) =>
      entriesOf(resource.properties.RoleName).map(({ value, when }) => ({
        name: references.text(stack, value),
        stack,
        resource,
        when,
      })),
    );
}

/** The document of an inline policy, or all of what cannot be read as one. */
function documentIn(policy: unknown): unknown {
  return isMap(policy) ? (policy.PolicyDocument ?? policy) : policy;
}

/** A policy with a condition of its own exists only under it. */
function withOwn(stack: AssemblyStack, { logicalId }: AssemblyResource, when: readonly string[]): readonly string[] {
  const { Resources = {} } = stack.template;
  const condition = Object.hasOwn(Resources, logicalId) ? Resources[logicalId].Condition : undefined;
  return condition === undefined || when.includes(`if ${condition}`) ? when : [...when, `if ${condition}`];
}

/** Resources of the app with rights of which nothing is shown. */
export interface Unshown {
  /** Users and groups, and policies for them. */
  readonly users: readonly string[];

  /** Parts of the app whose templates are not at hand, so that nobody knows whether they hold roles. */
  readonly templates: readonly string[];
}

/** What holds rights, or may hold them, apart from the policies of roles. */
export function unshownIn({ stacks }: Pick<Assembly, 'stacks'>): Unshown {
  const resources = stacks.flatMap((stack) => stack.resources);
  const isOfUsers = ({ type, properties: { Users, Groups } }: AssemblyResource) =>
    USERS.includes(type) || (ATTACHING.includes(type) && (entriesOf(Users).length > 0 || entriesOf(Groups).length > 0));
  return {
    users: resources.filter(isOfUsers).map(({ path }) => path),
    templates: resources
      .filter(({ type }) => TEMPLATES.includes(type) || type.startsWith('AWS::Serverless::'))
      .map(({ path }) => path),
  };
}

const USERS = [
  'AWS::IAM::User',
  'AWS::IAM::Group',
  'AWS::IAM::UserPolicy',
  'AWS::IAM::GroupPolicy',
  'AWS::SSO::PermissionSet',
];
const TEMPLATES = ['AWS::CloudFormation::Stack', 'AWS::CloudFormation::StackSet'];
