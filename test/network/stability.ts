import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MlEnvironment } from '../../src/environment';
import { MlNetwork, MlNetworkProps } from '../../src/network';

const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];

/** What CloudFormation replaces a notebook for: the subnets and groups that it stands in, by logical id. */
export interface Standing {
  readonly [logicalId: string]: { readonly [property: string]: unknown };
}

/** The workload subnets and security groups of a network in a region with three zones, with all that cannot change. */
export function standingOf(props: MlNetworkProps = {}, environment = MlEnvironment.PROD): Standing {
  const context = { 'availability-zones:account=111122223333:region=eu-west-1': ZONES };
  const stack = new Stack(new App({ context }), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  MlEnvironment.set(stack, environment);
  const network = new MlNetwork(stack, 'Network', props);
  const { Resources } = Template.fromStack(stack).toJSON();
  const ids = [
    ...network.subnets.map((subnet) => subnet.subnetId),
    network.workloadSecurityGroup.securityGroupId,
    network.endpointSecurityGroup.securityGroupId,
  ].map((token) => logicalId(stack.resolve(token)));
  return Object.fromEntries(ids.map((id) => [id, createOnly(Resources[id])]));
}

function logicalId(intrinsic: { Ref?: string; 'Fn::GetAtt'?: string[] }): string {
  return intrinsic.Ref ?? intrinsic['Fn::GetAtt']![0];
}

/** Everything but what CloudFormation changes in place: tags, public addresses on launch, the rules of a group. */
function createOnly({ Type, Properties }: { Type: string; Properties: { [property: string]: unknown } }) {
  const { Tags, MapPublicIpOnLaunch, SecurityGroupEgress, SecurityGroupIngress, ...rest } = Properties;
  return { Type, ...rest };
}
