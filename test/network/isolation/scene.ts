import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { IMlNetwork, MlNetwork, MlNetworkProps } from '../../../src/network';
import { NetworkTree } from '../../../src/network/isolation/network-tree';
import { Standing } from '../../../src/network/isolation/standing';

/** A network in a stack of its own, and what an app may do to it. */
export class Scene {
  public readonly app: App;
  public readonly stack: Stack;
  public readonly network: MlNetwork;

  constructor(props: MlNetworkProps = {}, context: { [flag: string]: unknown } = {}) {
    this.app = new App({ context });
    this.stack = new Stack(this.app, 'Team');
    this.network = new MlNetwork(this.stack, 'Network', props);
  }

  public get subnetId(): string {
    return this.network.subnets[0].subnetId;
  }

  public get routeTableId(): string {
    return this.network.subnets[0].routeTable.routeTableId;
  }

  /** What the checks see of the network now. */
  public get standing(): Standing {
    return standingOf(this.network);
  }

  /** Adds a route to the first subnet of the workloads. */
  public route(props: Partial<ec2.CfnRouteProps>, scope: Construct = this.stack): ec2.CfnRoute {
    return new ec2.CfnRoute(scope, 'Route', { routeTableId: this.routeTableId, ...props });
  }

  /** A notebook in the network, with a role. */
  public notebook(role: iam.IRole = this.role(), scope: Construct = this.stack): sagemaker.CfnNotebookInstance {
    return new sagemaker.CfnNotebookInstance(scope, 'Notebook', {
      instanceType: 'ml.t3.medium',
      roleArn: role.roleArn,
      subnetId: this.subnetId,
    });
  }

  public role(props: Partial<iam.RoleProps> = {}): iam.Role {
    return new iam.Role(this.stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com'),
      ...props,
    });
  }
}

/** A network in a VPC of which the app knows the ids alone. */
export function existingNetwork({ stack }: Scene): IMlNetwork {
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Imported', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    isolatedSubnetIds: ['subnet-1', 'subnet-2'],
    isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  return MlNetwork.fromVpc(stack, 'Existing', { vpc });
}

/** What the checks see of a network, in a tree that is read anew. */
export function standingOf(network: IMlNetwork): Standing {
  for (const message of network.node.root.node.validate()) {
    throw new Error(message);
  }
  return new Standing(network, NetworkTree.of(network));
}

/** What an app is refused for when it is synthesized, without the path that the core puts before each sentence. */
export function refusalsOf(app: App): string[] {
  try {
    app.synth({ force: true });
    return [];
  } catch (error) {
    const [title, ...lines] = (error as Error).message.split('\n');
    if (!title.startsWith('Validation failed')) {
      throw error;
    }
    return lines.map((line) => line.trim().replace(/^\[[^\]]*\] /, ''));
  }
}
