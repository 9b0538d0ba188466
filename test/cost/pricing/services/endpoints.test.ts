import { amounts, costOf, offers, reasons } from '../priced';

const TYPE = 'AWS::EC2::VPCEndpoint';

describe('an endpoint of a VPC', () => {
  test.each([
    [[{ Ref: 'Subnet1' }], 'Interface endpoint, 730 hours in 1 zone', 7.3],
    [
      [{ Ref: 'Subnet1' }, 'subnet-1', { 'Fn::Select': [0, { Ref: 'Ids' }] }],
      'Interface endpoint, 730 hours in 3 zones',
      21.9,
    ],
  ])('costs by the hour in each zone, and by the data through it: %j', (SubnetIds, description, usd) => {
    const cost = costOf(TYPE, { VpcEndpointType: 'Interface', SubnetIds });

    expect(amounts(cost)).toEqual({ [description]: usd });
    expect(offers(cost)).toEqual({ vpcEndpointGb: 0.02 });
  });

  test.each([
    [{ 'Fn::Split': [',', { Ref: 'Ids' }] }],
    [{ Ref: 'Ids' }],
    [{ 'Fn::If': ['A', ['a'], ['b']] }],
    [undefined],
    [[]],
  ])('is not priced by the hour with the subnets %j', (SubnetIds) => {
    const cost = costOf(TYPE, { VpcEndpointType: 'Interface', SubnetIds });

    expect(cost.items).toEqual([]);
    expect(reasons(cost)).toEqual(['its subnets are not stated, or are known only at deployment']);
  });

  test.each([[{ VpcEndpointType: 'Gateway' }], [{}]])('is free as a gateway: %j', (properties) => {
    expect(costOf(TYPE, properties)).toMatchObject({ items: [], byUse: [], unpriced: [] });
  });

  test.each([
    ['GatewayLoadBalancer', 'the price of endpoints of the kind GatewayLoadBalancer is not known to this version'],
    [{ Ref: 'Kind' }, 'its kind is known only at deployment'],
  ])('is not priced as of the kind %j', (VpcEndpointType, reason) => {
    expect(reasons(costOf(TYPE, { VpcEndpointType, SubnetIds: ['a'] }))).toEqual([reason]);
  });
});
