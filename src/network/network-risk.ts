/** What a network refuses at synthesis unless `acceptRisk` says why it is wanted. */
export enum NetworkRisk {
  /** A rule lets addresses of the internet at large into the group of the workloads or of the endpoints. */
  OPEN_INGRESS = 'open-ingress',

  /** Something in a subnet of the workloads has, or gives out, public addresses. */
  PUBLIC_ADDRESS = 'public-address',

  /**
   * A route leads to another network (a transit gateway, a peering, a VPN), and where from there cannot be said:
   * everything goes there, or the destination is not known at synthesis.
   */
  ROUTE_TO_OTHER_NETWORK = 'route-to-other-network',

  /** A service that workloads have rights on cannot be reached. */
  UNREACHABLE_SERVICE = 'unreachable-service',
}
