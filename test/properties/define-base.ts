import { Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  FlowLogTraffic,
  type IMlNetwork,
  type IMlStorage,
  InternetAccess,
  MlNetwork,
  MlService,
  MlSharedInfra,
  MlStorage,
  StorageEncryption,
} from '../../src';
import type { BasePlan, NetworkPlan } from './plan';

/** The base of a plan, with the services besides that apps which read it are known to need. */
export function defineBase(stack: Stack, plan: BasePlan, services: MlService[]): MlSharedInfra {
  const boundary = () => iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
  const shared = new MlSharedInfra(stack, 'Shared', {
    baseName: plan.baseName,
    encryptionKey: keyOf(stack, plan),
    storage: storageOf(stack, plan),
    network: networkOf(stack, plan.network),
    permissionsBoundary: plan.permissionsBoundary ? boundary() : undefined,
  });
  for (const service of services) {
    shared.network.requireService(service);
  }
  return shared;
}

function keyOf(stack: Stack, { key }: BasePlan): kms.IKey | undefined {
  switch (key) {
    case 'own':
      return new kms.Key(stack, 'Key', { enableKeyRotation: true });
    case 'imported': {
      const arn = stack.formatArn({ service: 'kms', resource: 'key', resourceName: '0b1c2d3e' });
      return kms.Key.fromKeyArn(stack, 'Key', arn);
    }
    case 'default':
      return undefined;
  }
}

function storageOf(stack: Stack, { storage }: BasePlan): IMlStorage | undefined {
  const bucket = (id: string) => s3.Bucket.fromBucketName(stack, id, `team-${id.toLowerCase()}`);
  switch (storage) {
    case 's3-managed':
      return new MlStorage(stack, 'Storage', { encryption: StorageEncryption.S3_MANAGED });
    case 'own key':
      return new MlStorage(stack, 'Storage', { encryptionKey: new kms.Key(stack, 'StorageKey') });
    case 'existing':
      return MlStorage.fromBuckets(stack, 'Storage', {
        datasets: bucket('Datasets'),
        models: bucket('Models'),
        artifacts: bucket('Artifacts'),
      });
    case 'default':
      return undefined;
  }
}

function networkOf(stack: Stack, plan: NetworkPlan): IMlNetwork | undefined {
  const internetAccess = plan.internetAccess as InternetAccess;
  const options = {
    services: plan.services.map((name) => MlService[name as 'GLUE']),
    flowLogs: plan.flowLogs as FlowLogTraffic,
    trafficBetweenWorkloads: plan.trafficBetweenWorkloads,
    s3PrefixList: plan.s3PrefixList ? ec2.PrefixList.fromPrefixListId(stack, 'S3', 'pl-6ea54007') : undefined,
    internetAccess,
  };
  switch (plan.kind) {
    case 'new':
      return new MlNetwork(stack, 'Network', {
        ...options,
        ipAddresses: ec2.IpAddresses.cidr(`10.20.0.0/${plan.prefix}`),
        maxAzs: plan.zones,
        publicSubnets: plan.publicSubnets || undefined,
        restrictDefaultSecurityGroup: plan.restrictDefaultSecurityGroup,
      });
    case 'existing':
      return MlNetwork.fromVpc(stack, 'Network', { ...options, vpc: existingVpc(stack, internetAccess) });
    case 'default':
      return undefined;
  }
}

/** A VPC that another team keeps, whose workload subnets have the routes that the plan says. */
function existingVpc(stack: Stack, internetAccess: InternetAccess): ec2.IVpc {
  const ids = (kind: string) => ['1', '2'].map((zone) => `${kind}-${zone.repeat(17)}`);
  const subnets =
    internetAccess === InternetAccess.NONE
      ? { isolatedSubnetIds: ids('subnet'), isolatedSubnetRouteTableIds: ids('rtb') }
      : { privateSubnetIds: ids('subnet'), privateSubnetRouteTableIds: ids('rtb') };
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.30.0.0/16',
    availabilityZones: [0, 1].map((index) => Fn.select(index, Fn.getAzs())),
    ...subnets,
  });
}
