import { NetworkTree } from './network-tree';
import { Standing, share } from './standing';
import { elementsOf, isMap, listed, maps, WrittenResource } from './written-resource';

/** A right that a policy of the app gives to workloads. */
export interface WorkloadRight {
  /** Path of the policy, or of the role that it is a part of. */
  readonly path: string;
  readonly action: string;
}

/** Conditions that hold only where a service calls for somebody. */
const INDIRECT = /"(kms:ViaService|aws:CalledVia(First|Last)?|aws:ViaAWSService)"/i;

/** What the roles of the notebooks of a network may do, as far as policies of the app say it. */
export function workloadRights(standing: Standing): WorkloadRight[] {
  const { tree } = standing;
  const roles = rolesOf(standing);
  const rights = [
    ...[...roles].flatMap((name) => tree.at(name) ?? []).flatMap(ownRights),
    ...policiesOf(tree, roles).flatMap((policy) => rightsIn(policy, policy.properties.PolicyDocument)),
  ];
  return [...new Map(rights.map((right) => [`${right.path} ${right.action}`, right])).values()];
}

function rolesOf({ tree, subnets }: Standing): Set<string> {
  const standsByText = new Map<unknown, boolean>();
  const stands = (notebook: WrittenResource) => {
    const subnet = quickly(notebook, 'SubnetId');
    const known = standsByText.get(subnet) ?? share(namesOf(tree, notebook, 'SubnetId'), subnets);
    standsByText.set(subnet, known);
    return known;
  };
  const notebooks = tree.ofType('AWS::SageMaker::NotebookInstance').filter(stands);
  return new Set(notebooks.flatMap((notebook) => namesOf(tree, notebook, 'RoleArn').map(nameOfRole)));
}

/** An imported role is known by its ARN here and by its name there. */
function nameOfRole(name: string): string {
  return name.includes(':role/') ? name.slice(name.lastIndexOf('/') + 1) : name;
}

/** The policies that the app attaches to some roles. */
function policiesOf(tree: NetworkTree, roles: Set<string>): WrittenResource[] {
  const resources = [...roles].flatMap((name) => tree.at(name) ?? []);
  const attached = attachedTo(tree, resources);
  const isGiven = (policy: WrittenResource, prop: string) =>
    namesOf(tree, policy, prop).some((name) => roles.has(nameOfRole(name)));
  return [
    ...tree.ofType('AWS::IAM::ManagedPolicy').filter((each) => attached.has(each.path) || isGiven(each, 'Roles')),
    ...tree.ofType('AWS::IAM::Policy').filter((each) => isGiven(each, 'Roles')),
    ...tree.ofType('AWS::IAM::RolePolicy').filter((each) => isGiven(each, 'RoleName')),
  ];
}

/** The names of the policies that roles name themselves. Most roles name the same ones, so each is looked up once. */
function attachedTo(tree: NetworkTree, roles: WrittenResource[]): Set<string> {
  const roleByArn = new Map<unknown, WrittenResource>();
  for (const role of roles) {
    const arns = quickly(role, 'ManagedPolicyArns');
    for (const arn of (Array.isArray(arns) ? elementsOf(role.resource, arns) : undefined) ?? []) {
      roleByArn.set(arn, role);
    }
  }
  return new Set([...roleByArn].flatMap(([arn, { resource }]) => tree.namesFor(resource, arn)));
}

function ownRights(role: WrittenResource): WorkloadRight[] {
  return quickly(role, 'Policies') === undefined
    ? []
    : maps(role.properties.Policies).flatMap(({ PolicyDocument }) => rightsIn(role, PolicyDocument));
}

function rightsIn({ path }: WrittenResource, document: unknown): WorkloadRight[] {
  const statements = isMap(document) ? maps(document.Statement) : [];
  return statements
    .filter(({ Effect, Condition }) => Effect === 'Allow' && !INDIRECT.test(JSON.stringify(Condition ?? {})))
    .flatMap(({ Action }) => listed(Action))
    .flatMap((action) => (typeof action === 'string' ? [{ path, action }] : []));
}

function namesOf(tree: NetworkTree, resource: WrittenResource, property: string): string[] {
  return tree.namesFor(resource.resource, quickly(resource, property));
}

/**
 * A property as the construct holds it, without overrides: there are thousands of notebooks and roles, and to write one
 * out costs as much as the synthesis itself.
 */
function quickly(written: WrittenResource, property: string): unknown {
  const prop = `${property[0].toLowerCase()}${property.slice(1)}`;
  const props = written.resource as unknown as { readonly [prop: string]: unknown };
  return prop in props ? props[prop] : written.properties[property];
}
