import { knownList } from '../known-values';
import { Line, Pricers, Subject, unknown } from '../subject';

/** Endpoints of a VPC. Those of gateways are free. */
export const endpointPricers: Pricers = {
  'AWS::EC2::VPCEndpoint': (subject) => {
    const type = subject.properties.VpcEndpointType ?? 'Gateway';
    switch (type) {
      case 'Gateway':
        return [];
      case 'Interface':
        return interfaceEndpoint(subject);
      default:
        return [
          unknown(
            typeof type === 'string'
              ? `the price of endpoints of the kind ${type} is not known to this version`
              : 'its kind is known only at deployment',
          ),
        ];
    }
  },
};

function interfaceEndpoint(subject: Subject): Line[] {
  const zones = knownList(subject.properties.SubnetIds)?.length;
  if (zones === undefined || zones === 0) {
    return [unknown('its subnets are not stated, or are known only at deployment'), subject.use('vpcEndpointGb')];
  }
  return [
    subject.charge({
      description: `Interface endpoint, ${subject.hoursPerMonth} hours in ${zones} ${zones === 1 ? 'zone' : 'zones'}`,
      priceName: 'interface endpoints',
      quantity: zones * subject.hoursPerMonth,
      unit: 'zone-hour',
      unitUsd: subject.unitPrice('interfaceEndpointPerAzHour'),
    }),
    subject.use('vpcEndpointGb'),
  ];
}
