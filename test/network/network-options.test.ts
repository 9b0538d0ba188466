import { FlowLogTraffic, InternetAccess } from '../../src/network';

describe('network options', () => {
  test('internet access has a word for each way, which reviewers can search for', () => {
    expect(InternetAccess).toEqual({ NONE: 'none', NAT_GATEWAY: 'nat-gateway', NAT_INSTANCE: 'nat-instance' });
  });

  test('flow logs can record all traffic, what was rejected, or none', () => {
    expect(Object.keys(FlowLogTraffic)).toEqual(['ALL', 'REJECTED', 'NONE']);
  });
});
