import { MlService } from '../ml-service';
import { NetworkRisk } from '../network-risk';
import { Finding } from './finding';
import { constantOf, SERVICE_CALLS, ServiceCalls } from './service-calls-table';
import { Standing, share } from './standing';
import { WorkloadRight, workloadRights } from './workload-rights';
import { isMap, listed } from './written-resource';

/** A finding on a right that its service may use for the workload, without a way from inside. */
export interface ReachFinding extends Finding {
  readonly isOftenIndirect: boolean;
}

/** The rights of workloads on services that they cannot reach: one finding for each policy and service. */
export function reachFindings(standing: Standing, services: MlService[]): ReachFinding[] {
  if (!standing.isIsolated) {
    return [];
  }
  const endpoints = endpointNames(standing);
  const reached = new Set(services.map(endpointOf));
  const isReached = (service: MlService) =>
    reached.has(endpointOf(service)) ? true : endpoints.some((text) => isEndpointOf(endpointOf(service), text));
  const findings = new Map<string, ReachFinding>();
  for (const right of workloadRights(standing)) {
    const calls = SERVICE_CALLS.find(({ actions }) => actions.test(right.action));
    const key = `${right.path} ${calls?.service.name}`;
    if (calls !== undefined && !findings.has(key) && !isReached(calls.service)) {
      findings.set(key, findingOf(standing, right, calls));
    }
  }
  return [...findings.values()];
}

function findingOf({ path }: Standing, right: WorkloadRight, { service, isOftenIndirect }: ServiceCalls): ReachFinding {
  return {
    path: right.path,
    prop: 'actions',
    rule: `on services that ${path} reaches; give it services: [${constantOf(service)}]`,
    got: right.action,
    risk: NetworkRisk.UNREACHABLE_SERVICE,
    isOftenIndirect: isOftenIndirect ?? false,
  };
}

/** How the endpoint of a service is called by AWS, as the last part of its name. That of a gateway is its own. */
function endpointOf(service: MlService): string {
  return service.interfaceEndpoint?.shortName ?? service.name;
}

/** The names of all endpoints in the VPC that the app defines, whoever defines them, by what is known of them. */
function endpointNames({ tree, vpc }: Standing): string[] {
  return tree
    .ofType('AWS::EC2::VPCEndpoint')
    .filter((endpoint) => share(tree.namesIn(endpoint, 'VpcId'), vpc))
    .flatMap(({ properties }) => endingOf(properties.ServiceName));
}

function endingOf(value: unknown): string[] {
  const last = isMap(value) ? listed((value['Fn::Join'] as unknown[] | undefined)?.[1]).at(-1) : value;
  return typeof last === 'string' ? [last] : [];
}

/** Also an endpoint of FIPS 140, whose host names a client has to be told. */
function isEndpointOf(name: string, text: string): boolean {
  return [`.${name}`, `.${name}-fips`].some((ending) => text.endsWith(ending));
}
