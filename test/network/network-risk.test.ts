import { NetworkRisk } from '../../src/network/network-risk';

describe('NetworkRisk', () => {
  test('has a word for each thing that can be accepted, which reviewers can search for', () => {
    expect(NetworkRisk).toEqual({
      OPEN_INGRESS: 'open-ingress',
      PUBLIC_ADDRESS: 'public-address',
      ROUTE_TO_OTHER_NETWORK: 'route-to-other-network',
      UNREACHABLE_SERVICE: 'unreachable-service',
    });
  });
});
