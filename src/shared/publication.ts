import { Stack, Stage, Token } from 'aws-cdk-lib';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct, IConstruct } from 'constructs';
import { fail, requireKnown, requirePattern } from '../private/checks';
import { IMlSharedInfra } from './shared-infra';

/** Published where a base has no permissions boundary, because every value must be there for a reader to deploy. */
export const NO_BOUNDARY = 'none';

/** Name of the parameter that holds a published value. */
export function parameterName(publication: string, value: string): string {
  return `/ml-infra/${publication}/${value}`;
}

/** Requires a name that a parameter's path takes. */
export function requirePublicationName(scope: IConstruct, name: string): void {
  const rule = '1 to 63 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit';
  requireKnown(scope, 'name', name, 'parameters are named after it');
  requirePattern(scope, 'name', name, /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, rule);
}

/** Writes a base into SSM parameters, one per value, so that another app or stack can read it. */
export class Publication extends Construct {
  constructor(shared: IMlSharedInfra & Construct, name: string, permissionsBoundaryArn: string | undefined) {
    super(shared, `Publication-${name}`);
    const { network, storage } = shared;
    const values: { [value: string]: string } = {
      'base-name': shared.baseName,
      environment: shared.environment.name,
      'vpc-id': network.vpc.vpcId,
      'subnets/1': network.subnets[0].subnetId,
      'subnets/2': network.subnets[1].subnetId,
      'security-groups/workload': network.workloadSecurityGroup.securityGroupId,
      'security-groups/endpoint': network.endpointSecurityGroup.securityGroupId,
      'buckets/datasets': storage.datasets.bucketName,
      'buckets/models': storage.models.bucketName,
      'buckets/artifacts': storage.artifacts.bucketName,
      'keys/volumes': shared.encryptionKey.keyArn,
      'keys/storage': (storage.encryptionKey ?? shared.encryptionKey).keyArn,
      'policies/workspace': shared.workspacePolicy.managedPolicyArn,
      'policies/jobs': shared.jobsPolicy.managedPolicyArn,
      'policies/permissions-boundary': permissionsBoundaryArn ?? NO_BOUNDARY,
      'roles/notebook/arn': shared.notebookRole.roleArn,
      'roles/notebook/name': shared.notebookRole.roleName,
    };
    for (const [value, text] of Object.entries(values)) {
      this.write(name, value, text);
    }
    network._forEachEndpoint((service, endpointId) => this.write(name, `endpoints/${service}`, endpointId));
  }

  private write(name: string, value: string, text: string): void {
    new ssm.CfnParameter(this, value.replaceAll('/', '-'), {
      name: parameterName(name, value),
      type: 'String',
      value: text,
    });
  }
}

interface Uses {
  readonly publishers: Map<Stack, IMlSharedInfra>;
  readonly readers: Set<Stack>;
}

const PUBLICATIONS = new WeakMap<IConstruct, Map<string, Uses>>();

/** Has stacks of the same app that read a publication deployed after the stack that writes it. */
export function orderDeployment(scope: IMlSharedInfra & Construct, name: string, role: 'publisher' | 'reader'): void {
  const app = Stage.of(scope) ?? scope.node.root;
  const publications = PUBLICATIONS.get(app) ?? new Map<string, Uses>();
  PUBLICATIONS.set(app, publications);
  const publication = publications.get(name) ?? {
    publishers: new Map<Stack, IMlSharedInfra>(),
    readers: new Set<Stack>(),
  };
  publications.set(name, publication);
  const stack = Stack.of(scope);
  if (role === 'reader') {
    publication.readers.add(stack);
  } else {
    const other = [...publication.publishers.keys()].find((publisher) => shareParameters(publisher, stack));
    if (other) {
      const rule = `a name that no other base of the app is published under (${other.node.path} has it)`;
      fail(scope, 'name', rule, name);
    }
    publication.publishers.set(stack, scope);
  }
  for (const reader of publication.readers) {
    for (const publisher of publication.publishers.keys()) {
      if (isPartOf(reader, publisher) || isPartOf(publisher, reader)) {
        fail(scope, 'name', 'read in another stack than the one that publishes it; here, pass the base itself', name);
      }
      if (shareParameters(reader, publisher)) {
        reader.addStackDependency(publisher);
      }
    }
  }
}

/** The base that the same app publishes under a name, as far as it can be told. */
export function publishedBase(reader: IConstruct, name: string): IMlSharedInfra | undefined {
  const { publishers } = PUBLICATIONS.get(Stage.of(reader) ?? reader.node.root)?.get(name) ?? {};
  const found = [...(publishers ?? [])].find(([stack]) => shareParameters(stack, Stack.of(reader)));
  return found?.[1];
}

/** Whether two stacks may see the same parameters: each region of an account has its own. */
function shareParameters(one: Stack, other: Stack): boolean {
  const mayEqual = (a: string, b: string) => a === b || Token.isUnresolved(a) || Token.isUnresolved(b);
  return mayEqual(one.account, other.account) && mayEqual(one.region, other.region);
}

/** Whether a stack is another one or nested in it, so that neither can be deployed before the other. */
export function isPartOf(stack: Stack, whole: Stack): boolean {
  return stack === whole || (stack.nestedStackParent !== undefined && isPartOf(stack.nestedStackParent, whole));
}
