import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { FLAG, having, Kinds, listOf, oneOf } from '../private/kinds';
import { MlService } from './ml-service';
import { NetworkRisk } from './network-risk';

/** How workloads reach the internet. */
export enum InternetAccess {
  /** Not at all: there is no route. AWS services are reached through endpoints in the VPC. */
  NONE = 'none',

  /** Through NAT gateways, one per zone of the environment's `endpointZones`, which cost by the hour and gigabyte. */
  NAT_GATEWAY = 'nat-gateway',

  /** Through small EC2 instances that forward traffic: cheaper than gateways, slower, and yours to keep running. */
  NAT_INSTANCE = 'nat-instance',
}

/** Which traffic the flow logs of a VPC record. */
export enum FlowLogTraffic {
  /** What was accepted and what was rejected. */
  ALL = 'ALL',

  /** Only what was rejected, which is little and cheap. */
  REJECTED = 'REJECT',

  /** Nothing. An auditor will ask why. */
  NONE = 'NONE',
}

/** A network that machine learning workloads stand in. */
export interface IMlNetwork extends IConstruct {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /** The subnets of the workloads, at least two, in different zones. */
  readonly subnets: ec2.ISubnet[];

  /** How workloads reach the internet. */
  readonly internetAccess: InternetAccess;

  /** The one group that all workloads are in. Its rules may change, its identity never does. */
  readonly workloadSecurityGroup: ec2.ISecurityGroup;

  /** The group of the interface endpoints. */
  readonly endpointSecurityGroup: ec2.ISecurityGroup;

  /**
   * Makes a service reachable: defines its endpoint, at most once. A network read with `MlSharedInfra.fromPublished`
   * cannot grow an endpoint, and throws for a service that it was not said to have.
   */
  requireService(service: MlService): void;

  /**
   * Accepts what the network otherwise refuses at synthesis. A reviewer sees the word and the reason in the code, and the
   * cloud assembly holds them as metadata of the network. Routes to the internet have a word of their own,
   * `internetAccess`.
   *
   * @param risk what is accepted, of all that the app adds
   * @param reason why, in at least 20 characters
   */
  acceptRisk(risk: NetworkRisk, reason: string): void;

  /** @internal */
  _forEachEndpoint(listener: (serviceName: string, endpointId: string) => void): void;
}

/** Options that new and existing networks share. */
export interface MlNetworkOptions {
  /**
   * Services to make reachable besides those that features in use ask for, such as those that other apps need.
   *
   * @default - S3, the SageMaker API and Runtime, STS and CloudWatch Logs.
   */
  readonly services?: MlService[];

  /**
   * Which traffic the flow logs record.
   *
   * @default FlowLogTraffic.ALL
   */
  readonly flowLogs?: FlowLogTraffic;

  /**
   * Key that encrypts the flow logs.
   *
   * @default - A key is defined, except below `MlSharedInfra`, whose key is used.
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Lets workloads reach each other on every port, as distributed training needs it.
   *
   * @default false
   */
  readonly trafficBetweenWorkloads?: boolean;

  /**
   * The prefix list of S3 in the region, `pl-` and digits. With it workloads may only send to the VPC and to S3, by
   * their security group and not only by their routes.
   *
   * @default - HTTPS to any address that the subnets have a route to.
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
   */
  readonly s3PrefixList?: ec2.IPrefixList;
}

/** What the options of new and existing networks take. */
export const NETWORK_KINDS: Kinds<MlNetworkOptions> = {
  services: listOf(having('a service such as MlService.KMS', 'interfaceEndpoint')),
  flowLogs: oneOf('FlowLogTraffic', FlowLogTraffic),
  encryptionKey: having('a key of KMS', 'keyArn'),
  trafficBetweenWorkloads: FLAG,
  s3PrefixList: having('a prefix list', 'prefixListId'),
};

/** Properties of a network in an existing VPC. */
export interface ExistingVpcProps extends MlNetworkOptions {
  /** The VPC. It needs DNS support and DNS host names, for the private names of endpoints. */
  readonly vpc: ec2.IVpc;

  /**
   * Subnets of the workloads, at least two.
   *
   * @default - The isolated subnets of the VPC; its private ones if `internetAccess` is not `NONE`.
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How workloads reach the internet. With `NONE`, subnets that CDK knows to have a route there are refused.
   *
   * @default InternetAccess.NONE
   */
  readonly internetAccess?: InternetAccess;

  /**
   * Services that the VPC already reaches by endpoints with private DNS. None is defined for them, since a VPC takes
   * only one such endpoint per service.
   *
   * @default - No service: an endpoint is defined for each that is needed.
   */
  readonly existingServices?: MlService[];
}
