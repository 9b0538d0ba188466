import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Properties of the `SecurityGroups`. */
export interface SecurityGroupsProps {
  readonly vpc: ec2.IVpc;
  readonly s3PrefixList?: ec2.IPrefixList;
  readonly trafficBetweenWorkloads: boolean;
}

/**
 * One group for workloads and one for endpoints.
 *
 * A notebook is replaced, and its volume lost, when the group that it is in is replaced. So the descriptions are
 * constants, although CloudFormation would take the construct's path, and later changes only touch rules.
 */
export class SecurityGroups extends Construct {
  public readonly workload: ec2.SecurityGroup;
  public readonly endpoint: ec2.SecurityGroup;

  constructor(scope: Construct, id: string, props: SecurityGroupsProps) {
    super(scope, id);
    const { vpc, s3PrefixList } = props;
    const https = ec2.Port.tcp(443);
    this.workload = this.group('Workload', vpc, 'Machine learning workloads');
    this.endpoint = this.group('Endpoint', vpc, 'Interface endpoints of machine learning workloads');

    // S3 has public addresses even through a gateway endpoint. Without a route to the internet, the widest rule
    // reaches the VPC and S3 and nothing else (docs/decisions/004-egress-without-internet.md).
    if (s3PrefixList === undefined) {
      this.workload.addEgressRule(ec2.Peer.anyIpv4(), https, 'HTTPS wherever the subnets have a route to');
    } else {
      this.workload.addEgressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), https, 'HTTPS inside the VPC');
      this.workload.addEgressRule(ec2.Peer.prefixList(s3PrefixList.prefixListId), https, 'HTTPS to S3');
    }
    this.endpoint.addIngressRule(this.workload, https, 'HTTPS from machine learning workloads');
    if (props.trafficBetweenWorkloads) {
      this.workload.addIngressRule(this.workload, ec2.Port.allTraffic(), 'From other workloads');
      this.workload.addEgressRule(this.workload, ec2.Port.allTraffic(), 'To other workloads');
    }
  }

  private group(id: string, vpc: ec2.IVpc, description: string): ec2.SecurityGroup {
    return new ec2.SecurityGroup(this, id, { vpc, description, allowAllOutbound: false });
  }
}
