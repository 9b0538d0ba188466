import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { fail } from '../private/checks';
import { requireStable } from '../private/stability';

/**
 * The subnet of a notebook. It follows from the id of the notebook and nothing else, because a notebook that moves to
 * another subnet is replaced and loses its volume.
 */
export function chooseSubnet(notebook: Construct, subnets: ec2.ISubnet[], zone: string | undefined): ec2.ISubnet {
  if (zone === undefined) {
    return subnets[sumOfCodes(notebook.node.id) % 2];
  }
  const zones = subnets.map((subnet) => subnet.availabilityZone);
  const known = zones.filter((name) => !Token.isUnresolved(name));
  const found = zones.indexOf(zone);
  if (found === -1 && known.length > 0) {
    requireStable(notebook, 'availabilityZone', zone);
  }
  if (found === -1 && known.some((name) => name.startsWith('dummy'))) {
    return subnets[0]; // the CDK CLI looks the zones up after this synthesis and synthesizes again
  }
  if (found === -1) {
    const rule =
      known.length > 0
        ? `a zone of the network: ${known.join(', ')}`
        : "left out, since the zones of the network are only known at deployment; give its stack an 'env' with a region";
    fail(notebook, 'availabilityZone', rule, zone);
  }
  return subnets[found];
}

/** Names that end in numbers alternate between two zones. */
function sumOfCodes(text: string): number {
  return Buffer.from(text).reduce((sum, code) => sum + code, 0);
}
