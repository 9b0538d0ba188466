import { sentenceOf } from '../../../src/network/isolation/finding';
import { NetworkRisk } from '../../../src/network/network-risk';

describe('a finding', () => {
  const finding = { path: 'App/Route', prop: 'gatewayId', rule: 'left out', got: 'a route for 0.0.0.0/0' };

  test('says where, which prop, the rule and what it was, as all errors do', () => {
    expect(sentenceOf(finding)).toBe("App/Route: 'gatewayId' must be left out, got: a route for 0.0.0.0/0");
  });

  test.each(Object.entries(NetworkRisk))('names the word %s that accepts it', (name, risk) => {
    expect(sentenceOf({ ...finding, risk })).toContain(
      `must be left out; if it is wanted, say why with acceptRisk(NetworkRisk.${name}, '...'), got:`,
    );
  });
});
