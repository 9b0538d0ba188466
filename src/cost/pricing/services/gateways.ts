import { Pricers } from '../subject';

/** Ways out of a VPC, and public addresses. */
export const gatewayPricers: Pricers = {
  'AWS::EC2::NatGateway': (subject) => [
    subject.charge({
      description: `NAT gateway, ${subject.hoursPerMonth} hours`,
      priceName: 'NAT gateways',
      quantity: subject.hoursPerMonth,
      unit: 'hour',
      unitUsd: subject.unitPrice('natGatewayHour'),
    }),
    subject.use('natGatewayGb'),
  ],
  'AWS::EC2::EIP': (subject) => [
    subject.charge({
      description: `Public IPv4 address, ${subject.hoursPerMonth} hours`,
      priceName: 'public IPv4 addresses',
      quantity: subject.hoursPerMonth,
      unit: 'address-hour',
      unitUsd: subject.unitPrice('publicIpv4Hour'),
    }),
  ],
};
