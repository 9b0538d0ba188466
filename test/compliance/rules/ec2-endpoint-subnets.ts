import { RuleCases, subject } from '../rule-cases';

export const cases: RuleCases = {
  compliant: {
    'two subnets': subject('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      SubnetIds: ['subnet-1', 'subnet-2'],
    }),
  },
  nonCompliant: {
    'one subnet': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface', SubnetIds: ['subnet-1'] }),
    'no subnet': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }),
  },
  notApplicable: {
    'a gateway': subject('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }),
  },
};
