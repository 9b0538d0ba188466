import { amounts, costOf, costWithoutPrices, offers, reasons } from '../priced';

describe('a way out of a VPC', () => {
  test('costs by the hour and by the data through it as a NAT gateway', () => {
    const cost = costOf('AWS::EC2::NatGateway');

    expect(amounts(cost)).toEqual({ 'NAT gateway, 730 hours': 32.85 });
    expect(offers(cost)).toEqual({ natGatewayGb: 0.046 });
  });

  test('costs by the hour as an address', () => {
    expect(amounts(costOf('AWS::EC2::EIP'))).toEqual({ 'Public IPv4 address, 730 hours': 3.65 });
  });

  test('is not counted where its prices are not known', () => {
    expect(reasons(costWithoutPrices('AWS::EC2::NatGateway'))).toEqual([
      'no price of NAT gateways in us-west-2 is known to this version',
      'by use: Data through NAT gateways, of which no price in us-west-2 is known to this version',
    ]);
  });
});
