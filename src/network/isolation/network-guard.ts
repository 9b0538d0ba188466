import { Annotations } from 'aws-cdk-lib';
import { MlService } from '../ml-service';
import { IMlNetwork } from '../network-options';
import { AcceptedRisks } from './accepted-risks';
import { DefinedEndpoint, endpointFindings } from './endpoint-reach';
import { Finding, sentenceOf } from './finding';
import { ingressFindings } from './ingress';
import { NetworkTree } from './network-tree';
import { publicAddressFindings } from './public-addresses';
import { routeFindings } from './routes';
import { reachFindings } from './service-reach';
import { Standing } from './standing';

/** Id of the warning of rights on a service that is often called by another service. */
const UNREACHABLE_SERVICE = 'cdk-ml-infra:unreachableService';

/** What a network tells about itself when it is checked. */
export interface GuardedNetwork {
  readonly risks: AcceptedRisks;
  readonly endpoints: {
    /** The services that it reaches. */
    readonly reached: MlService[];

    /** The endpoints that it defined. */
    readonly defined: DefinedEndpoint[];
  };
}

/**
 * Has the core refuse an app that undoes what a network is for. It asks after aspects have run, when nothing is added
 * to the tree any more.
 */
export function guardNetwork(network: IMlNetwork, guarded: GuardedNetwork): void {
  NetworkTree.watch(network);
  network.node.addValidation({
    validate: () => {
      const { errors, warnings } = findingsOf(network, guarded);
      for (const warning of warnings) {
        Annotations.of(network).addWarningV2(UNREACHABLE_SERVICE, warning);
      }
      return errors;
    },
  });
}

function findingsOf(network: IMlNetwork, { risks, endpoints }: GuardedNetwork) {
  const standing = new Standing(network, NetworkTree.of(network));
  const isOpen = ({ risk }: Finding) => !risks.has(risk);
  const reach = reachFindings(standing, endpoints.reached).filter(isOpen);
  const errors = [
    ...routeFindings(standing),
    ...publicAddressFindings(standing),
    ...ingressFindings(standing),
    ...endpointFindings(standing, endpoints.defined),
    ...reach.filter(({ isOftenIndirect }) => !isOftenIndirect),
  ];
  return {
    errors: errors.filter(isOpen).map(sentenceOf),
    warnings: reach.filter(({ isOftenIndirect }) => isOftenIndirect).map(sentenceOf),
  };
}
