import { Aws, Stack, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { fail } from '../private/checks';
import { Part } from '../private/facts';
import { referWeakly } from '../private/references';
import { DefinedEndpoint } from './isolation/endpoint-reach';
import { MlService } from './ml-service';

const SERVICES_BY_VPC = new WeakMap<ec2.IVpc, Set<string>>();

/** Value of an endpoint id for a service that an existing VPC already reaches. */
export const PROVIDED_BY_VPC = 'provided-by-vpc';

/** Is told of each endpoint: the name of its service, and its id. */
export type EndpointListener = (serviceName: string, endpointId: string) => void;

/** Properties of the `VpcEndpoints`. */
export interface VpcEndpointsProps {
  readonly vpc: ec2.IVpc;
  readonly subnets: ec2.ISubnet[];
  readonly endpointZones: number;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly existingServices: MlService[];
}

/** The endpoints of a network, at most one per service. */
export class VpcEndpoints extends Construct {
  private readonly idByService = new Map<string, string>();
  private readonly services = new Map<string, MlService>();
  private readonly listeners: EndpointListener[] = [];
  private readonly ownByService = new Map<string, ec2.VpcEndpoint>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VpcEndpointsProps,
  ) {
    super(scope, id);
    for (const service of props.existingServices) {
      this.services.set(service.name, service);
      this.idByService.set(service.name, PROVIDED_BY_VPC);
    }
  }

  /** Defines the endpoint of a service, unless there is one. */
  public require(service: MlService): void {
    const network = this.node.scope as Construct;
    service._require(network, 'services');
    const known = this.services.get(service.name);
    if (known !== undefined) {
      if (known.interfaceEndpoint?.shortName !== service.interfaceEndpoint?.shortName) {
        fail(network, 'services', 'services of different names, since endpoints are told apart by them', service.name);
      }
      return;
    }
    this.services.set(service.name, service);
    const endpointId = this.endpointIdOf(service);
    this.idByService.set(service.name, endpointId);
    for (const listener of this.listeners) {
      listener(service.name, endpointId);
    }
  }

  /** Some services have no endpoint of their own, but a statement in the policy of another. */
  private endpointIdOf(service: MlService): string {
    switch (service.name) {
      case MlService.AMAZON_LINUX.name:
        return this.letThrough(MlService.S3, this.awsBucketStatement(`al2023-repos-${Stack.of(this).region}-de612dc2`));
      case MlService.SSM_NODES.name:
        return this.letThrough(MlService.SSM, registrationStatement());
      default:
        return this.defineEndpoint(service);
    }
  }

  /** Adds a statement to the policy of an endpoint, if it is ours. */
  private letThrough(host: MlService, statement: iam.PolicyStatement): string {
    this.require(host);
    this.ownByService.get(host.name)?.addToPolicy(statement);
    return this.idByService.get(host.name) ?? PROVIDED_BY_VPC;
  }

  private defineEndpoint(service: MlService): string {
    this.requireOnlyEndpoint(service);
    const endpoint = this.endpoint(service);
    this.ownByService.set(service.name, endpoint);
    referWeakly(endpoint);
    return endpoint.vpcEndpointId;
  }

  /** Calls back for each endpoint, also for those that are required later. */
  public forEach(listener: EndpointListener): void {
    for (const [serviceName, endpointId] of this.idByService) {
      listener(serviceName, endpointId);
    }
    this.listeners.push(listener);
  }

  /** The services that are reached, in the order in which they were asked for. */
  public get reached(): MlService[] {
    return [...this.services.values()];
  }

  /** The endpoints that stand here, by the paths of their resources. */
  public get defined(): DefinedEndpoint[] {
    return [...this.ownByService].map(([service, { node }]) => ({
      service,
      path: (node.defaultChild ?? { node }).node.path,
    }));
  }

  /** The endpoints that stand here, for pictures. */
  public get shown(): Part[] {
    return [...this.ownByService].map(([label, construct]) => ({ kind: 'endpoint', construct, label }));
  }

  /** A VPC takes one endpoint with private DNS per service. */
  private requireOnlyEndpoint(service: MlService): void {
    const { vpc } = this.props;
    const services = SERVICES_BY_VPC.get(vpc) ?? new Set<string>();
    SERVICES_BY_VPC.set(vpc, services);
    if (services.has(service.name)) {
      const rule =
        'named in existingServices of the second network in a VPC, or the first network be used for both bases';
      fail(this.node.scope as Construct, 'services', rule, service.name);
    }
    services.add(service.name);
  }

  private endpoint(service: MlService): ec2.VpcEndpoint {
    const { vpc, subnets, endpointZones, securityGroup } = this.props;
    const id = `Endpoint-${service.name}`;
    if (service._gatewayEndpoint !== undefined) {
      const gateway = new ec2.GatewayVpcEndpoint(this, id, {
        vpc,
        service: service._gatewayEndpoint,
        subnets: [{ subnets }],
      });
      for (const statement of this.gatewayStatements(service)) {
        gateway.addToPolicy(statement);
      }
      return gateway;
    }
    const endpoint = new ec2.InterfaceVpcEndpoint(this, id, {
      vpc,
      service: service.interfaceEndpoint as ec2.InterfaceVpcEndpointAwsService,
      subnets: { subnets: onePerZone(subnets).slice(0, endpointZones) },
      securityGroups: [securityGroup],
      privateDnsEnabled: true,
      open: false,
    });
    endpoint.addToPolicy(this.ownAccountStatement({}));
    if (endpointZones < 2) {
      Validations.of(endpoint).acknowledge({
        id: 'MlCompliance::ec2-endpoint-subnets',
        reason: 'The environment asks for endpoints in one zone: they cost by zone, and work stops while it is down',
      });
    }
    return endpoint;
  }

  /** Nobody may carry foreign credentials through our endpoints, which is how data would leave. */
  private ownAccountStatement(conditions: { [key: string]: string }): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.StarPrincipal()],
      actions: ['*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, ...conditions } },
    });
  }

  /**
   * Buckets and tables of the own account only, and the buckets in which AWS keeps the layers of container images, which
   * ECR reads with credentials of its own.
   *
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
   */
  private gatewayStatements(service: MlService): iam.PolicyStatement[] {
    const layers = this.awsBucketStatement(`prod-${Stack.of(this).region}-starport-layer-bucket`);
    return [
      this.ownAccountStatement({ 'aws:ResourceAccount': Aws.ACCOUNT_ID }),
      ...(service.name === MlService.S3.name ? [layers] : []),
    ];
  }

  private awsBucketStatement(bucketName: string): iam.PolicyStatement {
    return new iam.PolicyStatement({
      principals: [new iam.StarPrincipal()],
      actions: ['s3:GetObject'],
      resources: [`arn:${Stack.of(this).partition}:s3:::${bucketName}/*`],
    });
  }
}

/**
 * What the agent of Systems Manager asks without credentials of AWS. What it does with those of its role afterwards is
 * still held to the own account.
 */
function registrationStatement(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.StarPrincipal()],
    actions: [
      'ssm:RegisterManagedInstance',
      'ssm:RequestManagedInstanceRoleToken',
      'ssm:UpdateManagedInstancePublicKey',
    ],
    resources: ['*'],
  });
}

/** The first subnet of each zone, since an endpoint takes only one in a zone. */
export function onePerZone(subnets: ec2.ISubnet[]): ec2.ISubnet[] {
  const zones = subnets.map((subnet) => subnet.availabilityZone);
  return subnets.filter((_subnet, index) => zones.indexOf(zones[index]) === index);
}
