import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { MlEnvironment } from '../environment';
import { requireList } from '../private/checks';
import { createDataKey } from '../private/data-key';
import { referWeakly } from '../private/references';
import { FlowLogs } from './flow-logs';
import { AcceptedRisks } from './isolation/accepted-risks';
import { GuardedNetwork } from './isolation/network-guard';
import { MlService } from './ml-service';
import { FlowLogTraffic, MlNetworkOptions } from './network-options';
import { SecurityGroups } from './security-groups';
import { VpcEndpoints } from './vpc-endpoints';

/** What the parts of a network are made from. */
export interface NetworkPartsProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  readonly environment: MlEnvironment;
  readonly options: MlNetworkOptions;
  readonly existingServices: MlService[];
}

/** What new and existing networks have in common: flow logs, security groups, endpoints, accepted risks. */
export class NetworkParts implements GuardedNetwork {
  public readonly groups: SecurityGroups;
  public readonly endpoints: VpcEndpoints;
  public readonly risks: AcceptedRisks;

  constructor(scope: Construct, props: NetworkPartsProps) {
    this.risks = new AcceptedRisks(scope);
    const { vpc, subnets, environment, options, existingServices } = props;
    const services = options.services ?? [];
    requireList(
      scope,
      'services',
      services.map((service) => service.name),
      0,
      50,
    );
    this.recordTraffic(scope, props);
    this.groups = new SecurityGroups(scope, 'SecurityGroups', {
      vpc,
      s3PrefixList: options.s3PrefixList,
      trafficBetweenWorkloads: options.trafficBetweenWorkloads ?? false,
    });
    this.endpoints = new VpcEndpoints(scope, 'Endpoints', {
      vpc,
      subnets,
      endpointZones: environment.endpointZones,
      securityGroup: this.groups.endpoint,
      existingServices,
    });
    for (const service of [...MlService._NOTEBOOK_SET, ...services]) {
      this.endpoints.require(service);
    }
    referWeakly(scope, [vpc, ...subnets]);
  }

  private recordTraffic(scope: Construct, { vpc, environment, options }: NetworkPartsProps): void {
    const traffic = options.flowLogs ?? FlowLogTraffic.ALL;
    if (traffic === FlowLogTraffic.NONE) {
      return;
    }
    const removalPolicy = environment._dataRemovalPolicy(scope);
    new FlowLogs(scope, 'FlowLogs', {
      vpc,
      trafficType: traffic === FlowLogTraffic.ALL ? ec2.FlowLogTrafficType.ALL : ec2.FlowLogTrafficType.REJECT,
      encryptionKey: options.encryptionKey ?? createDataKey(scope, 'Key', removalPolicy),
      retention: environment.logRetention,
      removalPolicy,
    });
  }
}
