import type { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { MlNotebook, MlSharedInfra } from '../../src';

/** A role of a person. */
export function person(scope: Stack, id: string): iam.Role {
  return new iam.Role(scope, `Person-${id}`, { assumedBy: new iam.AccountRootPrincipal() });
}

/** People, each of whom got one grant. */
export function grants(scope: Stack, { storage, network }: MlSharedInfra, notebook: MlNotebook): void {
  storage.grantReadShared(person(scope, 'reader'));
  storage.grantWriteShared(person(scope, 'curator'));
  storage.grantOwner(person(scope, 'scientist'), 'alice');
  notebook.grantStartStop(person(scope, 'operator'));
  notebook.grantOpen(person(scope, 'anywhere'));
  notebook.grantOpen(person(scope, 'office'), { fromIpAddresses: ['203.0.113.0/24'] });
  const api = network.vpc.node.root.node
    .findAll()
    .filter((child) => child instanceof ec2.InterfaceVpcEndpoint)
    .find((child) => child.node.id === 'Endpoint-sagemaker-api');
  if (api === undefined) {
    throw new Error('there is no endpoint of the API');
  }
  notebook.grantOpen(person(scope, 'inside'), { fromVpcEndpoints: [api] });
}
